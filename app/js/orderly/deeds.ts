// What one can do about somebody else: in the list of people a button in each line, which opens a small dialog; on a phone a sheet.
import type { Participant } from 'livekit-client';
import { changed, current, icon, nameOf, watch } from '../inside/desk';
import { Watching, button, label, made } from '../inside/element';
import { face } from '../inside/face';
import { say } from '../inside/say';
import { tell } from '../inside/tell';
import { word } from './words';

export interface Deed {
  id: string;
  /** Small ones stand above large ones. */
  order: number;
  icon: () => string;
  label: (who: Participant) => string;
  there: (who: Participant) => boolean;
  /** Once the menu is closed and the focus is back; answers '' or why it was not done. */
  act: (who: Participant) => Promise<string> | undefined;
  /** What one thinks about before. */
  grave?: boolean;
}

const deeds: Deed[] = [];

export function deed(one: Deed): void {
  deeds.push(one);
  deeds.sort((a, b) => a.order - b.order);
  changed();
}

const possible = (who: Participant): Deed[] => deeds.filter(({ there }) => there(who));

/** In a line of the list, whose identity it reads from there; nothing in one's own. */
class PersonTools extends Watching {
  private button: HTMLButtonElement | undefined;

  draw(): void {
    const who = this.who();
    if (!who || !possible(who).length) return this.replaceChildren();
    this.button ??= button('icon-button', icon('more'), () => this.open());
    this.button.setAttribute('aria-haspopup', 'dialog');
    label(this.button, word('about', { name: nameOf(who) }));
    if (!this.button.isConnected) this.replaceChildren(this.button);
  }

  private who(): Participant | undefined {
    const identity = this.closest<HTMLElement>('[data-person]')?.dataset.person;
    return current()?.remoteParticipants.get(identity ?? '');
  }

  private open(): void {
    const who = this.who();
    if (who && this.button && !document.querySelector('dialog[open]')) open(who, this.button);
  }
}

async function act(one: Deed, identity: string): Promise<void> {
  const who = current()?.remoteParticipants.get(identity);
  const trouble = who && (await one.act(who));
  if (!trouble) return;
  say(trouble);
  tell(trouble);
}

const isOff = (each: Element) => each.getAttribute('aria-disabled') === 'true';

function open(who: Participant, from: HTMLElement): void {
  const all = possible(who).map((one) => {
    const each = button(one.grave ? 'menu__item menu__item--danger' : 'menu__item', one.icon(), () => {
      if (isOff(each)) return;
      dialog.close();
      void act(one, who.identity);
    });
    each.append(made('span', '', one.label(who)));
    each.dataset.deed = one.id;
    return each;
  });
  const lines = all.flatMap((each) => (each.matches('.menu__item--danger') && all.length > 1 ? [document.createElement('hr'), each] : [each]));
  const name = made('h2', '', made('bdi', '', nameOf(who)));
  name.id = 'deeds-name';
  const dialog = made('dialog', 'dialog deeds', made('header', 'deeds__who', face(who.name || who.identity, who.attributes.color ?? ''), name), ...lines);
  dialog.setAttribute('aria-labelledby', name.id);
  dialog.addEventListener('keydown', (event) => {
    event.stopPropagation();
    const step: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const by = step[event.key];
    if (by === undefined) return;
    event.preventDefault();
    all[(all.indexOf(document.activeElement as HTMLButtonElement) + by + all.length) % all.length]?.focus();
  });
  dialog.addEventListener('pointerdown', (event) => event.target === dialog && dialog.close());
  // They leave, or what was offered is not ours to do any more.
  const stop = watch(() => {
    const now = current()?.remoteParticipants.get(who.identity);
    const there = now ? possible(now).map(({ id }) => id) : [];
    // Nothing moves away under the hand of whoever is about to press.
    for (const each of all) each.setAttribute('aria-disabled', String(!there.includes(each.dataset.deed ?? '')));
    if (all.every(isOff)) dialog.close();
  });
  dialog.addEventListener('close', () => {
    stop();
    dialog.remove();
  });
  document.querySelector('.call')?.append(dialog);
  dialog.showModal();
  beside(dialog, from.getBoundingClientRect());
  all[0]?.focus();
}

/** Where it was opened, as far as the window allows; the sheet of a phone takes no notice. */
function beside(dialog: HTMLElement, from: DOMRect): void {
  const { width, height } = dialog.getBoundingClientRect();
  const within = (at: number, room: number) => Math.max(8, Math.min(at, room - 8));
  dialog.style.setProperty('--x', `${within(from.right - width, innerWidth - width)}px`);
  dialog.style.setProperty('--y', `${within(from.bottom + 4, innerHeight - height)}px`);
}

export function define(): void {
  customElements.define('person-tools', PersonTools);
}
