// The sounds of a call; made here, so no file travels. Each is a few soft notes, and each can be told from the others.
import { choices } from '../choices';
import { settings } from '../settings/store';

export type Sound = 'join' | 'leave' | 'hand' | 'message' | 'own';

/** Pitch (hertz), beginning and length (seconds). */
type Note = [number, number, number];
const TUNES: Record<Sound, Note[]> = {
  join: [[523.25, 0, 0.3], [783.99, 0.12, 0.45]],
  leave: [[659.25, 0, 0.3], [440, 0.12, 0.45]],
  hand: [[587.33, 0, 0.2], [587.33, 0.16, 0.2], [880, 0.32, 0.45]],
  message: [[987.77, 0, 0.25], [1174.66, 0.07, 0.3]],
  own: [[392, 0, 0.3], [392, 0.2, 0.45]],
};
/** As loud as the loudest gets: a sound accompanies, it does not interrupt. */
const LOUDEST = 0.3;

/** Plays it, whatever is switched off: the caller asks first. Through the chosen speaker where the browser allows that. */
export function play(sound: Sound): void {
  const loud = (settings().volume / 100) ** 2 * LOUDEST;
  if (loud === 0) return;
  try {
    const context = new AudioContext() as AudioContext & { setSinkId?: (id: string) => Promise<void> };
    const { speakerId } = choices();
    // A speaker that is gone: the one of the system.
    const ready = speakerId && context.setSinkId ? context.setSinkId(speakerId).catch(() => undefined) : Promise.resolve();
    void ready.then(() => TUNES[sound].forEach((note) => ring(context, note, loud)));
    setTimeout(() => void context.close().catch(() => undefined), 2500);
    // For whoever wants to know what sounds: our tests do.
    window.dispatchEvent(new CustomEvent('visavis:sound', { detail: sound }));
  } catch {
    // No sound here; what is on the screen still tells.
  }
}

function ring(context: AudioContext, [pitch, at, long]: Note, loud: number): void {
  const start = context.currentTime + 0.03 + at;
  const [tone, volume] = [context.createOscillator(), context.createGain()];
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(loud, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0005, start + long);
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(start + long + 0.05);
}
