// What stands in the small window: tiles, and the three buttons one cannot do without.
import type { Participant, Track } from 'livekit-client';
import { everybody, icon, nameOf } from '../inside/desk';
import { made } from '../inside/element';
import { face } from '../inside/face';
import { isColor } from '../inside/text';
import { first, keyOf, seated, type Present, type Scene } from './seats';
import { word } from './words';

interface Seat {
  tile: HTMLElement;
  video: HTMLVideoElement;
  name: HTMLElement;
  track?: Track;
}

/** The buttons of the call that the small window presses. */
const BUTTONS = ['mic', 'camera', 'leave'];

export class Small {
  readonly root = made('div', 'small-call call');
  private readonly list = made('ul', 'small__tiles');
  private readonly bar = made('div', 'small__bar');
  private readonly seats = new Map<string, Seat>();
  private scenes: Scene[] = [];

  constructor() {
    this.list.setAttribute('aria-label', word('small'));
    this.root.append(this.list, this.bar);
    for (const id of BUTTONS) {
      const each = document.createElement('button');
      each.type = 'button';
      each.dataset.for = id;
      each.addEventListener('click', () => document.getElementById(id)?.click());
      this.bar.append(each);
    }
  }

  draw(): void {
    const all = everybody();
    this.scenes = seated(this.scenes, all.map((each) => present(each)));
    const keys = this.scenes.map(keyOf);
    for (const [key, seat] of this.seats) {
      if (keys.includes(key)) continue;
      this.empty(seat);
      this.seats.delete(key);
    }
    this.scenes.forEach((scene, at) => {
      const who = all.find(({ identity }) => identity === scene.identity);
      const seat = this.seats.get(keyOf(scene)) ?? this.seat(scene);
      if (who) fill(seat, scene, who);
      if (this.list.children[at] !== seat.tile) this.list.insertBefore(seat.tile, this.list.children[at] ?? null);
    });
    this.list.dataset.count = String(this.scenes.length);
    this.list.classList.toggle('has-screen', this.scenes[0]?.source === 'screen_share');
    for (const each of this.bar.querySelectorAll('button')) copy(document.getElementById(each.dataset.for ?? ''), each);
  }

  end(): void {
    this.seats.forEach((seat) => this.empty(seat));
    this.seats.clear();
  }

  private seat(scene: Scene): Seat {
    const video = Object.assign(document.createElement('video'), { autoplay: true, muted: true, playsInline: true });
    const name = made('div', 'tile__name');
    const seat: Seat = { tile: made('li', 'tile'), video, name };
    seat.tile.dataset.seat = keyOf(scene);
    this.seats.set(keyOf(scene), seat);
    return seat;
  }

  private empty(seat: Seat): void {
    seat.track?.detach(seat.video);
    seat.video.srcObject = null;
    seat.tile.remove();
  }
}

function present(who: Participant): Present {
  const tile = [...document.querySelectorAll<HTMLElement>('[data-tile]')].find(({ dataset }) => dataset.tile === who.identity);
  return {
    identity: who.identity,
    own: who.isLocal,
    screen: who.isScreenShareEnabled,
    large: !!tile?.closest('.focus') || !!tile?.querySelector('.is-kept'),
    speaking: who.isSpeaking,
  };
}

function fill(seat: Seat, { source }: Scene, who: Participant): void {
  const { tile, video, name } = seat;
  const track = trackOf(who, source);
  if (track !== seat.track) {
    seat.track?.detach(video);
    track?.attach(video);
    seat.track = track;
  }
  tile.classList.toggle('is-screen', source === 'screen_share');
  tile.classList.toggle('is-own', who.isLocal && source === 'camera');
  tile.classList.toggle('is-speaking', who.isSpeaking && source === 'camera');
  if (isColor(who.attributes.color ?? '')) tile.style.setProperty('--person', who.attributes.color ?? '');
  const text = made('span', '', source === 'camera' ? nameOf(who) : word('screen_of', { name: nameOf(who) }));
  text.dir = 'auto';
  name.replaceChildren(text);
  if (source === 'camera' && !who.isMicrophoneEnabled) {
    name.insertAdjacentHTML('afterbegin', icon('mic_off'));
    name.append(made('span', 'sr', word('muted')));
  }
  if (track) video.className = 'tile__video';
  tile.replaceChildren(made('div', 'tile__face', face(who.name || who.identity, who.attributes.color ?? '')), ...(track ? [video] : []), name);
}

/** The same button, in the small window. */
function copy(from: HTMLElement | null, to: HTMLButtonElement): void {
  if (!from) return;
  const drawing = from.querySelector('.icon')?.outerHTML ?? '';
  // Only what changed: a button that is drawn anew under a press hears nothing of it.
  if (to.innerHTML !== drawing) to.innerHTML = drawing;
  if (to.className !== from.className) to.className = from.className;
  to.disabled = (from as HTMLButtonElement).disabled;
  const text = from.getAttribute('aria-label') ?? '';
  to.setAttribute('aria-label', text);
  to.title = text;
}

function trackOf(who: Participant | undefined, source: Scene['source']): Track | undefined {
  const publication = who?.getTrackPublication(source as Track.Source);
  return publication?.isMuted ? undefined : publication?.track;
}

/** The one picture that a small window without a page of its own shows. */
export function main(before: Scene | undefined): { scene: Scene; track: Track } | undefined {
  const all = everybody();
  const seen = all.map((each) => present(each)).filter(({ identity, screen }) => screen || trackOf(all.find((each) => each.identity === identity), 'camera'));
  const scene = first(before, seen);
  const track = scene && trackOf(all.find(({ identity }) => identity === scene.identity), scene.source);
  return scene && track ? { scene, track } : undefined;
}
