// Microphone and camera, by their buttons in the bar: what is remembered, refused or told is then the same as with a press.

const PATIENCE = 12_000;

/** One switch: told what is wanted, it presses the button until that is so. */
class Switch {
  private wanted: boolean | undefined;
  private busy = false;
  private readonly waiting: ((is: boolean) => void)[] = [];

  constructor(private readonly id: string) {}

  private get button(): HTMLButtonElement | null {
    return document.querySelector<HTMLButtonElement>(`.bar #${this.id}`);
  }

  get isOn(): boolean {
    return !!this.button?.classList.contains('is-on');
  }

  /** Resolves to what it is in the end, which is not the wish when the room or the browser forbids it. */
  set(on: boolean): Promise<boolean> {
    this.wanted = on;
    return new Promise((done) => {
      this.waiting.push(done);
      if (!this.busy) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.busy = true;
    while (this.wanted !== undefined && this.wanted !== this.isOn) {
      const button = this.button;
      if (!button || button.disabled) break;
      const before = this.isOn;
      button.click();
      // Refused: the button stays as it was.
      if (!(await this.turned(button, before))) break;
    }
    this.wanted = undefined;
    this.busy = false;
    this.waiting.splice(0).forEach((done) => done(this.isOn));
  }

  private turned(button: HTMLButtonElement, before: boolean): Promise<boolean> {
    return new Promise((done) => {
      const end = (is: boolean) => {
        seen.disconnect();
        clearTimeout(late);
        done(is);
      };
      const seen = new MutationObserver(() => {
        if (this.isOn !== before) end(true);
        else if (button.querySelector('.ctl__n--warn')) end(false);
      });
      const late = setTimeout(() => end(false), PATIENCE);
      seen.observe(button, { attributes: true, attributeFilter: ['class'], childList: true, subtree: true });
    });
  }
}

export const mic = new Switch('mic');
export const camera = new Switch('camera');
