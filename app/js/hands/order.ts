// Whose turn it is. Pure: no page, no room.

/** A hand that may be up. */
export interface Hand {
  identity: string;
  /** The attribute `handRaisedAt`; anything else than a time counts as a hand that is down. */
  at: string | undefined;
}

/**
 * Identities of those whose hand is up, the first to speak first. The server wrote the times, always in one form, so what the clock of
 * `Date` cannot tell apart (microseconds) the text can; the identity only makes the order the same for everybody.
 */
export function queue(hands: Iterable<Hand>): string[] {
  const up = [...hands].flatMap(({ identity, at }) => (at && !Number.isNaN(Date.parse(at)) ? [{ identity, at, time: Date.parse(at) }] : []));
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  up.sort((a, b) => a.time - b.time || order(a.at, b.at) || order(a.identity, b.identity));
  return up.map(({ identity }) => identity);
}
