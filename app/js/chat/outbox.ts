// What one wrote while the connection was going already: LiveKit took it and told nobody, because nobody knew yet. It is sent once more
// under its own id, by which whoever has it knows it.
import type { Room } from 'livekit-client';
import { keep } from './history';
import type { Message } from './log';
import { again } from './wire';

/** That the connection is gone is noticed late: for so long (milliseconds) what was sent may have come to nobody. */
const UNNOTICED = 60_000;

interface Sent {
  message: Message;
  /** When it was sent last. */
  at: number;
  /** The server has it, for those who come later; or nothing is kept. */
  kept: boolean;
}

let lately: Sent[] = [];
/** When the connection was found gone. */
let lost: number | undefined;

export function sent(room: Room, message: Message, keeps: boolean): void {
  const one = { message, at: Date.now(), kept: !keeps };
  const from = (lost ?? one.at) - UNNOTICED;
  lately = [...lately.filter(({ at }) => at >= from), one];
  if (keeps) void store(room, one);
}

async function store(room: Room, one: Sent): Promise<void> {
  const { id, text, replyTo } = one.message;
  one.kept ||= await keep(room, id, text, replyTo);
}

export function away(): void {
  lost ??= Date.now();
}

/** There is a connection again; `fresh`: another one. Of one that it took up again LiveKit itself sends what was missed. */
export async function back(room: Room, fresh: boolean): Promise<void> {
  if (lost === undefined) return;
  const from = lost - UNNOTICED;
  lost = undefined;
  const own = room.localParticipant.identity;
  for (const one of lately.filter(({ at, message }) => at >= from && message.from === own)) {
    one.at = Date.now();
    if (fresh) await again(room, one.message).catch(() => undefined);
    if (!one.kept) void store(room, one);
  }
}
