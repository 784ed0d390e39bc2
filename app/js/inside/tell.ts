import { made } from './element';

/** A sentence where the other notices are, for a few seconds. */
export function tell(text: string): void {
  const pill = made('p', 'pill', text);
  pill.dir = 'auto';
  document.querySelector('.call__over')?.append(pill);
  setTimeout(() => pill.remove(), 6000);
}
