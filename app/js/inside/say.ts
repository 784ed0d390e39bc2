// One polite voice for screen readers. What is said in the same breath is said one after the other.
import { enqueue, type Sentence } from './queue';

const PAUSE = 1200;

const waiting: Sentence[] = [];
let speaking = false;

/** `group`, `more`: see `enqueue`. */
export function say(text: string, group?: string, more?: string): void {
  enqueue(waiting, text, group, more);
  if (!speaking) next();
}

function next(): void {
  const voice = document.querySelector('[data-part=call-said]');
  // Nobody is in the call: what is said there is for nobody.
  if (!voice) waiting.length = 0;
  const sentence = waiting.shift();
  speaking = !!sentence;
  if (!voice || !sentence) return;
  voice.textContent = sentence.text;
  setTimeout(next, PAUSE);
}
