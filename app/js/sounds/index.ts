// What makes itself heard: somebody comes or goes, a hand, a message, and what others did to oneself.
import type { Participant, Room } from 'livekit-client';
import { current, nameOf, watch } from '../inside/desk';
import { News } from '../hands/line';
import { rules } from '../settings/rules';
import { settings } from '../settings/store';
import { Ear } from './rules';
import { notify } from './system';
import { play, type Sound } from './tones';
import { word } from './words';

/** The event on `window` that tells of a message of somebody else (`detail`: name and text). */
const MESSAGE = 'visavis:message';
/** As much of a message as a notification shows. */
const SHORT = 160;
/** Recorders and agents (`ParticipantInfo.Kind` in LiveKit's protocol): nobody comes with them. */
const MACHINES = [2, 4];

let ear: Ear | undefined;

function sound(kind: Sound, may: boolean): void {
  if (may && settings()[kind]) play(kind);
}

const isPerson = (who: Participant) => !MACHINES.includes(who.kind);
const count = (room: Room) => 1 + [...room.remoteParticipants.values()].filter(isPerson).length;

/** In every new connection. */
export function listen(room: Room): void {
  const mine = (act: (who: Participant, ears: Ear) => void) => (who: Participant) => {
    if (ear && current() === room && room.state === 'connected' && isPerson(who)) act(who, ear);
  };
  room.on('participantConnected', mine((who, ears) => sound('join', ears.joined(who.identity, count(room), Date.now()))));
  room.on('participantDisconnected', mine((who, ears) => sound('leave', ears.left(who.identity, count(room), Date.now()))));
}

/** Connections that are listened to: LiveKit makes another one within the same room when it has to. */
const heard = new WeakSet<object>();

/** Only the server says this; a press of one's own makes no such event. */
function hearMuting(): void {
  const room = current();
  if (!room || heard.has(room.engine)) return;
  heard.add(room.engine);
  room.engine.on('remoteMute' as never, ((_track: string, muted: boolean) => {
    if (muted && current() === room && ear) sound('own', ear.may('own', Date.now()));
  }) as never);
}

const news = new News();

function hands(): void {
  const fresh = news.fresh().filter((each) => !each.isLocal);
  const first = fresh[0];
  if (!first || !ear) return;
  sound('hand', ear.may('hand', Date.now()));
  if (settings().notify) notify('hand', word('hand', { name: nameOf(first) }));
}

function message(event: Event): void {
  const { name, text } = ((event as CustomEvent<unknown>).detail ?? {}) as { name?: unknown; text?: unknown };
  if (typeof name !== 'string' || typeof text !== 'string' || !current() || !ear) return;
  sound('message', ear.may('message', Date.now()));
  if (settings().notify) notify('message', name.slice(0, 100), text.slice(0, SHORT));
}

export function entered(): void {
  // Those who are here when we come are no news.
  ear ??= new Ear(rules().sound);
  hearMuting();
  current()?.on('reconnected', hearMuting);
}

export function define(): void {
  watch(hands);
  window.addEventListener(MESSAGE, message);
}
