// When a machine is too slow for it. Pure: the clock comes in.

/** Fewer pictures in a second are no movement. */
const LEAST = 8;
/** How many such seconds in a row are too many. */
const LONG = 10;

export class Slowness {
  private frames = 0;
  private bad = 0;

  frame(): void {
    this.frames += 1;
  }

  /** Every second: whether it has been too slow for too long. `counts`: the camera is on, and the page is looked at. */
  second(counts: boolean): boolean {
    this.bad = counts && this.frames < LEAST ? this.bad + 1 : 0;
    this.frames = 0;
    return this.bad >= LONG;
  }
}
