// In a large meeting nobody wants to be heard coming in.
import { remember } from '../choices';
import { common, current, icon, watch } from '../inside/desk';
import { button, label, made } from '../inside/element';
import { say } from '../inside/say';
import { mic } from '../keys/switch';
import { rules } from '../settings/rules';
import { settings } from '../settings/store';
import { startsMuted } from './large';
import { ownSound } from './tracks';
import { word } from './words';

let first = true;

/** Only on coming in, not after a lost connection: who had unmuted stays so. */
export function entered(): void {
  const room = current();
  if (!first || !room) return;
  first = false;
  const others = room.remoteParticipants.size;
  if (!startsMuted(others, rules().mute, settings().autoMute)) return;
  void quiet(others);
}

async function quiet(others: number): Promise<void> {
  // Who comes without a microphone has nothing to be told.
  for (let tries = 0; tries < 20 && !mic.isOn; tries += 1) await new Promise((done) => setTimeout(done, 100));
  if (!mic.isOn) return;
  const on = await mic.set(false);
  // It was not the choice of whoever came in: the next meeting begins as this one would have.
  remember({ mic: true });
  if (on) return;
  const text = word('muted', { count: others });
  const shown = made('div', 'pill pill--care');
  shown.id = 'auto-muted';
  shown.innerHTML = icon('mic_off');
  const close = () => {
    stop();
    if (shown.contains(document.activeElement)) document.querySelector<HTMLElement>('.bar #mic')?.focus();
    shown.remove();
  };
  const unmute = button('button button--soft', '', () => {
    close();
    void mic.set(true);
  });
  unmute.textContent = word('unmute');
  const end = button('icon-button', icon('close'), close);
  label(end, common('close'));
  shown.append(made('span', '', text), unmute, end);
  const stop = watch(() => ownSound()?.isMuted === false && close());
  document.querySelector('.call__over')?.append(shown);
  say(text);
}
