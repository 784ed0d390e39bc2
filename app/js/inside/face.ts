import { made } from './element';
import { initials, isColor } from './text';

/** Initials on the person's colour. */
export function face(name: string, color: string): HTMLElement {
  const face = made('span', 'avatar', initials(name));
  face.setAttribute('aria-hidden', 'true');
  if (isColor(color)) face.style.setProperty('--person', color);
  return face;
}
