// Push to talk: heard for as long as a key is held.
import { icon } from '../inside/desk';
import { made } from '../inside/element';
import { mic } from './switch';
import { word } from './words';

/** Shorter than this is a press by mistake. */
const HELD = 300;

let key = '';
let timer: ReturnType<typeof setTimeout> | undefined;
let talking = false;
let pill: HTMLElement | undefined;

/** Whether it took the key: nothing to do for it while the microphone is on anyway. */
export function press(code: string): boolean {
  if (key) return key === code;
  if (mic.isOn) return false;
  key = code;
  timer = setTimeout(() => {
    talking = true;
    void mic.set(true).then((on) => talking && on && show());
  }, HELD);
  return true;
}

/** Let go, or nobody knows any more whether it is held. Muted again in any case. */
export function release(code = key): void {
  if (!key || code !== key) return;
  key = '';
  clearTimeout(timer);
  pill?.remove();
  pill = undefined;
  if (!talking) return;
  talking = false;
  void mic.set(false);
}

function show(): void {
  pill = made('p', 'pill pill--talk');
  pill.innerHTML = icon('mic');
  pill.append(word('talking'));
  document.querySelector('.call__over')?.append(pill);
}

export const isHeld = (code: string): boolean => key === code;
