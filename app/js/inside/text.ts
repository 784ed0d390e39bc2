// Small texts. Pure.

/** As `app/src/meeting/text.rs` has them. */
export function initials(name: string): string {
  const letters = name.split(/\s+/).flatMap((part) => /[\p{L}\p{N}]/u.exec(part)?.[0] ?? []);
  return letters.length > 1 ? `${letters[0]}${letters.at(-1)}` : (letters[0] ?? [...name.trim()][0] ?? '');
}

/** The colours that the server gives; nothing else comes into a style. */
const COLOR = /^hsl\(\d{1,3}(\.\d+)?,? \d{1,3}(\.\d+)?%,? \d{1,3}(\.\d+)?%\)$/;

export const isColor = (text: string): boolean => COLOR.test(text);

/** The beginning of a long text. */
export function short(text: string, longest = 120): string {
  const letters = [...text];
  return letters.length > longest ? `${letters.slice(0, longest).join('')}…` : text;
}
