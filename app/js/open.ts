// The own microphone and camera as tracks of LiveKit's, with or without a connection.
import { LocalAudioTrack, LocalVideoTrack, Track } from 'livekit-client';
import { choices } from './choices';
import { audioConstraints, videoConstraints } from './list';
import type { Kind } from './trouble';

export const SOURCE = { mic: Track.Source.Microphone, camera: Track.Source.Camera } as const;

/** What is open already. It knows what it is before anybody is sent it: LiveKit switches a camera off with its light, and nothing else. */
export function tracked(kind: Kind, media: MediaStreamTrack): LocalAudioTrack | LocalVideoTrack {
  const { micId, cameraId } = choices();
  const track = kind === 'mic' ? new LocalAudioTrack(media, audioConstraints(micId), false) : new LocalVideoTrack(media, videoConstraints(cameraId), false);
  track.source = SOURCE[kind];
  return track;
}

/** Opens it as it was chosen. */
export async function open(kind: Kind): Promise<LocalAudioTrack | LocalVideoTrack> {
  const { micId, cameraId } = choices();
  const stream = await navigator.mediaDevices.getUserMedia(kind === 'mic' ? { audio: audioConstraints(micId) } : { video: videoConstraints(cameraId) });
  return tracked(kind, stream.getTracks()[0]!);
}
