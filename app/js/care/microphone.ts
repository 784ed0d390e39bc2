// The own sound, opened anew as it was chosen.
import { cleaning } from '../list';
import { current } from '../inside/desk';
import { ownSound } from './tracks';

/** After a change of what the browser does to the sound. Who is muted stays so. */
export async function rehear(): Promise<void> {
  const [room, track, wanted] = [current(), ownSound(), cleaning()];
  if (!room) return;
  // For a microphone that is opened later in this connection.
  Object.assign(room.options.audioCaptureDefaults ?? {}, wanted);
  if (!track) return;
  const holds = () => {
    const is = track.mediaStreamTrack.getSettings();
    return is.noiseSuppression === wanted.noiseSuppression && is.echoCancellation === wanted.echoCancellation;
  };
  // Some browsers change a running microphone, others want it opened again.
  await track.applyConstraints(wanted).catch(() => undefined);
  const { deviceId } = track.mediaStreamTrack.getSettings();
  if (!holds()) await track.restartTrack({ deviceId: deviceId ? { ideal: deviceId } : undefined, ...wanted }).catch(() => undefined);
}
