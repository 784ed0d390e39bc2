// Chat in the wire format of LiveKit's components: a text stream, and beside it the packet that older clients read.
import type { RemoteParticipant, Room } from 'livekit-client';
import { LONGEST, isFine, type Message } from './log';

const STREAM = 'lk.chat';
const PACKET = 'lk-chat-topic';
/** Where a stream says which message it answers. */
const REPLY = 'reply_to';

/** What came in, not yet believed to be new. */
export interface Heard {
  sender: RemoteParticipant;
  id: string;
  text: string;
  replyTo: string | undefined;
}

export function listen(room: Room, heard: (message: Heard) => void): void {
  const receive = (from: string, id: unknown, text: unknown, replyTo?: unknown) => {
    const sender = room.remoteParticipants.get(from);
    if (!sender || !isFine(id, text)) return;
    heard({ sender, id: id as string, text: text as string, replyTo: isFine(replyTo, '-') ? (replyTo as string) : undefined });
  };
  room.registerTextStreamHandler(STREAM, async (reader, sender) => {
    let text = '';
    for await (const chunk of reader) {
      text += chunk;
      // Longer than anybody may write: not worth the memory.
      if (text.length > LONGEST) return;
    }
    receive(sender.identity, reader.info.id, text, reader.info.attributes?.[REPLY]);
  });
  room.on('dataReceived', (bytes: Uint8Array, sender?: RemoteParticipant, _kind?: unknown, topic?: string) => {
    if (topic !== PACKET || !sender || bytes.byteLength > 4 * LONGEST + 500) return;
    try {
      const { id, message, ignoreLegacy } = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
      if (ignoreLegacy !== true) receive(sender.identity, id, message);
    } catch {
      // Not ours.
    }
  });
}

const answering = (replyTo: string | undefined) => (replyTo === undefined ? {} : { replyToStreamId: replyTo, attributes: { [REPLY]: replyTo } });

/** The id under which it went out. Fails when it did not. */
export async function send(room: Room, text: string, replyTo: string | undefined): Promise<string> {
  const me = room.localParticipant;
  const { id, timestamp } = await me.sendText(text, { topic: STREAM, ...answering(replyTo) });
  const packet = JSON.stringify({ id, timestamp, message: text, ignoreLegacy: true });
  await me.publishData(new TextEncoder().encode(packet), { reliable: true, topic: PACKET }).catch(() => undefined);
  return id;
}

/** Once more, under the id it has. */
export async function again(room: Room, { id, text, replyTo }: Pick<Message, 'id' | 'text' | 'replyTo'>): Promise<void> {
  const writer = await room.localParticipant.streamText({ topic: STREAM, streamId: id, ...answering(replyTo) });
  await writer.write(text);
  await writer.close();
}
