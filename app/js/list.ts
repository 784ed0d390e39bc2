// The devices as the pages show them.
import { choices } from './choices';
import type { Trouble } from './trouble';

export interface Device {
  id: string;
  label: string;
}
export interface Source {
  on: boolean;
  trouble: Trouble;
  id: string;
  list: Device[];
}
export interface DeviceState {
  mic: Source & { silent: boolean };
  camera: Source;
  speaker: { id: string; list: Device[]; choosable: boolean };
  /** The browser's own question is open. */
  asking: boolean;
}

export const canChooseSpeaker = 'setSinkId' in HTMLMediaElement.prototype;

export async function list(kind: MediaDeviceKind): Promise<Device[]> {
  const all = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
  // Without a permission browsers list nameless entries: nothing a person could choose from.
  return all.filter((d) => d.kind === kind && d.label !== '').map((d) => ({ id: d.deviceId, label: d.label }));
}

/** The wish if it is still there, else what the track really uses, else the first. */
export function chosen(devices: Device[], ...wishes: (string | undefined)[]): string {
  return wishes.find((id) => id && devices.some((d) => d.id === id)) ?? devices[0]?.id ?? '';
}

/** What the browser is to do to the own sound. */
export const cleaning = () => {
  const { noise, echo } = choices();
  return { echoCancellation: echo, noiseSuppression: noise, autoGainControl: true };
};

/** How large the own picture is, and how often it changes. */
export const picture = () => {
  const { lines, low } = choices();
  const height = low ? 180 : [180, 360].includes(lines) ? lines : 720;
  return { width: (height * 16) / 9, height, frameRate: low ? 15 : 30 };
};

export const audioConstraints = (id: string): MediaTrackConstraints => ({ deviceId: id ? { ideal: id } : undefined, ...cleaning() });

export const videoConstraints = (id: string): MediaTrackConstraints => {
  const { width, height, frameRate } = picture();
  return {
    deviceId: id ? { ideal: id } : undefined,
    width: { ideal: width },
    height: { ideal: height },
    frameRate: { ideal: frameRate, max: frameRate },
  };
};
