// A weak connection, in words: whose it is, and what helps.
import type { Participant, Room } from 'livekit-client';
import { choices } from '../choices';
import { common, current, icon, nameOf } from '../inside/desk';
import { button, label, made } from '../inside/element';
import { say } from '../inside/say';
import { Links, OWN } from './links';
import { lowPower } from './power';
import { word } from './words';

/** How long it is told whose connection is weak; the tile goes on telling it. */
const TOLD = 12_000;
/** And how long nothing more is said of the same one. */
const AGAIN = 300_000;

const links = new Links();
const told = new Map<string, number>();
let offered = false;
let timer: ReturnType<typeof setInterval> | undefined;

export function listen(room: Room): void {
  links.forget();
  const mine = () => current() === room;
  room.on('connectionQualityChanged', (quality: string, who: Participant) => {
    if (!mine()) return;
    links.note(who.isLocal ? OWN : who.identity, quality === 'poor' || quality === 'lost', Date.now());
    timer ??= setInterval(look, 1000);
  });
  room.on('participantDisconnected', ({ identity }: Participant) => mine() && links.forget(identity));
}

function look(): void {
  const now = Date.now();
  const whose = links.whose(now);
  if (!links.any) {
    clearInterval(timer);
    timer = undefined;
  }
  if (whose === undefined || now - (told.get(whose) ?? -AGAIN) < AGAIN) return;
  told.set(whose, now);
  if (whose === OWN) return own();
  const who = current()?.remoteParticipants.get(whose);
  if (who) pill(word('weak_other', { name: nameOf(who) }));
}

/** Ours: once there is an offer of what helps. */
function own(): void {
  if (offered || choices().low) return void pill(word('weak_own'));
  offered = true;
  const [shown, close] = pill(word('weak_own_offer'), 4 * TOLD);
  const spare = button('button button--soft', '', () => {
    close();
    lowPower(true);
    say(word('low_on'));
    document.getElementById('more')?.focus();
  });
  spare.textContent = word('low');
  spare.id = 'spare';
  shown.querySelector('.icon-button')?.before(spare);
}

/** A sentence over the pictures, for a while; and what ends it. */
export function pill(text: string, long = TOLD, drawing = icon('signal')): [HTMLElement, () => void] {
  const sentence = made('span', '', text);
  sentence.dir = 'auto';
  const shown = made('div', 'pill pill--amber pill--care');
  shown.innerHTML = drawing;
  const close = () => shown.remove();
  const end = button('icon-button', icon('close'), close);
  label(end, common('close'));
  shown.append(sentence, end);
  document.querySelector('.call__over')?.append(shown);
  // Not under the hand of whoever is about to press.
  const later = () => setTimeout(() => (shown.matches(':hover, :focus-within') ? later() : close()), long);
  later();
  say(text);
  return [shown, close];
}
