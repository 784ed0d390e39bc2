// The own picture as it was chosen, and the one switch that spares machine and connection.
import type { LocalVideoTrack, Room } from 'livekit-client';
import { choices, remember } from '../choices';
import { changed, current } from '../inside/desk';
import { picture, videoConstraints } from '../list';
import { receive } from './receive';
import { CAMERA, ownPicture } from './tracks';

/** Tracks whose size changed while they were off: what others are offered of them has to be made anew. */
const stale = new WeakSet<LocalVideoTrack>();

const ideal = (value: ConstrainULong | ConstrainDouble | undefined) => (typeof value === 'object' ? value.ideal : value);

/** Brings the camera to the chosen size. */
export async function refit(): Promise<void> {
  const [room, track] = [current(), ownPicture()];
  if (!room) return;
  const wanted = picture();
  // For a camera that is opened later in this connection.
  Object.assign(room.options.videoCaptureDefaults ?? {}, { resolution: wanted });
  if (!track || (ideal(track.constraints.height) === wanted.height && ideal(track.constraints.frameRate) === wanted.frameRate)) return;
  const { deviceId: _, ...size } = videoConstraints('');
  // What a camera that is off is opened with next time.
  Object.assign(track.constraints, size);
  stale.add(track);
  if (track.isMuted) return;
  // With a background the camera is behind what is sent: it has to be opened again.
  if (track.getProcessor()) await track.restartTrack().catch(() => undefined);
  else await track.mediaStreamTrack.applyConstraints(size).catch(() => undefined);
  await offer(room, track);
}

/** The sizes others may have of it were made for the one before. */
async function offer(room: Room, track: LocalVideoTrack): Promise<void> {
  if (!stale.delete(track) || current() !== room) return;
  await room.localParticipant.unpublishTrack(track, false);
  await room.localParticipant.publishTrack(track, { source: CAMERA, simulcast: true }).catch(() => undefined);
}

export function listen(room: Room): void {
  room.on('trackUnmuted', () => {
    const track = ownPicture();
    if (track && !track.isMuted && current() === room) void offer(room, track);
  });
}

const show = () => document.documentElement.classList.toggle('is-low', choices().low);

/** Others' cameras off, the own one small and slow, nothing moves for show. Sound and shared screens stay. */
export function lowPower(on: boolean): void {
  remember({ low: on });
  show();
  receive();
  void refit();
  changed();
}

export function entered(): void {
  show();
  receive();
}
