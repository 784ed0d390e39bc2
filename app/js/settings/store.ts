// What was chosen in the settings of the call, remembered in this browser alone. What the call needs before these scripts are there
// (how to open microphone and camera) stands with the other choices, in `choices.ts`. Imports nothing: its rules are tested alone.

/** How good the pictures of others may be; `none`: their sound and screens alone. */
export type Quality = 'high' | 'medium' | 'low' | 'none';

export interface Settings {
  /** Sounds, one for each kind, and how loud they are (percent). */
  join: boolean;
  leave: boolean;
  hand: boolean;
  message: boolean;
  own: boolean;
  volume: number;
  /** Notifications of the system while the tab is hidden. */
  notify: boolean;
  /** Keys that act without Ctrl or ⌘. */
  single: boolean;
  quality: Quality;
  /** Microphone off when a large meeting is joined. */
  autoMute: boolean;
  /** To be asked after a long time alone. */
  idle: boolean;
  /** To be told of speaking while muted. */
  hush: boolean;
}

const KEY = 'visavis.settings';
const FIRST: Settings = {
  join: true, leave: false, hand: true, message: true, own: true, volume: 50, notify: false, single: true, quality: 'high', autoMute: true, idle: true,
  hush: true,
};
const QUALITIES: readonly unknown[] = ['high', 'medium', 'low', 'none'];

/** What is stored, believed as far as it makes sense. Pure. */
export function read(stored: unknown): Settings {
  const known = { ...FIRST };
  if (typeof stored !== 'object' || stored === null) return known;
  for (const [key, value] of Object.entries(stored)) {
    if (Object.hasOwn(FIRST, key) && typeof value === typeof FIRST[key as keyof Settings]) Object.assign(known, { [key]: value });
  }
  if (!QUALITIES.includes(known.quality)) known.quality = FIRST.quality;
  if (!(known.volume >= 0 && known.volume <= 100)) known.volume = FIRST.volume;
  return known;
}

export function settings(): Settings {
  try {
    return read(JSON.parse(localStorage.getItem(KEY) ?? '{}'));
  } catch {
    // A full, forbidden or damaged storage only means that nothing is remembered.
    return { ...FIRST, ...unkept };
  }
}

/** What could not be stored holds until the page is closed. */
let unkept: Partial<Settings> = {};

const watchers = new Set<() => void>();

/** Calls whenever something was chosen; the answer ends that. */
export function onChange(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

export function choose(changes: Partial<Settings>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...settings(), ...changes }));
  } catch {
    unkept = { ...unkept, ...changes };
  }
  watchers.forEach((each) => each());
}

/** For choices that are kept elsewhere. */
export function chosen(): void {
  watchers.forEach((each) => each());
}
