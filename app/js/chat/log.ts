// What was written, in its order. Pure: no page, no room.

export interface Message {
  /** The sender's client gave it; unique together with the sender. */
  id: string;
  /** Identity of the sender. */
  from: string;
  /** What the sender was called then. */
  name: string;
  /** When we heard of it (Unix time, milliseconds). Nobody else's clock orders our list. */
  at: number;
  text: string;
  own: boolean;
  /** Id of the message that it answers. */
  replyTo: string | undefined;
  /** The contract's colour of the sender. */
  color: string;
}

/** As long as a message may get, in characters as browsers count them. */
export const LONGEST = 2000;
/** More would make the page slow, and nobody reads them. */
const MOST = 2000;
const ID = /^[\w.:-]{1,64}$/;

/** Whether it can be shown. */
export function isFine(id: unknown, text: unknown): boolean {
  return typeof id === 'string' && ID.test(id) && typeof text === 'string' && text.trim() !== '' && text.length <= LONGEST;
}

/** Headers tell whole seconds, and nobody's clock is quite right. */
const ABOUT = 2000;

/**
 * How far this browser's clock is from the server's, in milliseconds, by the date of an answer and the moments before and after it; 0 where
 * they agree. What the server dated stands beside what we dated ourselves.
 */
export function clockOff(date: string | null, asked: number, answered: number): number {
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs) || (theirs >= asked - ABOUT && theirs <= answered + ABOUT)) return 0;
  return answered - theirs;
}

export const keyOf = ({ from, id }: Pick<Message, 'from' | 'id'>) => `${from} ${id}`;

export class Log {
  readonly all: Message[] = [];
  private readonly known = new Set<string>();

  /** Puts it in its place. Whether it was new, and whether it came to stand at the end. */
  add(message: Message): { fresh: boolean; last: boolean } {
    if (this.known.has(keyOf(message))) return { fresh: false, last: false };
    this.known.add(keyOf(message));
    let place = this.all.length;
    while (place > 0 && (this.all[place - 1]?.at ?? 0) > message.at) place -= 1;
    this.all.splice(place, 0, message);
    const last = place === this.all.length - 1;
    // What is forgotten stays known: it must not come back from somewhere.
    if (this.all.length > MOST) this.all.splice(0, this.all.length - MOST);
    return { fresh: true, last };
  }

  has(from: string, id: string): boolean {
    return this.known.has(keyOf({ from, id }));
  }

  /** The message that another answers: ids of different senders may be alike, so the latest before it. */
  answered(message: Message): Message | undefined {
    if (message.replyTo === undefined) return undefined;
    const place = this.all.indexOf(message);
    return this.all.slice(0, place < 0 ? this.all.length : place).findLast(({ id }) => id === message.replyTo);
  }
}
