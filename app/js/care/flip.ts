// On a phone: from the camera at the front to the one at the back, and back again.
import { remember } from '../choices';
import { changed, current } from '../inside/desk';
import { entry } from '../inside/menu';
import { say } from '../inside/say';
import { picture } from '../list';
import { refresh } from '../settings/devices';
import { ownPicture } from './tracks';
import { word } from './words';

type Facing = 'user' | 'environment';
let several = false;

function facing(): Facing | undefined {
  const track = ownPicture();
  const where = track && !track.isMuted ? track.mediaStreamTrack.getSettings().facingMode : undefined;
  return where === 'user' || where === 'environment' ? where : undefined;
}

async function count(): Promise<void> {
  const all = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
  several = all.filter(({ kind }) => kind === 'videoinput').length > 1;
  changed();
}

async function flip(): Promise<void> {
  const track = ownPicture();
  const before = facing();
  if (!track || !before) return;
  const wanted: Facing = before === 'user' ? 'environment' : 'user';
  const worked = await track.restartTrack({ facingMode: wanted, resolution: picture() }).then(() => true, () => false);
  // The one that was open is closed by now; it is opened again when the other one cannot be.
  if (!worked) await track.restartTrack({ facingMode: before, resolution: picture() }).catch(() => undefined);
  const { deviceId } = track.mediaStreamTrack.getSettings();
  if (deviceId) remember({ cameraId: deviceId });
  mirror();
  refresh();
  changed();
  say(facing() === 'environment' ? word('back') : word('front'));
}

/** Oneself one sees as in a mirror; what the back camera shows must be readable. */
function mirror(): void {
  document.documentElement.classList.toggle('is-back', facing() === 'environment');
}

export function define(): void {
  entry({ id: 'flip-camera', icon: 'flip', label: word('flip'), act: () => void flip(), order: 10, there: () => several && !!facing() });
  navigator.mediaDevices?.addEventListener('devicechange', () => void count());
}

export function entered(): void {
  void count();
  mirror();
  current()?.on('localTrackPublished', () => {
    mirror();
    changed();
  });
}
