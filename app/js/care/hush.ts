// Speaking while muted: a hint. What the microphone brings is looked at here, in this browser, through a copy of the track that is open
// anyway; nothing is opened for it, and the muted original, which is what others would hear, is not touched.
import { choices } from '../choices';
import { common, icon } from '../inside/desk';
import { button, label, made } from '../inside/element';
import { say } from '../inside/say';
import { mic } from '../keys/switch';
import { settings } from '../settings/store';
import { ownSound } from './tracks';
import { Unheard } from './unheard';
import { word } from './words';

const EVERY = 150;
const SHOWN = 8000;

const unheard = new Unheard();
let listening: { of: MediaStreamTrack; copy: MediaStreamTrack; context: AudioContext; samples: Float32Array<ArrayBuffer>; analyser: AnalyserNode } | undefined;
let hint: HTMLElement | undefined;
let timer: ReturnType<typeof setInterval> | undefined;

/** The muted microphone, if it is open and somebody wants the hint. */
function muted(): MediaStreamTrack | undefined {
  const track = ownSound();
  const media = track?.isMuted && settings().hush && !choices().low && document.querySelector('.call') ? track.mediaStreamTrack : undefined;
  return media?.readyState === 'live' ? media : undefined;
}

function attend(to: MediaStreamTrack | undefined): void {
  if (listening?.of === to) return;
  listening?.copy.stop();
  void listening?.context.close().catch(() => undefined);
  listening = undefined;
  unheard.reset();
  if (!to) return;
  const copy = to.clone();
  copy.enabled = true;
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 2048;
  context.createMediaStreamSource(new MediaStream([copy])).connect(analyser);
  listening = { of: to, copy, context, analyser, samples: new Float32Array(analyser.fftSize) };
}

function look(): void {
  attend(muted());
  if (!listening) {
    hint?.remove();
    // The call is over.
    if (!document.querySelector('.call')) {
      clearInterval(timer);
      timer = undefined;
    }
    return;
  }
  const { analyser, samples } = listening;
  analyser.getFloatTimeDomainData(samples);
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  if (unheard.look(loudest, Date.now())) tell();
}

function tell(): void {
  hint?.remove();
  const shown = made('div', 'pill pill--care');
  hint = shown;
  shown.id = 'unheard';
  shown.innerHTML = icon('mic_off');
  const unmute = button('button button--soft', '', () => {
    void mic.set(true);
    end();
  });
  unmute.textContent = word('unmute');
  const close = button('icon-button', icon('close'), () => end());
  label(close, common('close'));
  const end = () => {
    if (shown.contains(document.activeElement)) document.querySelector<HTMLElement>('.bar #mic')?.focus();
    shown.remove();
  };
  shown.append(made('span', '', word('unheard')), unmute, close);
  document.querySelector('.call__over')?.append(shown);
  // Not under the hand of whoever is about to press.
  const later = () => setTimeout(() => (shown.matches(':hover, :focus-within') ? later() : end()), SHOWN);
  later();
  say(word('unheard'));
}

export function entered(): void {
  timer ??= setInterval(look, EVERY);
}
