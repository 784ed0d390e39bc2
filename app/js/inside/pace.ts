// How often is often enough. Pure: the clock comes in.

/** At most so many within so long (milliseconds). */
export class Limiter {
  private times: number[] = [];

  constructor(private readonly most: number, private readonly within: number) {}

  allows(now: number): boolean {
    this.times = this.times.filter((time) => now - time < this.within);
    if (this.times.length >= this.most) return false;
    this.times.push(now);
    return true;
  }
}

/** A breath between two words is no end of speaking. */
const BREATH = 1500;

/** Whether somebody has been speaking for a while. */
export class Speech {
  private since = 0;
  private stopped = -BREATH;
  private on = false;

  constructor(private readonly long: number) {}

  note(on: boolean, now: number): void {
    if (on && !this.on && now - this.stopped >= BREATH) this.since = now;
    if (!on && this.on) this.stopped = now;
    this.on = on;
  }

  lasts(now: number): boolean {
    return (this.on || now - this.stopped < BREATH) && now - this.since >= this.long;
  }
}
