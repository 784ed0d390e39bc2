// The settings of the call: a dialog behind More, and what was chosen in it.
import { entry } from '../inside/menu';
import { open } from './dialog';
import { word } from './words';

export function define(): void {
  entry({ id: 'open-settings', icon: 'settings', label: word('settings'), act: () => open(), order: 90 });
}

export function listen(): void {
  // Nothing here belongs to one connection.
}

export function entered(): void {
  // As above.
}
