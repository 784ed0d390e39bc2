// What is typed and not sent yet. It outlives the panel, and in this tab a reload: for whoever typed it alone.
import { current } from '../inside/desk';
import { keyOf, type Message } from './log';

const KEY = `visavis.draft ${location.pathname}`;

export const draft: { text: string; answers: Message | undefined } = { text: '', answers: undefined };
/** The message it answered before the reload, until that is there again. */
let awaited: string | undefined;

const who = () => current()?.localParticipant.identity ?? '';

/** It answers this message, or none. */
export function answer(message: Message | undefined): void {
  draft.answers = message;
  awaited = undefined;
  hold();
}

export function hold(): void {
  const answers = draft.answers ? keyOf(draft.answers) : (awaited ?? '');
  try {
    if (draft.text || answers) sessionStorage.setItem(KEY, JSON.stringify([who(), draft.text, answers]));
    else sessionStorage.removeItem(KEY);
  } catch {
    // Storage that is full or forbidden only means that nothing is remembered.
  }
}

/** On coming in. */
export function restore(): void {
  try {
    const [from, text, answers] = JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as unknown[];
    if (from !== who() || draft.text || typeof text !== 'string') return;
    draft.text = text;
    awaited = typeof answers === 'string' && answers ? answers : undefined;
  } catch {
    // Not ours.
  }
}

/** More messages are there. */
export function look(all: readonly Message[]): void {
  const found = awaited === undefined ? undefined : all.find((one) => keyOf(one) === awaited);
  if (!found) return;
  draft.answers ??= found;
  awaited = undefined;
}
