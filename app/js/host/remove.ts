// “Remove X?”: what happens is said first.
import type { Participant } from 'livekit-client';
import { askAsHost, current, isRoomHost, made, nameOf, ofRoom, rules, say, word } from './lent';
import { question, tick } from './dialog';

export function remove(who: Participant): void {
  const name = nameOf(who);
  const guest = who.attributes.is_authenticated !== 'true';
  const [block, blocked] = tick('remove-block', word('block'), word('block_hint'));
  const [lock, locked] = tick('remove-lock', word('everybody_asks'), word('everybody_asks_hint'));
  // Whoever runs the room may come back; to keep them out one takes the role first.
  const runs = ofRoom(who);
  const about = made('p', '', runs ? word('remove_host', { name }) : word('remove_text'));
  const note = guest ? [made('p', 'notice notice--amber', word('remove_guest', { name }))] : [];
  // Later meetings are not a co-host's to decide on; and where everybody asks already there is nothing to choose.
  const choices = [...(isRoomHost() ? [block] : []), ...(rules().locked ? [] : [lock])];
  const ticks = runs || !choices.length ? [] : [made('div', 'ticks', ...choices)];
  question('remove', word('remove_title', { name }), [about, ...note, ...ticks], [
    {
      name: word('remove_now'), className: 'button button--leave',
      act: async () => {
        const body = { participant_identity: who.identity, block: blocked(), everybody_asks: locked() };
        const trouble = await askAsHost('remove-participant', 'POST', body);
        if (trouble) return trouble;
        say(word('removed', { name }));
        gone(who.identity);
        return '';
      },
    },
  ]);
}

/** The line with the button that opened this is about to go: whoever uses a keyboard goes on in the list. */
function gone(identity: string): void {
  const room = current();
  const look = () => {
    const lost = !document.activeElement || document.activeElement === document.body;
    if (lost) document.getElementById('panel-close')?.focus();
  };
  const left = (other: Participant) => {
    if (other.identity !== identity) return;
    room?.off('participantDisconnected', left);
    setTimeout(look, 100);
  };
  room?.on('participantDisconnected', left);
}
