// One polite voice for screen readers. What is said in the same breath is said one after the other, and nothing twice in a row.
const PAUSE = 1200;

const waiting: string[] = [];
let speaking = false;

export function say(text: string): void {
  if (!text || waiting.at(-1) === text) return;
  waiting.push(text);
  if (!speaking) next();
}

function next(): void {
  const text = waiting.shift();
  speaking = text !== undefined;
  const voice = document.querySelector('[data-part=call-said]');
  if (!voice || text === undefined) return;
  voice.textContent = text;
  setTimeout(next, PAUSE);
}
