// Whose connection is weak, and since when. Pure: what LiveKit says and the clock come in.

/** Weak for as long as this is worth a word; anything shorter passes. */
export const LONG = 10_000;

/** The own connection, among those of others. */
export const OWN = '';

export class Links {
  private readonly since = new Map<string, number>();

  note(who: string, weak: boolean, now: number): void {
    if (!weak) this.since.delete(who);
    else if (!this.since.has(who)) this.since.set(who, now);
  }

  /** They left, or the connection is another one. */
  forget(who?: string): void {
    if (who === undefined) this.since.clear();
    else this.since.delete(who);
  }

  /** Whether anybody has to be looked at again later. */
  get any(): boolean {
    return this.since.size > 0;
  }

  /** Whose is the trouble: ours, that of one other, or of nobody one could name. Where ours is weak, those of others only look so. */
  whose(now: number): string | undefined {
    const long = [...this.since].filter(([, at]) => now - at >= LONG).map(([who]) => who);
    if (this.since.has(OWN)) return long.includes(OWN) ? OWN : undefined;
    return long.length === 1 ? long[0] : undefined;
  }
}
