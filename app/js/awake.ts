// A phone does not go dark during a call. The browser takes the lock back whenever the page is hidden.
let wanted = false;
let lock: WakeLockSentinel | undefined;

async function hold(): Promise<void> {
  if (!wanted || document.hidden || lock?.released === false) return;
  // Refused when the battery is low, or unknown: then the screen does as it always does.
  lock = await navigator.wakeLock?.request('screen').catch(() => undefined);
  if (!wanted) await lock?.release();
}

document.addEventListener('visibilitychange', () => void hold());

export function stayAwake(on: boolean): void {
  wanted = on;
  if (on) void hold();
  else void lock?.release();
}
