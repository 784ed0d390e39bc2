// Tells the island what to show: what one chose, and whom hosts show large to everybody.
import { read, written, type Seen } from './flags';

const KEY = 'visavis.view';

let flags = remembered();
let lit: readonly string[] = [];

function remembered(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    // Storage that is forbidden only means that nothing is remembered.
    return '';
  }
}

export const seen = (): Seen => read(flags);

export function choose(change: Partial<Seen>): void {
  flags = written({ ...seen(), ...change });
  try {
    localStorage.setItem(KEY, flags);
  } catch {
    // See above.
  }
  show();
}

export function light(identities: readonly string[]): void {
  if (lit.join('\n') === identities.join('\n')) return;
  lit = identities;
  show();
}

/** Also when the stage has come anew and knows nothing. */
export function show(): void {
  window.dispatchEvent(new CustomEvent('visavis-view', { detail: [flags, ...lit].join('\n') }));
}
