// Puts the chosen background behind oneself, now and whenever the camera is on. What does it comes only when something is chosen.
import type { LocalVideoTrack, Room } from 'livekit-client';
import type { Engine, Look } from '../backgrounds';
import { choices, remember } from '../choices';
import { tell } from '../inside/tell';
import { changed, current, file } from '../inside/desk';
import { say } from '../inside/say';
import { BLUR, isPicture, known, type Choice } from './choice';
import { Slowness } from './slow';
import { own } from './store';
import { word } from './words';

export type State = 'off' | 'waiting' | 'loading' | 'on';

let wanted: Choice = known(choices().background);
let state: State = 'off';
let engine: Promise<Engine> | undefined;
let ownUrl = '';
let queue = Promise.resolve();
const slowness = new Slowness();
let clock: ReturnType<typeof setInterval> | undefined;

export const chosen = (): Choice => wanted;
export const stateNow = (): State => state;

export function choose(choice: Choice): Promise<void> {
  wanted = choice;
  remember({ background: choice === 'none' ? '' : choice });
  return sync();
}

function camera(): LocalVideoTrack | undefined {
  const all = [...(current()?.localParticipant.videoTrackPublications.values() ?? [])];
  const publication = all.find(({ source }) => source === 'camera');
  return publication?.isMuted ? undefined : (publication?.track as LocalVideoTrack | undefined);
}

function set(now: State): void {
  state = now;
  changed();
}

/** One change after the other: what is asked for while one is under way is looked at when it is done. */
function sync(): Promise<void> {
  queue = queue.then(once).catch(() => giveUp(word('failed')));
  return queue;
}

/** Nobody is shown with what is really behind them because a machine cannot do better: the camera goes off, and its owner decides. */
async function giveUp(why: string): Promise<void> {
  wanted = 'none';
  remember({ background: '' });
  await camera()?.mute().catch(() => undefined);
  watch(false);
  set('off');
  trouble(why);
}

async function once(): Promise<void> {
  const track = camera();
  watch(wanted !== 'none');
  if (wanted === 'none') {
    if (track?.getProcessor()) await track.stopProcessor();
    // The call kept it back for a background that is none of ours any more.
    if (track) track.mediaStreamTrack.enabled = true;
    return set('off');
  }
  if (!track) return set('waiting');
  const running = track.getProcessor();
  if (!running) set('loading');
  const media = track.mediaStreamTrack;
  // Until it is there, nobody sees what is not to be seen.
  if (!running) media.enabled = false;
  const ready = await load();
  const look = await lookOf(wanted);
  if (running) await ready.change(running, look);
  else await track.setProcessor(ready.make(look));
  media.enabled = true;
  set('on');
}

function load(): Promise<Engine> {
  engine ??= (async () => {
    const { create } = (await import(file('backgrounds.js'))) as { create(files: Record<string, string>, frame: () => void): Engine };
    const files = { loader: file('vision.js'), binary: file('vision.wasm'), model: file('segmenter.tflite') };
    return create(files, () => slowness.frame());
  })();
  engine.catch(() => (engine = undefined));
  return engine;
}

async function lookOf(choice: Choice): Promise<Look> {
  if (choice === 'light' || choice === 'strong') return { blur: BLUR[choice] };
  if (isPicture(choice)) return { picture: file(`background-${choice}.svg`) };
  const kept = await own();
  if (!kept) throw new Error('no picture of one’s own');
  // The old one is still drawn until the new one is there.
  const before = ownUrl;
  ownUrl = URL.createObjectURL(kept);
  if (before) setTimeout(() => URL.revokeObjectURL(before), 5000);
  return { picture: ownUrl };
}

/** Looks every second whether the machine keeps up. */
function watch(on: boolean): void {
  if (!on || clock !== undefined) {
    if (!on) clearInterval(clock);
    if (!on) clock = undefined;
    return;
  }
  clock = setInterval(() => {
    if (!slowness.second(state === 'on' && !!camera() && document.visibilityState === 'visible')) return;
    queue = queue.then(() => giveUp(word('slow')));
  }, 1000);
}

function trouble(text: string): void {
  say(text);
  tell(text);
}

export function listen(room: Room): void {
  const mine = ({ source }: { source: string }) => current() === room && source === 'camera' && void sync();
  room.on('localTrackPublished', mine);
  room.on('trackUnmuted', (publication, who) => who === room.localParticipant && mine(publication));
  room.on('trackMuted', (publication, who) => who === room.localParticipant && mine(publication));
  room.on('disconnected', () => watch(false));
}

/** What was chosen last time holds in this call too. */
export function entered(): void {
  void sync();
}
