// What the server keeps of the chat: for those who come later, and for those who were away.
import type { Room } from 'livekit-client';
import { call } from '../inside/desk';
import { clockOff, isFine } from './log';

export interface Earlier {
  on: boolean;
  kept: boolean;
  messages: { id: string; from: string; name: string; at: number; text: string; replyTo: string | undefined; color: string }[];
}

/** Not in the very moment of coming in: LiveKit's API may not list us yet, and what matters more comes first. */
const PAUSES = [200, 1500, 4000, 10_000];

/** `undefined` when the server does not answer, or we are not in the call any more. */
export async function fetchEarlier(room: Room): Promise<Earlier | undefined> {
  for (const pause of PAUSES) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (room.state === 'disconnected') return undefined;
    const asked = Date.now();
    const answer = await call(room, 'chat', 'GET');
    if (answer?.ok) {
      const off = clockOff(answer.headers.get('date'), asked, Date.now());
      return read(await answer.json(), off);
    }
    // Too often is not made better by asking at once; an instance that keeps nothing has nothing to tell.
    if (answer && answer.status < 500 && answer.status !== 404) return undefined;
  }
  return undefined;
}

function read(told: { on: boolean; kept: boolean; messages: Record<string, unknown>[] }, off: number): Earlier {
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const messages = told.messages.filter(({ id, text }) => isFine(id, text)).map((one) => ({
    id: text(one.id), from: text(one.from), name: text(one.name), at: Number(one.at) + off, text: text(one.text), color: text(one.color),
    replyTo: isFine(one.reply_to, '-') ? text(one.reply_to) : undefined,
  }));
  return { on: told.on, kept: told.kept, messages };
}

/** Hands a message over. That it was sent does not depend on it. Whether the server has decided on it. */
export async function keep(room: Room, id: string, text: string, replyTo: string | undefined): Promise<boolean> {
  for (const pause of [0, ...PAUSES.slice(1)]) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    const answer = await call(room, 'chat', 'POST', { id, text, reply_to: replyTo ?? null });
    if (answer && answer.status < 500 && answer.status !== 429) return true;
  }
  return false;
}
