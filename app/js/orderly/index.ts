// Running a meeting, as far as everybody needs it: what hosts decided is shown and told, and where it is allowed everybody mutes others.
import type { Room } from 'livekit-client';
import { watch } from '../inside/desk';
import { listen as asked } from './asked';
import { define as deeds } from './deeds';
import { load } from './host';
import { define as lock } from './lock';
import { define as mute } from './mute';
import { listen as news, look } from './news';

export function listen(room: Room): void {
  asked(room);
  news(room);
}

export function entered(): void {
  look();
  load();
}

export function define(): void {
  deeds();
  mute();
  lock();
  // Who becomes a host in the middle of the call.
  watch(load);
}
