// Pictures: layouts, who is large for everybody, a closer look at a shared screen, and the small window.
import type { Room } from 'livekit-client';
import { entry } from '../inside/menu';
import { open } from './layouts';
import { define as own, listen as shares } from './own';
import { define as small, entered as inCall, listen as follow } from './pip';
import { define as spot, entered as light, listen as spotlight } from './spotlight';
import { word } from './words';
import { define as zoom } from './zooming';

/** In every new connection. */
export function listen(room: Room): void {
  shares(room);
  follow(room);
  spotlight(room);
}

/** Once the new connection is the room of the moment. */
export function entered(): void {
  light();
  inCall();
}

export function define(): void {
  entry({ id: 'layout', icon: 'layout', order: 10, label: word('layout'), act: open });
  spot();
  zoom();
  own();
  small();
}
