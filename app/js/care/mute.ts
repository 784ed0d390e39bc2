// In a large meeting nobody wants to be heard coming in: the call muted them before anything was sent (`call.ts`); here it is told.
import type { Room } from 'livekit-client';
import { common, current, icon, watch } from '../inside/desk';
import { button, label, made } from '../inside/element';
import { say } from '../inside/say';
import { mic } from '../keys/switch';
import { ownSound } from './tracks';
import { word } from './words';

export function entered(): void {
  const { startedMuted: there } = (current() ?? {}) as Room & { startedMuted?: number };
  if (there) void tell(there);
}

async function tell(there: number): Promise<void> {
  // Who comes without a microphone has nothing to be told.
  for (let tries = 0; tries < 50 && !ownSound(); tries += 1) await new Promise((done) => setTimeout(done, 100));
  if (!ownSound()?.isMuted) return;
  const text = word('muted', { count: there });
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
