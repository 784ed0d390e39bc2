// Why a camera or microphone cannot be had, told apart as far as browsers let us.
export type Trouble = '' | 'denied' | 'system' | 'busy' | 'missing' | 'insecure' | 'failed';
export type Kind = 'mic' | 'camera';

const PERMISSION = { mic: 'microphone', camera: 'camera' } as const;

/** What the Permissions API says; '' where it cannot say (Firefox, older Safari). */
export async function permission(kind: Kind): Promise<PermissionState | ''> {
  try {
    return (await navigator.permissions.query({ name: PERMISSION[kind] as PermissionName })).state;
  } catch {
    return '';
  }
}

/** Calls back when the visitor changes the permission in the browser's own pages. */
export async function onPermission(kind: Kind, changed: (state: PermissionState) => void): Promise<void> {
  try {
    const status = await navigator.permissions.query({ name: PERMISSION[kind] as PermissionName });
    status.addEventListener('change', () => changed(status.state));
  } catch {
    // No such API: a click on the button tries again.
  }
}

export async function troubleOf(error: unknown, kind: Kind): Promise<Trouble> {
  if (!navigator.mediaDevices) return 'insecure';
  const { name, message } = error instanceof Error ? error : { name: '', message: '' };
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      // Chromium says "by system"; elsewhere a refusal despite a granted permission comes from the system.
      if (/system/i.test(message) || (await permission(kind)) === 'granted') return 'system';
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      // Firefox on macOS says "not found" of a device that it lists, when the system blocks it.
      return (await listed(kind)) ? 'system' : 'missing';
    case 'NotReadableError':
    case 'AbortError':
    case 'TrackStartError':
      return 'busy';
    default:
      return 'failed';
  }
}

async function listed(kind: Kind): Promise<boolean> {
  const wanted = kind === 'mic' ? 'audioinput' : 'videoinput';
  const all = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  return all.some((device) => device.kind === wanted && device.label !== '');
}
