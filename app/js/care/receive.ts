// How good the pictures of others come, or whether at all. Shared screens always come as they are.
import type { RemoteTrackPublication, Room, VideoQuality } from 'livekit-client';
import { choices } from '../choices';
import { current } from '../inside/desk';
import { settings } from '../settings/store';
import { CAMERA, cameras } from './tracks';

/** `VideoQuality` in LiveKit's protocol. */
const LEVELS = { low: 0, medium: 1, high: 2 } as const;

function apply(camera: RemoteTrackPublication): void {
  const quality = choices().low ? 'none' : settings().quality;
  // To be paused by us, a track would no longer be paused while it is off the screen: it is let go instead.
  if (camera.isDesired !== (quality !== 'none')) camera.setSubscribed(quality !== 'none');
  if (quality !== 'none' && camera.videoQuality !== LEVELS[quality]) camera.setVideoQuality(LEVELS[quality] as VideoQuality);
}

/** Everybody's, after a choice. */
export function receive(): void {
  cameras().forEach(apply);
}

/** Those that come later. */
export function listen(room: Room): void {
  const mine = (camera: RemoteTrackPublication) => camera.source === CAMERA && current() === room && apply(camera);
  room.on('trackPublished', mine);
  room.on('trackSubscribed', (_track: unknown, camera: RemoteTrackPublication) => mine(camera));
}
