// Who has a hand up, as the room of the moment says.
import type { Participant } from 'livekit-client';
import { current, everybody } from '../inside/desk';
import { queue } from './order';

/** Those whose hand is up, in their order. */
export function line(): Participant[] {
  const all = new Map(everybody().map((each) => [each.identity, each]));
  const order = queue([...all.values()].map(({ identity, attributes }) => ({ identity, at: attributes.handRaisedAt })));
  return order.flatMap((identity) => all.get(identity) ?? []);
}

/** One hand: whose it is, and since when. */
export const key = (who: Participant) => `${who.identity} ${who.attributes.handRaisedAt}`;

/** Who raised a hand since the last look. Those who were up when we came are no news. */
export class News {
  private known: Set<string> | undefined;
  private of: unknown;

  /** Those to tell of, or nobody in a room we have just come into. */
  fresh(): Participant[] {
    const up = line();
    const first = this.of !== current();
    const fresh = first ? [] : up.filter((each) => !this.known?.has(key(each)));
    this.of = current();
    this.known = new Set(up.map(key));
    return fresh;
  }
}
