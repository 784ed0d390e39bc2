// Somebody who is muted is asked to speak. Nothing unmutes by itself: it is a question, and it takes no focus away from what one types.
import type { RemoteParticipant, Room } from 'livekit-client';
import { current, watch } from '../inside/desk';
import { ownSound } from '../care/tracks';
import { mic } from '../keys/switch';
import { isAsked } from './packet';
import { notice } from './notice';
import { word } from './words';

export function listen(room: Room): void {
  room.on('dataReceived', (bytes: Uint8Array, sender?: RemoteParticipant, _kind?: unknown, topic?: string, _encryption?: unknown, from?: string) => {
    // LiveKit names the sender of whatever a participant sends: only what our server sends has none.
    if (sender || from || topic || current() !== room || !isAsked(bytes)) return;
    ask();
  });
}

/** Whether LiveKit lets us speak: who may not has nothing to answer. */
const allowed = () => !document.querySelector<HTMLButtonElement>('.bar #mic')?.disabled;

function ask(): void {
  if (mic.isOn || !allowed()) return;
  // It says the same, and more.
  document.getElementById('muted')?.remove();
  const end = notice('asked-to-unmute', 'mic_off', word('asked'), [
    [word('unmute'), () => void mic.set(true)],
    [word('not_now'), () => undefined],
  ]);
  const stop = watch(() => {
    const over = ownSound()?.isMuted === false || !allowed();
    if (over) end();
    if (over || !document.getElementById('asked-to-unmute')) stop();
  });
}
