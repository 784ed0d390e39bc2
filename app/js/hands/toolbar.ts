// Where reactions are chosen: over the bar, on a phone in the sheet “More”.
import { icon } from '../inside/desk';
import { nameOfReaction, word } from './words';
import { button, label, made } from '../inside/element';
import { EMOJI, send } from './reactions';

/** The eight, as one stop of the Tab key; arrows go from one to the next. */
export function toolbar(): HTMLElement {
  const bar = made('div', 'reacts');
  bar.setAttribute('role', 'toolbar');
  bar.setAttribute('aria-label', word('react'));
  const all = [...EMOJI].map(([id, emoji], at) => {
    const each = button('', emoji, () => send(id));
    label(each, nameOfReaction(id));
    each.dataset.reaction = id;
    each.tabIndex = at ? -1 : 0;
    return each;
  });
  bar.append(...all);
  bar.addEventListener('keydown', (event) => {
    const at = all.indexOf(event.target as HTMLButtonElement);
    const turn = getComputedStyle(bar).direction === 'rtl' ? -1 : 1;
    const steps: Record<string, number> = { ArrowRight: at + turn, ArrowLeft: at - turn, Home: 0, End: all.length - 1 };
    const next = steps[event.key];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    const to = all[(next + all.length) % all.length];
    all.forEach((each) => (each.tabIndex = each === to ? 0 : -1));
    to?.focus();
  });
  return bar;
}

/** The button of the bar and what pops up over it. */
export function opener(): [HTMLElement, () => void] {
  const bar = toolbar();
  bar.classList.add('reacts--pop');
  const toggle = button('ctl', icon('smile'), () => show(!open()));
  toggle.id = 'react';
  label(toggle, word('react'));
  toggle.setAttribute('aria-keyshortcuts', 'Control+Shift+E Meta+Shift+E');
  const around = made('span', 'reacts-at only-wide', toggle);
  const open = () => bar.isConnected;
  const outside = (event: Event) => around.contains(event.target as Node) || show(false);
  const show = (now: boolean) => {
    toggle.setAttribute('aria-expanded', String(now));
    if (now) {
      around.append(bar);
      bar.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
      document.addEventListener('pointerdown', outside);
      return;
    }
    if (bar.contains(document.activeElement)) toggle.focus();
    bar.remove();
    document.removeEventListener('pointerdown', outside);
  };
  toggle.setAttribute('aria-expanded', 'false');
  around.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !open()) return;
    // Only this closes, not the panel as well.
    event.stopPropagation();
    show(false);
  });
  // Where the bar has no room for it, they are in the sheet.
  return [around, () => (toggle.offsetParent ? show(!open()) : document.getElementById('more')?.click())];
}

/** On a phone: in the sheet “More”. */
class CallReacts extends HTMLElement {
  connectedCallback(): void {
    this.replaceChildren(toolbar());
  }
}

export function define(): void {
  customElements.define('call-reacts', CallReacts);
}
