// The chat: what is written, for those who are here and those who come later.
import { define as panel } from './panel';
import { define as news } from './news';

export { entered, listen } from './desk';

export function define(): void {
  news();
  panel();
}
