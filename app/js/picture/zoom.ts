// How far into a picture one looks, and where. Pure: sizes come in, and what is on the screen is `translate(x, y) scale(scale)`.
export interface Zoom {
  scale: number;
  x: number;
  y: number;
}

export const FIT: Zoom = { scale: 1, x: 0, y: 0 };
export const MOST = 8;
/** One press of a button. */
export const STEP = 1.5;

const within = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);

/** No edge of the picture comes into its frame. */
function held({ scale, x, y }: Zoom, width: number, height: number): Zoom {
  if (scale <= 1.01) return FIT;
  return { scale, x: within(x, width * (1 - scale), 0), y: within(y, height * (1 - scale), 0) };
}

/** Larger or smaller by a factor; the point under the finger stays where it is. */
export function zoomed(now: Zoom, factor: number, at: { x: number; y: number }, width: number, height: number): Zoom {
  const scale = within(now.scale * factor, 1, MOST);
  const real = scale / now.scale;
  return held({ scale, x: at.x - (at.x - now.x) * real, y: at.y - (at.y - now.y) * real }, width, height);
}

export function moved(now: Zoom, x: number, y: number, width: number, height: number): Zoom {
  return held({ scale: now.scale, x: now.x + x, y: now.y + y }, width, height);
}
