// The tracks of the moment, as LiveKit has them. Its names of sources stand here, because its script is not ours to load again.
import type { LocalAudioTrack, LocalParticipant, LocalVideoTrack, RemoteTrackPublication, Track } from 'livekit-client';
import { current } from '../inside/desk';

export const MICROPHONE = 'microphone' as Track.Source.Microphone;
export const CAMERA = 'camera' as Track.Source.Camera;

export const me = (): LocalParticipant | undefined => current()?.localParticipant;
export const ownSound = (): LocalAudioTrack | undefined => me()?.getTrackPublication(MICROPHONE)?.track as LocalAudioTrack | undefined;
export const ownPicture = (): LocalVideoTrack | undefined => me()?.getTrackPublication(CAMERA)?.track as LocalVideoTrack | undefined;

/** The cameras of all others; never their screens. */
export function cameras(): RemoteTrackPublication[] {
  return [...(current()?.remoteParticipants.values() ?? [])].flatMap((who) => who.getTrackPublication(CAMERA) ?? []);
}
