// A locked meeting is a word that everybody sees.
import { icon } from '../inside/desk';
import { Watching, made } from '../inside/element';
import { rules } from './room';
import { word } from './words';

/** Beside the name of the room. */
class CallLock extends Watching {
  draw(): void {
    if (rules().locked === !!this.firstChild) return;
    if (!rules().locked) return this.replaceChildren();
    const sign = made('span', 'lock');
    sign.innerHTML = icon('lock');
    sign.append(word('locked'));
    sign.title = word('locked_title');
    this.replaceChildren(sign);
  }
}

export function define(): void {
  customElements.define('call-lock', CallLock);
}
