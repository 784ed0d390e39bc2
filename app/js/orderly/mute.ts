// Muting somebody else, who may unmute again: hosts, and where the room allows it everybody.
import type { Participant } from 'livekit-client';
import { ask, askAsHost, current, icon, isHost, nameOf } from '../inside/desk';
import { say } from '../inside/say';
import { deed } from './deeds';
import { heard, mayMute } from './room';
import { word } from './words';

/** '' when they are muted, else why not. */
async function mute(who: Participant): Promise<string> {
  const track = heard(who);
  if (!track) return '';
  const body = { participant_identity: who.identity, track_sid: track };
  const trouble = isHost() ? await askAsHost('mute-participant', 'POST', body) : await ask('mute-participant', body);
  if (trouble) return trouble;
  // Other clients of this contract tell their people by it; ours knows by LiveKit's own word.
  const packet = new TextEncoder().encode(JSON.stringify({ type: 'participantMuted' }));
  current()?.localParticipant.publishData(packet, { reliable: true, destinationIdentities: [who.identity] }).catch(() => undefined);
  say(word('muted', { name: nameOf(who) }));
  return '';
}

export function define(): void {
  deed({ id: 'mute', order: 10, icon: () => icon('mic_off'), label: () => word('mute'), there: (who) => mayMute() && !!heard(who), act: mute });
}
