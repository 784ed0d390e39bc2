// The own shared screen: what it is to be good for, and a word of warning when it may show itself.
import type { LocalTrackPublication, LocalVideoTrack, Room } from 'livekit-client';
import { current } from '../inside/desk';
import { button, made } from '../inside/element';
import { say } from '../inside/say';
import { word } from './words';

type Aim = 'text' | 'video';

const FPS: Record<Aim, number> = { text: 15, video: 30 };

const screen = (): LocalVideoTrack | undefined =>
  [...(current()?.localParticipant.videoTrackPublications.values() ?? [])].find(({ source }) => source === 'screen_share')?.track as LocalVideoTrack | undefined;

/** Sharp letters, or smooth movement: the browser gives up the other one first. */
async function optimise(track: LocalVideoTrack, aim: Aim): Promise<void> {
  const media = track.mediaStreamTrack;
  media.contentHint = aim === 'text' ? 'detail' : 'motion';
  await media.applyConstraints({ ...media.getConstraints(), frameRate: FPS[aim] });
  const parameters = track.sender?.getParameters();
  if (!track.sender || !parameters) return;
  for (const encoding of parameters.encodings) encoding.maxFramerate = FPS[aim];
  parameters.degradationPreference = aim === 'text' ? 'maintain-resolution' : 'maintain-framerate';
  await track.sender.setParameters(parameters);
}

/** In the notice that one shares. */
class ShareHint extends HTMLElement {
  connectedCallback(): void {
    const text = made('span', '', word('hint'));
    text.id = 'hint-title';
    const all = (['text', 'video'] as const).map((aim) => {
      const each = button('', '', () => {
        press(aim);
        const track = screen();
        // A browser that cannot change it goes on as it was, which is no worse than before.
        if (track) optimise(track, aim).catch(() => undefined);
      });
      each.textContent = aim === 'text' ? word('hint_text') : word('hint_video');
      each.dataset.aim = aim;
      return each;
    });
    const press = (aim: Aim) => all.forEach((each) => each.setAttribute('aria-pressed', String(each.dataset.aim === aim)));
    press(screen()?.mediaStreamTrack.contentHint === 'motion' ? 'video' : 'text');
    const group = made('span', 'seg', ...all);
    group.setAttribute('role', 'group');
    group.setAttribute('aria-labelledby', text.id);
    this.replaceChildren(text, group);
  }
}

/** A whole monitor shows this window too, and what everybody sees in it again and again. */
function warn(room: Room, track: LocalVideoTrack): void {
  const over = document.querySelector('.call__over');
  if (!over || track.mediaStreamTrack.getSettings().displaySurface !== 'monitor') return;
  const title = made('b', '', word('mirror_title'));
  title.id = 'mirror-title';
  const text = made('span', '', word('mirror_text'));
  const ended = ({ source }: LocalTrackPublication) => source === 'screen_share' && close();
  const close = () => {
    room.off('localTrackUnpublished', ended);
    if (card.contains(document.activeElement)) document.querySelector<HTMLElement>('#share, #more')?.focus();
    card.remove();
  };
  const stop = button('button', '', () => {
    close();
    document.getElementById('share')?.click();
  });
  stop.textContent = word('mirror_stop');
  const go = button('button button--soft', '', close);
  go.textContent = word('mirror_go');
  const card = made('div', 'knock mirror', made('div', 'knock__who', title, text), made('div', 'knock__do', stop, go));
  card.setAttribute('role', 'group');
  card.setAttribute('aria-labelledby', title.id);
  card.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    close();
  });
  room.on('localTrackUnpublished', ended);
  over.append(card);
  say(`${word('mirror_title')}. ${word('mirror_text')}`);
}

const warned = new WeakSet<object>();

export function listen(room: Room): void {
  room.on('localTrackPublished', ({ source, track }: LocalTrackPublication) => {
    // A share that survives a lost connection is published anew, and is the same share.
    if (source !== 'screen_share' || !track || warned.has(track)) return;
    warned.add(track);
    warn(room, track as LocalVideoTrack);
  });
}

export function define(): void {
  customElements.define('share-hint', ShareHint);
}
