// What is worth a sound. Pure: who came and went, how many are here, and the clock come in.

/** Two of a kind within this time are one. */
export const TOGETHER = 2000;
/** Who is back within this time has not been away. */
export const BACK = 10_000;

export class Ear {
  private readonly last = new Map<string, number>();
  /** When those who went a moment ago did so. */
  private gone = new Map<string, number>();

  /** Nobody's coming or going sounds while more than `most` people are in the call, oneself among them. */
  constructor(private readonly most: number) {}

  /** Whether a sound of this kind may be made now; if so, it counts as made. */
  may(kind: string, now: number): boolean {
    const before = this.last.get(kind);
    if (before !== undefined && now - before < TOGETHER) return false;
    this.last.set(kind, now);
    return true;
  }

  /** Somebody came; `count` people are in now. A connection that flaps is no news. */
  joined(identity: string, count: number, now: number): boolean {
    return !this.flaps(identity, now) && count <= this.most && this.may('join', now);
  }

  /** Somebody went; `count` people are left. Who goes again within that time has been heard going. */
  left(identity: string, count: number, now: number): boolean {
    const again = this.flaps(identity, now);
    this.gone.set(identity, now);
    return !again && count <= this.most && this.may('leave', now);
  }

  private flaps(identity: string, now: number): boolean {
    this.gone = new Map([...this.gone].filter(([, at]) => now - at < BACK));
    return this.gone.has(identity);
  }
}
