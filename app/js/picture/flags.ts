// What one chose to see, as this browser remembers it and the island reads it (`app/src/meeting/arrange.rs`). Pure.
export type Layout = 'tiles' | 'side' | 'alone';

export interface Seen {
  layout: Layout;
  /** How many tiles a page holds at most. */
  most: number;
  hideOwn: boolean;
  hideFaceless: boolean;
}

export const COUNTS = [4, 9, 16, 30] as const;
const LETTERS: Record<number, string> = { 4: '4', 9: '9', 16: '6' };

export function read(flags: string): Seen {
  return {
    layout: flags.includes('s') ? 'side' : flags.includes('l') ? 'alone' : 'tiles',
    most: COUNTS.find((count) => flags.includes(LETTERS[count] ?? '-')) ?? 30,
    hideOwn: flags.includes('o'),
    hideFaceless: flags.includes('f'),
  };
}

export function written({ layout, most, hideOwn, hideFaceless }: Seen): string {
  const large = { tiles: '', side: 's', alone: 'l' }[layout];
  return `${large}${LETTERS[most] ?? ''}${hideOwn ? 'o' : ''}${hideFaceless ? 'f' : ''}`;
}
