// Entries of the sheet “More” that scripts bring: whoever has one says so in its `define()`, and `<call-more>` draws them all.
import { icon } from './desk';
import { Watching, button, made } from './element';

export interface Entry {
  /** Of its button in the page. */
  id: string;
  /** A drawing, by its name in `app/src/meeting/inside`. */
  icon: string;
  label: string | (() => string);
  /** What a press does, once the sheet is closed and the focus is back on the button that opened it. */
  act: () => void;
  /** Small ones stand above large ones. */
  order: number;
  /** Whether it is there at the moment; without this it always is. */
  there?: () => boolean;
  /** For what is on or off: the entry is a switch, and its drawing a tick that is there while it is on. */
  on?: () => boolean;
}

const entries: Entry[] = [];

export function entry(one: Entry): void {
  entries.push(one);
  entries.sort((a, b) => a.order - b.order);
}

function press(act: () => void): void {
  const more = document.getElementById('more');
  if (more?.getAttribute('aria-expanded') === 'true') more.click();
  // The focus goes back in the next frame; what is opened now may take it further.
  requestAnimationFrame(act);
}

class CallMore extends Watching {
  private readonly buttons = new Map<string, HTMLButtonElement>();

  draw(): void {
    const all = entries.filter(({ there }) => there?.() ?? true).map((each) => this.button(each));
    // Nothing is taken out of the page and put back: that would lose the focus.
    for (const child of [...this.children]) if (!all.includes(child as HTMLButtonElement)) child.remove();
    all.forEach((each, at) => this.children[at] === each || this.insertBefore(each, this.children[at] ?? null));
  }

  private button(one: Entry): HTMLButtonElement {
    const known = this.buttons.get(one.id);
    const each = known ?? button('menu__item', icon(one.icon), () => press(one.act));
    if (!known) {
      each.id = one.id;
      each.append(made('span', ''));
      this.buttons.set(one.id, each);
    }
    const text = each.querySelector('span');
    const now = typeof one.label === 'function' ? one.label() : one.label;
    if (text && text.textContent !== now) text.textContent = now;
    if (one.on) {
      const on = one.on();
      each.setAttribute('role', 'switch');
      each.setAttribute('aria-checked', String(on));
      if (on !== !!each.querySelector('.icon')) {
        if (on) each.insertAdjacentHTML('afterbegin', icon(one.icon));
        else each.querySelector('.icon')?.remove();
      }
    }
    return each;
  }
}

export function define(): void {
  customElements.define('call-more', CallMore);
}
