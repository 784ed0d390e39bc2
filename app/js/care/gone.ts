// A microphone or camera that goes away during the call: its cable was pulled, or the system took it. LiveKit opens another one, or
// switches it off; whose it is hears which, and is never heard through something they do not know of.
import type { LocalTrack, LocalTrackPublication, Room } from 'livekit-client';
import { icon } from '../inside/desk';
import { list } from '../list';
import { CAMERA, MICROPHONE } from './tracks';
import { pill } from './weak';
import { word } from './words';

/** How long LiveKit may take to open another one; and how long it is told that there is none. */
const PATIENCE = 8000;
const LONG = 60_000;

const known = new WeakSet<LocalTrack>();

export function listen(room: Room): void {
  const look = ({ track, source }: LocalTrackPublication) => {
    if (!track || known.has(track) || (source !== MICROPHONE && source !== CAMERA)) return;
    known.add(track);
    track.on('ended', () => void gone(track, source === MICROPHONE));
  };
  room.on('localTrackPublished', look);
  // This script may come later than what it looks after.
  room.localParticipant.trackPublications.forEach((each) => look(each as LocalTrackPublication));
}

async function gone(track: LocalTrack, mic: boolean): Promise<void> {
  // Nobody heard or saw it; it is opened anew with the next press.
  if (track.isMuted) return;
  await new Promise<void>((done) => {
    track.once('restarted', () => done());
    track.once('muted', () => done());
    setTimeout(done, PATIENCE);
  });
  const { deviceId } = track.getSourceTrackSettings();
  const now = (await list(mic ? 'audioinput' : 'videoinput')).find(({ id }) => id === deviceId)?.label;
  if (track.isMuted || !now || track.mediaStreamTrack.readyState === 'ended') {
    await track.mute();
    const [, close] = pill(mic ? word('mic_gone_off') : word('camera_gone_off'), LONG, icon(mic ? 'mic_off' : 'camera'));
    track.once('unmuted', close);
  } else pill(mic ? word('mic_gone_now', { device: now }) : word('camera_gone_now', { device: now }), LONG, icon(mic ? 'mic' : 'camera'));
}
