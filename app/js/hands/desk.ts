// What the elements of a call share: the room of the moment, the words of the page, and the way to the server.
import type { Participant, Room } from 'livekit-client';

export type Words = Record<string, string>;

/** What the server wrote beside the island (`app/src/meeting/hands.rs`): texts in the reader's language, and drawings. */
const given = JSON.parse(document.getElementById('meeting')?.dataset.hands ?? '{}') as { words?: Words; icons?: Words };

/** A text, with its `{names}` filled in. */
export function word(key: string, fill: Record<string, string | number> = {}): string {
  return (given.words?.[key] ?? '').replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(fill[name] ?? whole));
}

export function icon(name: string): string {
  return `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${given.icons?.[name] ?? ''}</svg>`;
}

let room: Room | undefined;
const watchers = new Set<() => void>();

export const current = (): Room | undefined => room;

/** Calls whenever something may look different; the answer ends that. */
export function watch(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

let asked = false;

/** Several changes of one moment are one. */
export function changed(): void {
  if (asked) return;
  asked = true;
  queueMicrotask(() => {
    asked = false;
    watchers.forEach((each) => each());
  });
}

export function enter(now: Room): void {
  room = now;
  changed();
}

export function everybody(): Participant[] {
  return room ? [room.localParticipant, ...room.remoteParticipants.values()] : [];
}

export function nameOf(who: Participant): string {
  return who.isLocal ? word('you') : (who.name || who.identity).slice(0, 100);
}

export function isHost(): boolean {
  return /^(owner|administrator)$/.test(room?.localParticipant.attributes.room_role ?? '');
}

/** Asks the server, as the participant we are; '' when it did it, else a sentence. */
export async function ask(what: string, body: object): Promise<string> {
  // LiveKit renews the token during a call: it is read when it is needed.
  const token = (room?.engine as unknown as { token?: string } | undefined)?.token ?? '';
  try {
    const answer = await fetch(`/api/v1.0/rooms/${room?.name}/${what}/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    if (answer.ok) return '';
    const told = (await answer.json()) as Record<string, unknown>;
    const sentence = answer.status === 400 ? Object.values(told).flat()[0] : answer.status === 429 && told.detail;
    return typeof sentence === 'string' ? sentence : word('failed');
  } catch {
    return word('failed');
  }
}
