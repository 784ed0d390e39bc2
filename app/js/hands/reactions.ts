// Reactions in the wire format that the clients of this contract share: a data packet without a topic.
import type { Participant, RemoteParticipant, Room } from 'livekit-client';
import { current, nameOf } from '../inside/desk';
import { nameOfReaction, word } from './words';
import { made } from '../inside/element';
import { Limiter } from '../inside/pace';
import { say } from '../inside/say';
import { tell } from '../inside/tell';

/** Ids on the wire, and what they look like. */
export const EMOJI: ReadonlyMap<string, string> = new Map([
  ['thumbs-up', '👍'], ['clapping-hands', '👏'], ['red-heart', '❤️'], ['face-with-tears-of-joy', '😂'],
  ['face-with-open-mouth', '😮'], ['party-popper', '🎉'], ['folded-hands', '🙏'], ['thumbs-down', '👎'],
]);
/** No reaction is longer. */
const LARGEST = 200;
const SECOND = 1000;
/** How many one person sends, and how many of one person are shown. */
const RATE = 10;
/** How many are on the screen at once. */
const MOST = 40;
const FLIGHT = 3200;
/** Reactions within this time are one sentence, and none follows for as long. */
const TOGETHER = 2500;

const sending = new Limiter(RATE, SECOND);
const senders = new Map<string, Limiter>();

export function send(id: string): void {
  const room = current();
  if (!room || !sending.allows(Date.now())) return;
  // LiveKit has one right for messages and reactions: the chat's switch is ours as well.
  if (room.localParticipant.permissions?.canPublishData === false) {
    say(word('off'));
    return tell(word('off'));
  }
  const packet = new TextEncoder().encode(JSON.stringify({ type: 'reactionReceived', data: { emoji: id } }));
  room.localParticipant.publishData(packet, { reliable: true }).catch(() => undefined);
  float(id, room.localParticipant);
}

/** The id of a packet that is a reaction; anything else is none of ours. */
export function read(bytes: Uint8Array): string | undefined {
  if (bytes.byteLength > LARGEST) return undefined;
  try {
    const { type, data } = JSON.parse(new TextDecoder().decode(bytes)) as { type?: unknown; data?: { emoji?: unknown } };
    const id = data?.emoji;
    return type === 'reactionReceived' && typeof id === 'string' && EMOJI.has(id) ? id : undefined;
  } catch {
    return undefined;
  }
}

export function listen(room: Room): void {
  room.on('dataReceived', (bytes: Uint8Array, sender?: RemoteParticipant, _kind?: unknown, topic?: string) => {
    if (!sender || topic || current() !== room) return;
    const id = read(bytes);
    if (id === undefined) return;
    const limiter = senders.get(sender.identity) ?? new Limiter(RATE, SECOND);
    senders.set(sender.identity, limiter);
    if (!limiter.allows(Date.now())) return;
    float(id, sender);
    note(sender, id);
  });
}

let unsaid: string[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

/** Says it, damped: applause is one sentence, not thirty. */
function note(sender: Participant, id: string): void {
  unsaid.push(word('reacted', { name: nameOf(sender), reaction: nameOfReaction(id) }));
  timer ??= setTimeout(() => {
    say(unsaid.length > 1 ? word('reactions', { count: unsaid.length }) : (unsaid[0] ?? ''));
    unsaid = [];
    timer = setTimeout(() => {
      timer = undefined;
      unsaid = [];
    }, TOGETHER);
  }, TOGETHER / 5);
}

function float(id: string, who: Participant): void {
  const stage = document.querySelector('.call__stage');
  if (!stage) return;
  let sky = stage.querySelector('.floats');
  if (!sky) {
    sky = made('div', 'floats');
    sky.setAttribute('aria-hidden', 'true');
    stage.append(sky);
  }
  if (sky.childElementCount >= MOST) return;
  const name = made('span', who.isLocal ? 'float__name is-own' : 'float__name', nameOf(who));
  name.dir = 'auto';
  const one = made('div', 'float', made('span', 'float__emoji', EMOJI.get(id) ?? ''), name);
  one.dataset.reaction = id;
  // Beside each other, and not in step.
  one.style.setProperty('--x', String(Math.random()));
  one.style.setProperty('--slow', String(Math.random()));
  sky.append(one);
  setTimeout(() => one.remove(), FLIGHT);
}
