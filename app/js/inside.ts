// What one gets once one is in: hands, reactions, another name, … Loaded by the call (`call.ts`), so that nobody waits for it before
// the button works; the island has only places for it, empty elements that come to life here.
import type { Room } from 'livekit-client';
import * as care from './care';
import * as chat from './chat';
import * as hands from './hands';
import { enter, learn } from './inside/desk';
import { define as menu } from './inside/menu';
import * as backgrounds from './backgrounds/index';
import * as keys from './keys';
import * as orderly from './orderly';
import * as picture from './picture';
import * as settings from './settings';
import * as sounds from './sounds';
import './inside/keep';
import './inside/rejoin';

const parts = [hands, chat, settings, keys, sounds, care, picture, backgrounds, orderly];
let ready: Promise<void> | undefined;

/** Words first, because elements speak as soon as they are defined. */
async function begin(): Promise<void> {
  await learn();
  for (const { define } of parts) define();
  menu();
}

/**
 * A new connection: the first, or one after a loss. Called before it stands, so that nothing that is said at once is missed. Fails when the
 * words cannot be had; then it may be called again.
 */
export async function joined(room: Room): Promise<void> {
  ready ??= begin();
  await ready.catch((error: unknown) => {
    ready = undefined;
    throw error;
  });
  for (const part of parts) part.listen(room);
  if (room.state !== 'connected') await new Promise((resolve) => room.once('connected', () => resolve(undefined)));
  // The island hears of it in the same moment, and draws the call then.
  while (!document.querySelector('.call')) {
    if (room.state === 'disconnected') return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  enter(room);
  for (const part of parts) part.entered();
}
