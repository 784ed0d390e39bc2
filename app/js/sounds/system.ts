// Notifications of the system: only while nobody looks, and only with leave.

const known = () => 'Notification' in window;

/** Refused, or not there at all: phones allow notifications to service workers alone. */
export function blocked(): boolean {
  return !known() || Notification.permission === 'denied';
}

/** Asks the reader, once; whether it is allowed now. */
export async function allow(): Promise<boolean> {
  if (!known()) return false;
  if (Notification.permission === 'default') await Notification.requestPermission();
  return Notification.permission === 'granted';
}

/** One of a kind at a time: a later one takes the place of the one before. */
export function notify(kind: string, title: string, text = ''): void {
  if (!document.hidden || !known() || Notification.permission !== 'granted') return;
  try {
    // Ours sound for themselves.
    const shown = new Notification(title, { body: text, tag: `${kind} ${location.pathname}`, silent: true });
    shown.onclick = () => {
      window.focus();
      shown.close();
    };
    document.addEventListener('visibilitychange', () => shown.close(), { once: true });
  } catch {
    // As above.
  }
}
