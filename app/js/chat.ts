// Chat in the wire format of LiveKit's components: a text stream, and beside it the packet that older clients read.
import { RoomEvent, type RemoteParticipant, type Room } from 'livekit-client';

const STREAM = 'lk.chat';
const PACKET = 'lk-chat-topic';
const LONGEST = 2000;

export interface Message {
  id: string;
  from: string;
  name: string;
  at: number;
  text: string;
  own: boolean;
}

export class Chat {
  /** Sender and id of what was shown: a message may arrive both ways. */
  private readonly seen = new Set<string>();

  constructor(private readonly show: (message: Message) => void) {}

  listen(room: Room): void {
    room.registerTextStreamHandler(STREAM, async (reader, sender) => {
      let text = '';
      for await (const chunk of reader) {
        text += chunk;
        // Longer than anybody may write: not worth the memory.
        if (text.length > LONGEST) return;
      }
      this.receive(room, sender.identity, reader.info.id, reader.info.timestamp, text);
    });
    room.on(RoomEvent.DataReceived, (bytes, sender?: RemoteParticipant, _kind?: unknown, topic?: string) => {
      if (topic !== PACKET || !sender || bytes.byteLength > 4 * LONGEST + 500) return;
      try {
        const packet = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
        const { id, timestamp, message, ignoreLegacy } = packet;
        if (ignoreLegacy === true || typeof id !== 'string' || typeof message !== 'string') return;
        this.receive(room, sender.identity, id, timestamp, message);
      } catch {
        // Not ours.
      }
    });
  }

  async send(room: Room, text: string): Promise<void> {
    const message = text.slice(0, LONGEST);
    const me = room.localParticipant;
    const { id, timestamp } = await me.sendText(message, { topic: STREAM });
    this.seen.add(`${me.identity} ${id}`);
    this.show({ id, from: me.identity, name: me.name ?? '', at: timestamp, text: message, own: true });
    const packet = JSON.stringify({ id, timestamp, message, ignoreLegacy: true });
    await me.publishData(new TextEncoder().encode(packet), { reliable: true, topic: PACKET }).catch(() => undefined);
  }

  private receive(room: Room, from: string, id: string, at: unknown, text: string): void {
    const sender = room.remoteParticipants.get(from);
    const key = `${from} ${id}`;
    if (!sender || text.trim() === '' || text.length > LONGEST || this.seen.has(key)) return;
    this.seen.add(key);
    // A clock far off would put the message in the wrong place and show nonsense.
    const now = Date.now();
    const time = typeof at === 'number' && Math.abs(at - now) < 300_000 ? at : now;
    this.show({ id, from, name: (sender.name || from).slice(0, 100), at: time, text, own: false });
  }
}
