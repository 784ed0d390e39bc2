// What our server says to one browser. Pure.

/** No such packet is longer. */
const LARGEST = 200;

/** Whether these bytes are the question to unmute. Who sent them is another matter. */
export function isAsked(bytes: Uint8Array): boolean {
  if (bytes.byteLength > LARGEST) return false;
  try {
    const said = JSON.parse(new TextDecoder().decode(bytes)) as { type?: unknown } | null;
    return said?.type === 'askedToUnmute';
  } catch {
    return false;
  }
}
