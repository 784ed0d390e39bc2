// Microphone and speaker: which, how its sound is cleaned, and how loud it is.
import { choices, remember } from '../choices';
import { Meter } from '../meter';
import { playTone } from '../tone';
import { current, watch } from '../inside/desk';
import { button, made } from '../inside/element';
import { rehear } from '../care/microphone';
import { devices } from './devices';
import type { Part } from './dialog';
import { section, toggle } from './fields';
import { rules } from './rules';
import { choose, settings } from './store';
import { word } from './words';

const BARS = 32;

export function audio(): Part {
  const { noise, echo } = choices();
  const mic = devices('audioinput', 'settings-mic', word('microphone'));
  const speaker = devices('audiooutput', 'settings-speaker', word('speaker'));
  const test = button('button', '', () => void playTone(choices().speakerId).catch(() => undefined));
  test.textContent = word('test');
  test.id = 'settings-test';
  const [level, end] = meter();
  const clean = (change: { noise?: boolean; echo?: boolean }) => {
    remember(change);
    void rehear();
  };
  const large = toggle('settings-auto-mute', word('auto_mute'), word('auto_mute_hint', { count: rules().mute }), settings().autoMute, (autoMute) => choose({ autoMute }));
  return {
    content: [
      section(
        word('microphone'), mic.field, level,
        toggle('settings-noise', word('noise'), word('noise_hint'), noise, (now) => clean({ noise: now })),
        toggle('settings-echo', word('echo'), word('echo_hint'), echo, (now) => clean({ echo: now })),
        large,
        toggle('settings-hush', word('hush'), word('hush_hint'), settings().hush, (hush) => choose({ hush })),
      ),
      section(word('speaker'), speaker.field, made('p', '', test)),
    ],
    end: () => {
      mic.end();
      speaker.end();
      end();
    },
  };
}

/** The level of the microphone as others hear it: what is muted shows nothing. Opens no microphone. */
function meter(): [HTMLElement, () => void] {
  const bars = made('div', 'meter', ...Array.from({ length: BARS }, () => document.createElement('i')));
  bars.setAttribute('aria-hidden', 'true');
  const told = made('p', 'small quiet');
  const level = new Meter(() => undefined);
  level.paintOn(bars);
  let heard: MediaStreamTrack | undefined;
  const draw = () => {
    // The call has ended under the dialog.
    if (timer && !bars.isConnected) return end();
    const track = current()?.localParticipant.getTrackPublication('microphone' as never)?.track;
    const now = track && !track.isMuted ? track.mediaStreamTrack : undefined;
    told.textContent = now ? word('level') : word('level_off');
    if (now === heard) return;
    heard = now;
    if (now) level.listen(now);
    else level.stop();
  };
  const stop = watch(draw);
  let timer: ReturnType<typeof setInterval> | undefined;
  const end = () => {
    clearInterval(timer);
    stop();
    level.stop();
  };
  draw();
  // A restarted track is another one, and nothing tells of it.
  timer = setInterval(draw, 500);
  return [made('div', 'settings__level', bars, told), end];
}
