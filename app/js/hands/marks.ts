// Who has a hand up: on the tiles, in the list of people, and for hosts at the top of the pictures.
import { openPeople } from '../panel';
import type { Participant } from 'livekit-client';
import { common, icon, isHost, nameOf } from '../inside/desk';
import { word } from './words';
import { Watching, button, label, made } from '../inside/element';
import { face } from '../inside/face';
import { key, line } from './line';

function tag(place: number): HTMLElement {
  const mark = made('span', 'tile__tag tile__tag--hand');
  mark.innerHTML = `${icon('hand')}<span aria-hidden="true">${place}</span>`;
  mark.append(made('span', 'sr', word('place', { place })));
  mark.title = word('place', { place });
  return mark;
}

/** In a tile, whose identity it reads from there. */
class HandMark extends Watching {
  private shown = 0;

  draw(): void {
    const identity = this.closest<HTMLElement>('[data-tile]')?.dataset.tile;
    const place = line().findIndex((each) => each.identity === identity) + 1;
    if (place === this.shown) return;
    this.shown = place;
    this.replaceChildren(...(place ? [tag(place)] : []));
  }
}

/** In the panel, above everybody. */
class HandQueue extends Watching {
  private shown = '';

  draw(): void {
    const up = line();
    const now = up.map((each) => `${each.identity} ${each.name}`).join('\n');
    if (now === this.shown) return;
    this.shown = now;
    const list = made('ol', '', ...up.map((each, at) => row(each, at + 1)));
    this.replaceChildren(...(up.length ? [made('h3', '', word('up', { count: up.length })), list] : []));
  }
}

function row(who: Participant, place: number): HTMLElement {
  const name = made('div', '', made('span', 'person__name', made('bdi', '', nameOf(who))));
  // What can be done about them (`orderly/deeds.ts`).
  const line = made('li', 'person', face(who.name || who.identity, who.attributes.color ?? ''), name, made('div', 'person__do', document.createElement('person-tools'), tag(place)));
  line.dataset.person = who.identity;
  return line;
}

/** How long it is told who is first; tiles and the list go on telling it. */
const TOLD = 10_000;

/** For hosts: whose turn it is. */
class HandFirst extends Watching {
  private seen = '';
  private told = '';

  draw(): void {
    const up = line();
    const first = up[0];
    if (!first || first.isLocal || !isHost() || this.seen === key(first)) return this.replaceChildren();
    const text = up.length > 1 ? word('first_of', { name: nameOf(first), count: up.length }) : word('first', { name: nameOf(first) });
    if (this.textContent?.includes(text)) return;
    const pill = made('p', 'pill pill--hand');
    pill.innerHTML = icon('hand');
    const name = made('span', '', text);
    name.dir = 'auto';
    const close = button('icon-button', icon('close'), () => {
      this.seen = key(first);
      this.draw();
    });
    label(close, common('close'));
    pill.append(name, button('button button--soft', word('see'), openPeople), close);
    this.replaceChildren(pill);
    if (this.told === key(first)) return;
    this.told = key(first);
    this.forget(this.told);
  }

  /** After a while, but not under the hand of whoever is about to press. */
  private forget(whose: string): void {
    setTimeout(() => {
      if (this.matches(':hover, :focus-within')) return this.forget(whose);
      this.seen = whose;
      this.draw();
    }, TOLD);
  }
}

export function define(): void {
  customElements.define('hand-mark', HandMark);
  customElements.define('hand-queue', HandQueue);
  customElements.define('hand-first', HandFirst);
}
