// What the chat knows, for as long as the page lives: messages, what is typed, who may write.
import type { Room } from 'livekit-client';
import { askAsHost, current, isRoomHost, nameOf } from '../inside/desk';
import { say } from '../inside/say';
import { look, restore } from './draft';
import { fetchEarlier } from './history';
import { Log, type Message } from './log';
import * as outbox from './outbox';
import * as wire from './wire';
import { word } from './words';

export const log = new Log();

/** What the room says: whether others than hosts write, and whether those who come later read it. */
export let rules = { on: true, kept: true };
/** How many have not been seen. */
export let unread = 0;
/** Whether the messages before we came are there, still to come, or could not be had. */
export let earlier: 'coming' | 'there' | 'failed' = 'coming';
/** When we came in first: what is older was written before. */
export let since = Number.POSITIVE_INFINITY;

/** `live`: it comes at this moment; `many`: those that were kept came, all at once. */
type News = { message?: Message; last?: boolean; live?: boolean; many?: boolean };
const watchers = new Set<(news: News) => void>();

/** Calls with each new message, and without one when anything else changed; the answer ends that. */
export function watch(changed: (news: News) => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

const tell = (news: News = {}) => watchers.forEach((each) => each(news));

export function seen(): void {
  if (!unread) return;
  unread = 0;
  tell();
}

/** Whether we may write: LiveKit holds it, our server sets it. */
export const mayWrite = (): boolean => current()?.localParticipant.permissions?.canPublishData ?? true;

function put(message: Message, news: boolean): void {
  const { fresh, last } = log.add(message);
  if (!fresh) return;
  if (news && !message.own) unread += 1;
  tell({ message, last, live: true });
}

export function listen(room: Room): void {
  wire.listen(room, ({ sender, id, text, replyTo }) => {
    const { identity: from, attributes } = sender;
    put({ id, from, name: nameOf(sender), at: Date.now(), text, own: false, replyTo, color: attributes.color ?? '' }, true);
  });
  const mine = (act: () => void) => () => current() === room && act();
  room.on('roomMetadataChanged', mine(() => obey(rulesOf(room))));
  room.on('participantPermissionsChanged', mine(tell));
  // Who is called otherwise now is so in what they wrote.
  room.on('participantNameChanged', mine(() => tell({ many: true })));
  for (const event of ['signalReconnecting', 'reconnecting', 'disconnected'] as const) room.on(event, mine(outbox.away));
  room.on('reconnected', mine(() => void outbox.back(room, false)));
}

export function entered(): void {
  const room = current();
  if (!room) return;
  const first = since === Number.POSITIVE_INFINITY;
  if (first) since = Date.now();
  restore();
  void outbox.back(room, true);
  tell();
  void fetchEarlier(room).then((told) => {
    if (current() !== room) return;
    earlier = told ? 'there' : earlier === 'there' ? 'there' : 'failed';
    let many = false;
    for (const one of told?.messages ?? []) {
      const own = one.from === room.localParticipant.identity;
      const { fresh } = log.add({ ...one, own });
      many ||= fresh;
      // Who comes in finds old messages, no news; who was away has missed some.
      if (fresh && !own && !first && one.at >= since) unread += 1;
    }
    look(log.all);
    if (told) rules = { on: told.on, kept: told.kept };
    tell({ many });
  });
}

/** What stands in the room's metadata, which only our server writes; nothing is said of what is usual. */
function rulesOf(room: Room): typeof rules {
  try {
    const { chat } = JSON.parse(room.metadata || '{}') as { chat?: { on?: unknown; kept?: unknown } };
    return { on: chat?.on !== false, kept: chat?.kept !== false };
  } catch {
    return rules;
  }
}

function obey(now: typeof rules): void {
  if (now.on !== rules.on) say(word(now.on ? 'said_on' : 'said_off'));
  rules = now;
  tell();
}

/** Whether it went out. */
export async function send(text: string, answers: Message | undefined): Promise<boolean> {
  const room = current();
  if (!room) return false;
  try {
    const id = await wire.send(room, text, answers?.id);
    const { identity: from, name = '', attributes } = room.localParticipant;
    const message = { id, from, name, at: Date.now(), text, own: true, replyTo: answers?.id, color: attributes.color ?? '' };
    put(message, false);
    outbox.sent(room, message, rules.kept);
    return true;
  } catch {
    return false;
  }
}

/** For those who run the room: whether others than hosts write. '' once the server took it, else why not. The room's metadata say it to everybody. */
export async function allow(on: boolean): Promise<string> {
  return isRoomHost() ? askAsHost('rights', 'PUT', { chat: on }) : '';
}
