// Cuts a message into text and links. Pure.

/** A text, or an address to follow. */
export interface Piece {
  text: string;
  target?: string;
}

/** Only these begin a link, and only after a space or an opening mark: nobody is sent anywhere by accident. */
const LINK = /(?<=^|[\s(<["'«“‘])(?:https?:\/\/|www\.)[^\s<>"«»“”]+/g;
/** A full stop or bracket at the end belongs to the sentence. */
const TAIL = /[.,;:!?'’)\]}…]$/;

export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let plain = 0;
  for (const { 0: whole, index } of text.matchAll(LINK)) {
    const shown = trimmed(whole);
    if (!/^(?:https?:\/\/|www\.)./.test(shown)) continue;
    if (plain < index) found.push({ text: text.slice(plain, index) });
    found.push({ text: shown, target: shown.startsWith('http') ? shown : `https://${shown}` });
    plain = index + shown.length;
  }
  if (plain < text.length) found.push({ text: text.slice(plain) });
  return found;
}

function trimmed(link: string): string {
  let shown = link;
  // Unless the bracket was opened inside.
  while (TAIL.test(shown) && !(shown.endsWith(')') && shown.includes('('))) shown = shown.slice(0, -1);
  return shown;
}
