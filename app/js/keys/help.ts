// The list of keys: a dialog of its own, and a part of the settings.
import { common, icon } from '../inside/desk';
import { button, label, made } from '../inside/element';
import { settings } from '../settings/store';
import { TABLE, isSingle, type Act } from './list';
import { isMac } from './platform';
import { word } from './words';

const names = (): Record<Act, string> => ({
  mic: word('mic'), camera: word('camera'), talk: word('talk'), hand: word('hand'), react: word('react'), chat: word('chat'),
  people: word('people'), full: word('full'), bar: word('bar'), settings: word('settings'), help: word('help'),
});

function keyName(key: string): string {
  const known: Record<string, string> = { mod: isMac ? '⌘' : word('key_ctrl'), shift: isMac ? '⇧' : word('key_shift'), space: word('key_space') };
  return known[key] ?? key;
}

/** A shortcut: its keys, joined by what stands between them. */
function keys(way: string[]): HTMLElement {
  const caps = way.flatMap((key, at) => [...(at ? [made('span', 'sr', ' + ')] : []), made('kbd', '', keyName(key))]);
  return made('span', isSingle(way) ? 'keys is-single' : 'keys', ...caps);
}

export function table(): HTMLElement {
  const named = names();
  const rows = TABLE.map(([act, ways]) => {
    const all = ways.flatMap((way, at) => [...(at ? [made('span', 'keys__or', word('or'))] : []), keys(way)]);
    const what = made('th', '', named[act]);
    what.scope = 'row';
    return made('tr', '', what, made('td', '', made('span', 'keys__ways', ...all)));
  });
  const shown = made('table', 'keys__table', made('tbody', '', ...rows));
  shown.setAttribute('aria-label', word('title'));
  shown.classList.toggle('is-without-single', !settings().single);
  return shown;
}

export function help(): void {
  const title = made('h2', '', word('title'));
  title.id = 'keys-title';
  const close = button('icon-button', icon('close'), () => dialog.close());
  label(close, common('close'));
  const body = made('div', 'settings__panel', table());
  body.tabIndex = 0;
  body.setAttribute('role', 'group');
  body.setAttribute('aria-labelledby', title.id);
  const dialog = made('dialog', 'dialog settings settings--keys', made('header', 'settings__head', title, close), body);
  dialog.id = 'keys';
  dialog.setAttribute('aria-labelledby', title.id);
  dialog.addEventListener('keydown', (event) => {
    event.stopPropagation();
    // The key that opened it closes it.
    if (event.key === '?') dialog.close();
  });
  dialog.addEventListener('pointerdown', (event) => event.target === dialog && dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  document.querySelector('.call')?.append(dialog);
  dialog.showModal();
}
