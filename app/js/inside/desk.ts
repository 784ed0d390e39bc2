// What the elements of a call share: the room of the moment, the words of the page, and the way to the server.
import type { Participant, Room } from 'livekit-client';

/** What the server writes (`app/src/meeting/inside`): texts in the reader's language by set, and drawings. */
let given: { words: Record<string, Record<string, string>>; icons: Record<string, string>; files: Record<string, string> } = { words: {}, icons: {}, files: {} };

/** Fetches the words. Fails when the server does not answer. */
export async function learn(): Promise<void> {
  const answer = await fetch(document.getElementById('meeting')?.dataset.insideTexts ?? '');
  if (!answer.ok) throw new Error(`texts: ${answer.status}`);
  given = await answer.json();
}

/** The texts of one set, each with its `{names}` filled in. */
export function vocabulary(set: string): (key: string, fill?: Record<string, string | number>) => string {
  return (key, fill = {}) => (given.words[set]?.[key] ?? '').replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(fill[name] ?? whole));
}

const word = vocabulary('common');
/** What every part says. */
export const common = word;

export function icon(name: string): string {
  return `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${given.icons[name] ?? ''}</svg>`;
}

/** Where a file of ours lies that is loaded only when somebody wants it. */
export function file(name: string): string {
  return given.files[name] ?? '';
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

/** Whether somebody runs the room, and not only the meeting that is on. */
export function ofRoom(who: Participant | undefined): boolean {
  return /^(owner|administrator)$/.test(who?.attributes.room_role ?? '') && who?.attributes.cohost !== 'true';
}

/** Whether we do: what holds beyond the meeting is not for co-hosts. */
export function isRoomHost(): boolean {
  return ofRoom(room?.localParticipant);
}

/** A request about the room, as the participant we are; nothing when the server cannot be reached. */
export function call(of: Room | undefined, what: string, method: string, body?: object): Promise<Response | undefined> {
  // LiveKit renews the token during a call: it is read when it is needed.
  const token = (of?.engine as unknown as { token?: string } | undefined)?.token ?? '';
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  return fetch(`/api/v1.0/rooms/${of?.name}/${what}/`, { method, headers, body: body && JSON.stringify(body) }).catch(() => undefined);
}

/**
 * A request about the room with the session of this page, for what hosts alone may do; nothing when the server cannot be reached. The
 * contract's double submit: the second cookie is repeated.
 */
export function callAsHost(what: string, method: string, body?: object): Promise<Response | undefined> {
  const csrf = /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? '';
  const headers = { 'content-type': 'application/json', 'x-csrftoken': csrf };
  return fetch(`/api/v1.0/rooms/${room?.name}/${what}/`, { method, headers, body: body && JSON.stringify(body) }).catch(() => undefined);
}

/** Asks the server, as the participant we are; '' when it did it, else a sentence. */
export const ask = async (what: string, body: object): Promise<string> => trouble(await call(room, what, 'POST', body));

/** The same as the host we are by our session. */
export async function askAsHost(what: string, method: string, body?: object): Promise<string> {
  const answer = await callAsHost(what, method, body);
  return answer?.status === 401 || answer?.status === 403 ? word('hosts_only') : trouble(answer);
}

/** Why it was not done, in words; '' when it was. */
async function trouble(answer: Response | undefined): Promise<string> {
  if (answer?.ok) return '';
  const told = (await answer?.json().catch(() => undefined)) as Record<string, unknown> | undefined;
  const sentence = answer?.status === 400 ? Object.values(told ?? {}).flat()[0] : answer?.status === 429 && told?.detail;
  return typeof sentence === 'string' ? sentence : word('failed');
}
