// How long one has been alone, and when that is worth a question. Pure: the clock comes in.

/** Time to answer, in seconds. */
export const COUNTDOWN = 120;
/** When the rest of it is said, in seconds before the end. */
export const SAID: readonly number[] = [90, 60, 30, 10];

export class Alone {
  private since: number | undefined;

  /** After so many milliseconds one is asked; 0: never. */
  constructor(private readonly delay: number) {}

  /** The seconds left to answer, where there is a question. */
  left(others: number, now: number): number | undefined {
    if (others > 0 || this.delay <= 0) {
      this.since = undefined;
      return undefined;
    }
    this.since ??= now;
    const over = now - this.since - this.delay;
    return over < 0 ? undefined : Math.max(0, COUNTDOWN - Math.floor(over / 1000));
  }

  /** Somebody is there: from the beginning. */
  stay(now: number): void {
    this.since = now;
  }
}

/** What of the countdown is to be said, when `before` seconds have become `left`: at most one, the latest. */
export function due(before: number, left: number): number | undefined {
  return SAID.filter((mark) => before > mark && left <= mark).at(-1);
}
