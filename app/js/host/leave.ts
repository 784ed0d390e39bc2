// Hosts who leave are asked whether the others go on.
import type { Participant } from 'livekit-client';
import { askAsHost, current, isHost, made, word } from './lent';
import { question } from './dialog';

/** Recorders and agents are nobody. */
const MACHINES = [2, 4];
const others = (): Participant[] => [...(current()?.remoteParticipants.values() ?? [])].filter(({ kind }) => !MACHINES.includes(kind));

const end = () => askAsHost('end', 'POST', {});

/** The bar's own button does it, so that everything ends as it always does. */
function leave(): string {
  document.getElementById('leave')?.click();
  return '';
}

function ask(): void {
  const hosts = others().some(({ attributes }) => /^(owner|administrator)$/.test(attributes.room_role ?? ''));
  const text = hosts ? word('leave_text') : word('leave_alone_text');
  const { dialog } = question('leave-how', word('leave_title'), [made('p', '', text)], [
    { name: word('end_now'), className: 'button button--danger', act: end },
    { name: word('leave'), className: 'button button--primary', act: leave },
  ]);
  dialog.querySelector<HTMLElement>('.button--primary')?.focus();
}

export function askToEnd(): void {
  question('end', word('end_title'), [made('p', '', word('end_text'))], [{ name: word('end_now'), className: 'button button--leave', act: end }]);
}

export function define(): void {
  document.addEventListener('click', (event) => {
    const pressed = event.target instanceof Element && event.target.closest('#leave');
    // A press by script is meant: ours above, and that of the small window, beside which nobody would see a question here.
    // Without a connection nothing can be ended, and one who goes alone ends nothing.
    if (!pressed || !event.isTrusted || !isHost() || !others().length || current()?.state !== 'connected') return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask();
  }, true);
}
