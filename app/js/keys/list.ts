// Which keys do what. Pure: what was pressed comes in.

export type Act = 'mic' | 'camera' | 'hand' | 'react' | 'chat' | 'people' | 'full' | 'settings' | 'help' | 'bar' | 'talk';

/** What of a KeyboardEvent matters. */
export interface Press {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

const PLAIN: Record<string, Act> = { d: 'mic', e: 'camera', ',': 'settings' };
const SHIFTED: Record<string, Act> = { h: 'hand', e: 'react', m: 'chat', p: 'people', f: 'full' };

/**
 * The letter on the key: on French and German keyboards it is where their writers look for it. Where the key writes none of ours (Greek,
 * Cyrillic, Arabic), the one that stands in its place on an English keyboard.
 */
export function letter({ key, code }: Press): string {
  if (/^[!-~]$/.test(key)) return key.toLowerCase();
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? key;
}

/** With Ctrl, on a Mac ⌘: there Ctrl moves the cursor in a text. */
export function command(press: Press, mac: boolean): Act | undefined {
  const held = mac ? press.metaKey && !press.ctrlKey : press.ctrlKey && !press.metaKey;
  if (!held || press.altKey) return undefined;
  const key = letter(press);
  // Where the slash is on a digit, Shift writes it; on an English keyboard Shift makes it the question mark.
  if (press.shiftKey && (key === '/' || key === '?' || press.code === 'Slash')) return 'help';
  const acts = press.shiftKey ? SHIFTED : PLAIN;
  return Object.hasOwn(acts, key) ? acts[key] : undefined;
}

/** Keys that act alone; not while one types. */
export function single(press: Press): Act | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey) return undefined;
  if (press.key === '?') return 'help';
  if (press.shiftKey) return undefined;
  return press.code === 'Space' || letter(press) === 'v' ? 'talk' : undefined;
}

/** As the table shows them: `mod` is Ctrl or ⌘, several ways stand beside each other. */
export const TABLE: readonly [Act, string[][]][] = [
  ['mic', [['mod', 'D']]],
  ['camera', [['mod', 'E']]],
  ['talk', [['V'], ['space']]],
  ['hand', [['mod', 'shift', 'H']]],
  ['react', [['mod', 'shift', 'E']]],
  ['chat', [['mod', 'shift', 'M']]],
  ['people', [['mod', 'shift', 'P']]],
  ['full', [['mod', 'shift', 'F']]],
  ['bar', [['F2']]],
  ['settings', [['mod', ',']]],
  ['help', [['?'], ['mod', 'shift', '/']]],
];

/** Those of them that can be switched off. */
export const isSingle = (keys: string[]): boolean => keys.length === 1 && keys[0] !== 'F2';
