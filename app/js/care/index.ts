// Care for the machine, the connection and the others: less picture, who is muted on coming in, who is not there any more.
import type { Room } from 'livekit-client';
import { choices } from '../choices';
import { entry } from '../inside/menu';
import { say } from '../inside/say';
import * as flip from './flip';
import * as gone from './gone';
import * as hush from './hush';
import * as idle from './idle';
import * as mute from './mute';
import * as power from './power';
import * as receive from './receive';
import * as weak from './weak';
import { word } from './words';

export function define(): void {
  flip.define();
  entry({
    id: 'low-power', icon: 'check', label: word('low'), order: 60, on: () => choices().low,
    act: () => {
      power.lowPower(!choices().low);
      say(choices().low ? word('low_on') : word('low_off'));
    },
  });
}

export function listen(room: Room): void {
  receive.listen(room);
  power.listen(room);
  weak.listen(room);
  gone.listen(room);
}

export function entered(): void {
  power.entered();
  mute.entered();
  hush.entered();
  idle.entered();
  flip.entered();
}
