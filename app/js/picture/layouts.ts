// The dialog “Layout”: what one sees, for oneself alone. Everything holds at once.
import { common } from '../inside/desk';
import { button, made } from '../inside/element';
import { drawing } from './drawings';
import { COUNTS, type Layout } from './flags';
import { choose, seen } from './view';
import { word } from './words';

function radios<T extends string | number>(name: string, title: string, all: [T, string, string][], now: T, pick: (value: T) => void): HTMLElement {
  const group = made('fieldset', `looks looks--${name}`, made('legend', '', title));
  for (const [value, text, drawn] of all) {
    const input = Object.assign(document.createElement('input'), { type: 'radio', name, value: String(value), checked: value === now });
    input.addEventListener('change', () => pick(value));
    const face = made('span', 'look__face');
    face.innerHTML = drawn;
    face.append(made('span', '', text));
    group.append(made('label', 'look', input, face));
  }
  return group;
}

function tick(text: string, checked: boolean, turn: (on: boolean) => void): HTMLElement {
  const input = Object.assign(document.createElement('input'), { type: 'checkbox', checked });
  input.addEventListener('change', () => turn(input.checked));
  return made('label', 'tick', input, made('span', '', text));
}

export function open(): void {
  const now = seen();
  const title = made('h2', '', word('layout'));
  title.id = 'layout-title';
  const names: [Layout, string, string][] = [
    ['tiles', word('layout_tiles'), drawing('tiles')],
    ['side', word('layout_side'), drawing('side')],
    ['alone', word('layout_alone'), drawing('alone')],
  ];
  const counts = COUNTS.map((count): [number, string, string] => [count, String(count), '']);
  const done = button('button button--primary', '', () => dialog.close());
  done.textContent = common('close');
  const dialog = made(
    'dialog', 'dialog dialog--layout', title,
    radios('layout', word('layout_which'), names, now.layout, (layout) => choose({ layout })),
    radios('most', word('most'), counts, now.most, (most) => choose({ most })),
    made(
      'div', 'ticks',
      tick(word('hide_own'), now.hideOwn, (hideOwn) => choose({ hideOwn })),
      tick(word('hide_faceless'), now.hideFaceless, (hideFaceless) => choose({ hideFaceless })),
    ),
    made('div', 'dialog__end', done),
  );
  present(dialog, title.id);
}

/** A dialog of its own: Escape closes it alone, no key below hears what is pressed, and the focus goes back. */
export function present(dialog: HTMLDialogElement, labelledBy: string): void {
  dialog.setAttribute('aria-labelledby', labelledBy);
  dialog.addEventListener('keydown', (event) => event.stopPropagation());
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  dialog.addEventListener('close', () => {
    dialog.remove();
    document.getElementById('more')?.focus();
  });
  (document.querySelector('.call') ?? document.body).append(dialog);
  dialog.showModal();
}
