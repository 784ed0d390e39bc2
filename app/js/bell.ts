// Somebody is at the door: a sound, the tab's title, and, while the tab is hidden, a notification of the system.

/** Two low knocks; made here, so no file travels. A browser that wants a press first stays silent. */
export function knock(): void {
  try {
    const context = new AudioContext();
    [0, 0.19].forEach((at) => {
      const start = context.currentTime + 0.03 + at;
      const [tone, volume] = [context.createOscillator(), context.createGain()];
      tone.type = 'triangle';
      tone.frequency.setValueAtTime(230, start);
      tone.frequency.exponentialRampToValueAtTime(120, start + 0.12);
      volume.gain.setValueAtTime(0.5, start);
      volume.gain.exponentialRampToValueAtTime(0.001, start + 0.16);
      tone.connect(volume).connect(context.destination);
      tone.start(start);
      tone.stop(start + 0.18);
    });
    setTimeout(() => void context.close(), 1000);
  } catch {
    // No sound here; the rest still tells.
  }
}

let waiting = 0;
let guard: MutationObserver | undefined;

/** Keeps the number of those who wait before the tab's title, whoever else writes it. */
export function badge(count: number): void {
  waiting = count;
  const title = document.querySelector('title');
  if (!title) return;
  guard ??= new MutationObserver(write);
  guard.disconnect();
  write();
  if (count) guard.observe(title, { childList: true, characterData: true, subtree: true });
}

function write(): void {
  const plain = document.title.replace(/^🔔 \d+ · /u, '');
  const wanted = waiting ? `🔔 ${waiting} · ${plain}` : plain;
  if (document.title !== wanted) document.title = wanted;
}

export function canAsk(): boolean {
  return 'Notification' in window && Notification.permission === 'default';
}

export async function ask(): Promise<void> {
  await Notification.requestPermission();
}

/** Only while nobody looks, and only with leave. */
export function notify(text: string): void {
  if (!document.hidden || !('Notification' in window) || Notification.permission !== 'granted') return;
  try {
    const shown = new Notification(text, { tag: `door ${location.pathname}` });
    shown.onclick = () => {
      window.focus();
      shown.close();
    };
  } catch {
    // Phones allow it only to service workers.
  }
}
