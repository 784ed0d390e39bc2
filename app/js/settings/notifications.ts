// What makes itself heard, and what the system may say while nobody looks.
import { made } from '../inside/element';
import { allow, blocked } from '../sounds/system';
import { play, type Sound } from '../sounds/tones';
import type { Part } from './dialog';
import { section, slider, toggle } from './fields';
import { rules } from './rules';
import { choose, settings } from './store';
import { word } from './words';

export function notifications(): Part {
  const now = settings();
  const sound = (kind: Sound, label: string, hint = '') => toggle(`settings-sound-${kind}`, label, hint, now[kind], (on) => {
    choose({ [kind]: on });
    if (on) play(kind);
  });
  const loud = slider('settings-volume', word('volume'), now.volume, (volume) => {
    choose({ volume });
    play('message');
  });
  const trouble = made('p', 'field__error');
  trouble.setAttribute('role', 'alert');
  const system = toggle('settings-notify', word('notify'), word('notify_hint'), now.notify && !blocked(), (on) => void ask(on));
  const box = system.querySelector('input');
  const ask = async (on: boolean) => {
    trouble.textContent = '';
    const allowed = on && (await allow());
    choose({ notify: allowed });
    if (box) box.checked = allowed;
    if (on && !allowed) trouble.textContent = word('notify_blocked');
  };
  const content: Node[] = [
    section(
      word('sounds'), loud,
      sound('join', word('sound_join'), word('sound_join_hint', { count: rules().sound })), sound('leave', word('sound_leave')),
      sound('hand', word('sound_hand')), sound('message', word('sound_message')), sound('own', word('sound_own'), word('sound_own_hint')),
    ),
    section(word('elsewhere'), system, trouble),
  ];
  if (rules().idle) content.push(section(word('alone'), toggle('settings-idle', word('idle'), word('idle_hint'), now.idle, (idle) => choose({ idle }))));
  return { content };
}
