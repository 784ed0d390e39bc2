// What hosts alone need is a script of its own, loaded once one is a host. It gets from here what it shares with the call.
import * as desk from '../inside/desk';
import * as element from '../inside/element';
import * as face from '../inside/face';
import * as menu from '../inside/menu';
import * as say from '../inside/say';
import * as tell from '../inside/tell';
import * as spotlight from '../picture/spotlight';
import * as fields from '../settings/fields';
import * as deeds from './deeds';
import * as room from './room';

const lent = { desk, element, face, menu, say, tell, spotlight, fields, deeds, room };
export type Lent = typeof lent;

const LATEST = 30_000;
let loading = false;

export function load(): void {
  if (loading || !desk.isHost()) return;
  loading = true;
  void fetchIt();
}

/** Tried again while the network is bad. */
async function fetchIt(): Promise<void> {
  Object.assign(window, { visavisLent: lent });
  const script = desk.file('host.js');
  for (let attempt = 0; ; attempt += 1) {
    try {
      // A browser may remember that a script could not be had, by its address.
      await import(attempt ? `${script}?${attempt}` : script);
      return desk.changed();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, Math.min(LATEST, 1000 * 2 ** attempt)));
    }
  }
}
