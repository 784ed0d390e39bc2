// The rules of the room of the moment, and who is heard in it.
import type { Participant } from 'livekit-client';
import { MICROPHONE } from '../care/tracks';
import { current, isHost } from '../inside/desk';
import { read, type Rules } from './rules';

let known: { of: string | undefined; rules: Rules } | undefined;

export function rules(): Rules {
  const metadata = current()?.metadata;
  if (!known || known.of !== metadata) known = { of: metadata, rules: read(metadata) };
  return known.rules;
}

/** The microphone of somebody who is heard at the moment. */
export function heard(who: Participant): string | undefined {
  const sound = who.getTrackPublication(MICROPHONE);
  return sound && !sound.isMuted ? sound.trackSid : undefined;
}

/** Whether we may mute others. */
export const mayMute = (): boolean => isHost() || rules().mute;
