// Another microphone, camera or speaker, chosen in the settings; the menus of the bar follow.
import { choices, remember, type Choices } from '../choices';
import { current } from '../inside/desk';
import { canChooseSpeaker, chosen, list } from '../list';
import { select } from './fields';
import { chosen as changed } from './store';

const KEYS = { audioinput: 'micId', videoinput: 'cameraId', audiooutput: 'speakerId' } as const satisfies Record<string, keyof Choices>;
type Kind = keyof typeof KEYS;

/** A list of devices of one kind, kept up to date until `end`. */
export function devices(kind: Kind, id: string, label: string): { field: HTMLElement; end: () => void } {
  const [field, fill] = select(id, label, (device) => void pick(kind, device));
  const draw = () => void list(kind).then((all) => {
    const room = current();
    const used = kind === 'audiooutput' ? undefined : room?.localParticipant.getTrackPublication(SOURCES[kind] as never)?.track?.mediaStreamTrack.getSettings().deviceId;
    const wanted = choices()[KEYS[kind]];
    fill(kind === 'audiooutput' && !canChooseSpeaker ? [] : all.map((each) => [each.id, each.label]), chosen(all, used, wanted));
  });
  draw();
  navigator.mediaDevices?.addEventListener('devicechange', draw);
  return { field, end: () => navigator.mediaDevices?.removeEventListener('devicechange', draw) };
}

const SOURCES = { audioinput: 'microphone', videoinput: 'camera' } as const;

async function pick(kind: Kind, device: string): Promise<void> {
  remember({ [KEYS[kind]]: device });
  // One that cannot be opened leaves the present one in use, and the list says so.
  await current()?.switchActiveDevice(kind, device).catch(() => undefined);
  refresh();
  changed();
}

/** The call (`call.ts`) looks at the devices anew, as if one had been plugged in. */
export function refresh(): void {
  navigator.mediaDevices?.dispatchEvent(new Event('devicechange'));
}
