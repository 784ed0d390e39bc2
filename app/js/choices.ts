// What this browser remembers between meetings. Only here, never on the server.
export interface Choices {
  mic: boolean;
  camera: boolean;
  micId: string;
  cameraId: string;
  speakerId: string;
  name: string;
  /** Whether the browser takes noise, and the echo of the speaker, out of the own sound. */
  noise: boolean;
  echo: boolean;
  /** How sharp the own picture is sent: 720, 360 or 180 lines. */
  lines: number;
  /** To spare the machine and the connection, whatever else was chosen. */
  low: boolean;
  /** What stands behind oneself (`backgrounds/choice.ts`); empty for what really does. */
  background: string;
}

const KEY = 'visavis.choices';
const FIRST: Choices = { mic: true, camera: true, micId: '', cameraId: '', speakerId: '', name: '', noise: true, echo: true, lines: 720, low: false, background: '' };

export function choices(): Choices {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    const known = { ...FIRST };
    if (typeof stored !== 'object' || stored === null) return known;
    for (const [key, value] of Object.entries(stored)) {
      if (key in FIRST && typeof value === typeof FIRST[key as keyof Choices]) Object.assign(known, { [key]: value });
    }
    return known;
  } catch {
    // A full, forbidden or damaged storage only means that nothing is remembered.
    return { ...FIRST };
  }
}

export function remember(changes: Partial<Choices>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...choices(), ...changes }));
  } catch {
    // Nothing is remembered, see above.
  }
}
