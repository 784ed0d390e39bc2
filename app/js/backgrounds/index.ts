// What others see behind oneself.
import { entry } from '../inside/menu';
import { open } from './dialog';
import { word } from './words';

export { entered, listen } from './apply';

/** Browsers that can take a camera's pictures apart and put them together again. */
const possible = () => 'OffscreenCanvas' in window && 'VideoFrame' in window && 'captureStream' in HTMLCanvasElement.prototype;

export function define(): void {
  if (possible()) entry({ id: 'background', icon: 'background', order: 20, label: word('background'), act: open });
}
