// The keyboard, in the whole call. Raising a hand and reactions have their keys where they live (`hands`).
import { entry } from '../inside/menu';
import { say } from '../inside/say';
import { open as openSettings } from '../settings/dialog';
import { settings } from '../settings/store';
import { help } from './help';
import { command, single, type Act } from './list';
import { isMac } from './platform';
import { camera, mic } from './switch';
import { isHeld, press, release } from './talk';
import { dialogOpen, isActive, isBusy } from './where';
import { word } from './words';

/** The first of these buttons that can be seen. */
function push(...ids: string[]): void {
  ids.map((id) => document.getElementById(id)).find((each) => each?.offsetParent)?.click();
}

/** What a key did is said: whoever pressed it may not see the bar. */
async function turn(which: typeof mic, on: string, off: string): Promise<void> {
  const wanted = !which.isOn;
  const is = await which.set(wanted);
  say(is === wanted ? (is ? on : off) : word('refused'));
}

async function full(): Promise<void> {
  const leave = !!document.fullscreenElement;
  const done = leave ? document.exitFullscreen() : document.documentElement.requestFullscreen?.();
  const worked = await Promise.resolve(done ?? Promise.reject()).then(() => true, () => false);
  say(!worked ? word('refused') : leave ? word('full_off') : word('full_on'));
}

const ACTS: Partial<Record<Act, () => void>> = {
  mic: () => void turn(mic, word('mic_on'), word('mic_off')),
  camera: () => void turn(camera, word('camera_on'), word('camera_off')),
  chat: () => push('chat', 'chat-narrow'),
  people: () => push('people', 'people-top'),
  full: () => void full(),
  settings: () => openSettings(),
  help,
  bar: () => document.querySelector<HTMLElement>('.bar__mid button:not(:disabled)')?.focus(),
};

function down(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || dialogOpen() || !document.querySelector('.bar')) return;
  const act = event.key === 'F2' && !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey ? 'bar' : command(event, isMac);
  if (act && ACTS[act]) {
    event.preventDefault();
    if (!event.repeat) ACTS[act]?.();
    return;
  }
  const alone = settings().single && !isBusy(event) ? single(event) : undefined;
  if (alone === 'help') {
    event.preventDefault();
    help();
  } else if (alone === 'talk') {
    const held = isHeld(event.code);
    if (event.code === 'Space' && !held && isActive(event)) return;
    if (held || (!event.repeat && press(event.code))) event.preventDefault();
  }
}

export function define(): void {
  entry({ id: 'open-keys', icon: 'keyboard', label: word('title'), act: help, order: 95, there: () => matchMedia('(hover: hover)').matches });
  window.addEventListener('keydown', down);
  window.addEventListener('keyup', ({ code }) => release(code));
  // The key may be let go where we do not hear of it.
  window.addEventListener('blur', () => release());
  document.addEventListener('visibilitychange', () => document.hidden && release());
  document.addEventListener('focusin', (event) => isBusy(event) && release());
}

export function listen(): void {
  // The keys belong to the page, not to a connection.
}

export function entered(): void {
  const shortcuts = { mic: 'D', camera: 'E', chat: 'Shift+M', 'chat-narrow': 'Shift+M', people: 'Shift+P', 'people-top': 'Shift+P' };
  for (const [id, key] of Object.entries(shortcuts)) {
    document.getElementById(id)?.setAttribute('aria-keyshortcuts', `${isMac ? 'Meta' : 'Control'}+${key}`);
  }
}
