// The call in a small window above all others: a page of its own where browsers have such a thing, else one picture.
import type { Room } from 'livekit-client';
import { tell } from '../inside/tell';
import { changed, current, watch } from '../inside/desk';
import { button, made } from '../inside/element';
import { entry } from '../inside/menu';
import { say } from '../inside/say';
import { Small, main } from './small';
import { word } from './words';

declare global {
  interface Window {
    documentPictureInPicture?: { window: Window | null; requestWindow(size: { width: number; height: number }): Promise<Window> };
  }
}

/** Ends the small window that there is. */
let end: (() => void) | undefined;

export const isOpen = (): boolean => !!end;

async function open(): Promise<void> {
  try {
    if (window.documentPictureInPicture) await page(window.documentPictureInPicture);
    else await picture();
  } catch {
    close();
    say(word('small_failed'));
    tell(word('small_failed'));
  }
  changed();
}

export function close(): void {
  const last = end;
  end = undefined;
  last?.();
  changed();
}

/** What changes in the call is seen here; pictures come and go between two looks of the desk, so it is looked at now and then too. */
function follow(draw: () => void): () => void {
  const stop = watch(draw);
  const timer = setInterval(draw, 1000);
  const bar = new MutationObserver(draw);
  const at = document.querySelector('.bar__mid');
  if (at) bar.observe(at, { subtree: true, attributes: true, attributeFilter: ['class', 'aria-label', 'disabled'] });
  return () => {
    stop();
    clearInterval(timer);
    bar.disconnect();
  };
}

async function page(pip: NonNullable<Window['documentPictureInPicture']>): Promise<void> {
  const win = await pip.requestWindow({ width: 400, height: 320 });
  const { document: there } = win;
  const { lang, dir, dataset } = document.documentElement;
  Object.assign(there.documentElement, { lang, dir });
  Object.assign(there.documentElement.dataset, dataset);
  there.title = document.title;
  for (const sheet of document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')) {
    const copy = there.createElement('link');
    copy.rel = 'stylesheet';
    copy.href = sheet.href;
    there.head.append(copy);
  }
  const small = new Small();
  there.body.append(small.root);
  const stop = follow(() => small.draw());
  const back = note();
  // Closed by its own button, or because its page is over.
  win.addEventListener('pagehide', close);
  end = () => {
    win.removeEventListener('pagehide', close);
    stop();
    back();
    small.end();
    win.close();
  };
  small.draw();
}

/** One picture, of whoever matters most. The element is ours alone: tiles come and go. */
async function picture(): Promise<void> {
  const video = Object.assign(document.createElement('video'), { autoplay: true, muted: true, playsInline: true, className: 'small__source' });
  video.setAttribute('aria-hidden', 'true');
  let shown = main(undefined);
  const draw = () => {
    const now = main(shown?.scene);
    if (!now || now.track === shown?.track) return;
    shown?.track.detach(video);
    now.track.attach(video);
    shown = now;
  };
  (document.querySelector('.call__over') ?? document.body).append(video);
  let stop = () => {};
  end = () => {
    stop();
    shown?.track.detach(video);
    if (document.pictureInPictureElement === video) void document.exitPictureInPicture();
    video.remove();
  };
  if (!shown) throw new Error('nothing to show');
  shown.track.attach(video);
  if (video.readyState === 0) {
    await new Promise<void>((done, failed) => {
      video.addEventListener('loadedmetadata', () => done(), { once: true });
      setTimeout(() => failed(new Error('no picture')), 3000);
    });
  }
  await video.requestPictureInPicture();
  video.addEventListener('leavepictureinpicture', close);
  stop = follow(draw);
}

/** In the large window: where the call is, too. */
function note(): () => void {
  const back = button('button button--soft', '', close);
  back.textContent = word('small_return');
  const pill = made('div', 'pill small__note', made('span', '', word('small_note')), back);
  document.querySelector('.call__over')?.append(pill);
  return () => {
    if (pill.contains(document.activeElement)) document.getElementById('more')?.focus();
    pill.remove();
  };
}

/** Goes away with the call, and the small window with it. */
class SmallEnd extends HTMLElement {
  disconnectedCallback(): void {
    // Moved, not gone, is what it may be within one moment.
    queueMicrotask(() => this.isConnected || close());
  }
}

const possible = () => !!window.documentPictureInPicture || document.pictureInPictureEnabled === true;

export function listen(room: Room): void {
  const draw = () => current() === room && end && changed();
  for (const event of ['activeSpeakersChanged', 'trackSubscribed', 'trackUnsubscribed', 'trackMuted', 'trackUnmuted', 'localTrackPublished', 'localTrackUnpublished'] as const) room.on(event, draw);
}

export function entered(): void {
  const over = document.querySelector('.call__over');
  if (over && !over.querySelector('small-end')) over.append(document.createElement('small-end'));
}

export function define(): void {
  customElements.define('small-end', SmallEnd);
  if (!possible()) return;
  entry({
    id: 'small-window', icon: 'pip', order: 30,
    label: () => (end ? word('small_back') : word('small_open')),
    act: () => (end ? close() : void open()),
  });
}
