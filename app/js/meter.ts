// The moving level under the microphone. Paints the bars itself: fifteen times a second is no business of the page's state.
const SILENT_AFTER = 10_000;

export class Meter {
  private context?: AudioContext;
  private timer?: number;
  private bars: HTMLElement | null = null;

  /** `silent` is called once ten seconds of absolute silence have passed, and again when sound arrives. */
  constructor(private readonly silent: (is: boolean) => void) {}

  paintOn(bars: HTMLElement | null): void {
    this.bars = bars;
  }

  listen(track: MediaStreamTrack): void {
    this.stop();
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 512;
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let shown = 0;
    let since = performance.now();
    let told = false;
    this.context = context;
    this.timer = window.setInterval(() => {
      // Without a gesture the context may be asleep; a click anywhere wakes it.
      if (context.state === 'suspended') {
        if (navigator.userActivation?.hasBeenActive) void context.resume().catch(() => undefined);
        since = performance.now();
        return;
      }
      analyser.getFloatTimeDomainData(samples);
      const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      const now = performance.now();
      if (loudest > 0.0001 || track.muted || document.hidden) {
        since = now;
        if (told) this.silent((told = false));
      } else if (!told && now - since > SILENT_AFTER) {
        this.silent((told = true));
      }
      // Loudness as people hear it: -60 dB is nothing, 0 dB is full; it falls slower than it rises.
      const level = loudest > 0 ? Math.min(1, Math.max(0, 1 + Math.log10(loudest) / 3)) : 0;
      shown = Math.max(level, shown - 0.08);
      this.paint(shown);
    }, 66);
  }

  stop(): void {
    clearInterval(this.timer);
    void this.context?.close().catch(() => undefined);
    this.context = undefined;
    this.paint(0);
  }

  private paint(level: number): void {
    const bars = this.bars?.children;
    if (!bars) return;
    const lit = Math.round(level * bars.length);
    for (let i = 0; i < bars.length; i++) {
      bars[i]!.classList.toggle('is-on', i < lit);
      bars[i]!.classList.toggle('is-high', i < lit && i >= bars.length - 3);
    }
  }
}
