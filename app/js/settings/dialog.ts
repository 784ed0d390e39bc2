// The dialog: four parts as tabs, beside them on a desk, above them on a phone.
import { common, icon } from '../inside/desk';
import { button, label, made } from '../inside/element';
import { audio } from './audio';
import { keyboard } from './keyboard';
import { notifications } from './notifications';
import { video } from './video';
import { word } from './words';

/** What a tab shows, and what has to end with it. */
export type Part = { content: Node[]; end?: () => void };

const tabs = (): [string, string, string, () => Part][] => [
  ['audio', icon('mic'), word('audio'), audio],
  ['video', icon('camera'), word('video'), video],
  ['notifications', icon('bell'), word('notifications'), notifications],
  ['keyboard', icon('keyboard'), word('keyboard'), keyboard],
];

/** Which tab was looked at last. */
let last = 0;

export function open(which = last): void {
  const call = document.querySelector('.call');
  if (!call || document.querySelector('dialog[open]')) return;
  const title = made('h2', '', word('settings'));
  title.id = 'settings-title';
  const close = button('icon-button', icon('close'), () => dialog.close());
  label(close, common('close'));
  const list = made('div', 'settings__tabs');
  list.setAttribute('role', 'tablist');
  list.setAttribute('aria-labelledby', title.id);
  const panel = made('div', 'settings__panel');
  panel.id = 'settings-panel';
  panel.setAttribute('role', 'tabpanel');
  panel.tabIndex = 0;
  let end: Part['end'];
  const all = tabs().map(([id, drawing, name, part], at) => {
    const tab = button('settings__tab', drawing, () => show(at));
    tab.append(made('span', '', name));
    tab.id = `settings-${id}`;
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', panel.id);
    return { tab, part };
  });
  const show = (at: number) => {
    last = at;
    end?.();
    all.forEach(({ tab }, which) => {
      tab.setAttribute('aria-selected', String(which === at));
      tab.tabIndex = which === at ? 0 : -1;
    });
    const now = all[at];
    if (!now) return;
    const part = now.part();
    ({ end } = part);
    panel.setAttribute('aria-labelledby', now.tab.id);
    panel.replaceChildren(...part.content);
    panel.scrollTop = 0;
    now.tab.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  list.append(...all.map(({ tab }) => tab));
  const wide = matchMedia('(width >= 44rem)');
  const turn = () => list.setAttribute('aria-orientation', wide.matches ? 'vertical' : 'horizontal');
  turn();
  wide.addEventListener('change', turn);
  list.addEventListener('keydown', (event) => {
    const on = getComputedStyle(list).direction === 'rtl' ? -1 : 1;
    const to: Record<string, number> = { ArrowDown: last + 1, ArrowUp: last - 1, ArrowRight: last + on, ArrowLeft: last - on, Home: 0, End: all.length - 1 };
    const next = to[event.key];
    if (next === undefined) return;
    event.preventDefault();
    show((next + all.length) % all.length);
    all[last]?.tab.focus();
  });
  const dialog = made('dialog', 'dialog settings', made('header', 'settings__head', title, close), list, panel);
  dialog.id = 'settings';
  dialog.setAttribute('aria-labelledby', title.id);
  // Escape closes this alone, and no key below it hears what is typed.
  dialog.addEventListener('keydown', (event) => event.stopPropagation());
  // A press beside it closes it, as with everything that floats here.
  dialog.addEventListener('pointerdown', (event) => event.target === dialog && dialog.close());
  dialog.addEventListener('close', () => {
    wide.removeEventListener('change', turn);
    end?.();
    dialog.remove();
  });
  call.append(dialog);
  show(last = Math.min(which, all.length - 1));
  dialog.showModal();
  all[last]?.tab.focus();
}
