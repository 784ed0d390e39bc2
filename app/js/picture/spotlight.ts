// “Large for everybody”: a host chooses at a tile, the server writes it into the room's metadata, and everybody's stage follows.
import type { Participant, Room } from 'livekit-client';
import { tell } from '../inside/tell';
import { askAsHost, changed, current, everybody, icon, isHost, nameOf } from '../inside/desk';
import { Watching, button, label, made } from '../inside/element';
import { say } from '../inside/say';
import { listed } from './spot';
import { light, show } from './view';
import { word } from './words';

/** Those in the spotlight who are here. */
function lit(): Participant[] {
  const all = new Map(everybody().map((each) => [each.identity, each]));
  return listed(current()?.metadata).flatMap((identity) => all.get(identity) ?? []);
}

let known = new Set<string>();

/** Follows what the room says, and says who is new. */
function follow(): void {
  const now = lit();
  for (const each of now) {
    if (known.has(each.identity)) continue;
    say(each.isLocal ? word('lit_you') : word('lit', { name: nameOf(each) }));
    if (each.isLocal) tell(word('lit_you'));
  }
  known = new Set(now.map(({ identity }) => identity));
  light([...known]);
  changed();
}

export const isLit = (who: Participant): boolean => lit().includes(who);

export async function ask(identity: string, on: boolean): Promise<void> {
  const trouble = await askAsHost('spotlight', 'POST', { participant_identity: identity, on });
  if (!trouble) return;
  say(trouble);
  tell(trouble);
}

/** In a tile: for hosts a button, for everybody else a sign while it holds. */
class TileSpot extends Watching {
  private button: HTMLButtonElement | undefined;
  private readonly sign = made('span', 'tile__menu tile__spot icon-button is-kept');

  override connectedCallback(): void {
    super.connectedCallback();
    show();
  }

  draw(): void {
    const who = everybody().find(({ identity }) => identity === this.identity());
    const on = lit().some(({ identity }) => identity === this.identity());
    if (!who || (!isHost() && !on)) return this.replaceChildren();
    if (!isHost()) {
      this.sign.innerHTML = icon('spot');
      this.sign.setAttribute('role', 'img');
      label(this.sign, word('large_for_all'));
      return this.sign.isConnected ? undefined : this.replaceChildren(this.sign);
    }
    this.button ??= button('icon-button tile__menu tile__spot', icon('spot'), () => void ask(this.identity(), this.button?.getAttribute('aria-pressed') !== 'true'));
    const name = { name: nameOf(who) };
    const own = on ? word('unlight_own') : word('light_own');
    label(this.button, who.isLocal ? own : on ? word('unlight', name) : word('light', name));
    this.button.setAttribute('aria-pressed', String(on));
    this.button.classList.toggle('is-kept', on);
    if (!this.button.isConnected) this.replaceChildren(this.button);
  }

  private identity(): string {
    return this.closest<HTMLElement>('[data-tile]')?.dataset.tile ?? '';
  }
}

export function listen(room: Room): void {
  const mine = () => current() === room && follow();
  for (const event of ['roomMetadataChanged', 'participantConnected', 'participantDisconnected'] as const) room.on(event, mine);
}

export const entered = follow;

export function define(): void {
  customElements.define('tile-spot', TileSpot);
}
