// Whether somebody speaks while muted. Pure: how loud it is (0 to 1), and the clock, come in.

/** As loud as a voice near the microphone; a room is quieter, and so are keys. */
export const VOICE = 0.06;
/** Among so many looks within the last moments, so many must have been loud: a cough is no speech. */
export const WINDOW = 2000;
export const ENOUGH = 0.5;
const LOOKS = 8;

export class Unheard {
  private looks: { at: number; loud: boolean }[] = [];
  private told = false;

  /** The microphone was muted: from the beginning. */
  reset(): void {
    this.looks = [];
    this.told = false;
  }

  /** Whether to say it now: once for each time one is muted. */
  look(level: number, now: number): boolean {
    this.looks = this.looks.filter(({ at }) => now - at < WINDOW);
    this.looks.push({ at: now, loud: level >= VOICE });
    if (this.told || this.looks.length < LOOKS) return false;
    const loud = this.looks.filter((each) => each.loud).length;
    this.told = loud / this.looks.length >= ENOUGH;
    return this.told;
  }
}
