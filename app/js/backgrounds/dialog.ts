// The dialog “Background”: what one may stand in front of, and how it looks.
import { tell } from '../inside/tell';
import { common, current, file, icon, watch } from '../inside/desk';
import { button, made } from '../inside/element';
import { present } from '../picture/layouts';
import { choose, chosen, stateNow } from './apply';
import { PICTURES, type Choice } from './choice';
import { forget, keep, own } from './store';
import { word } from './words';

const NAMES: Record<Choice, () => string> = {
  none: () => word('none'), light: () => word('light'), strong: () => word('strong'), own: () => word('own'),
  hills: () => word('hills'), shelf: () => word('shelf'), window: () => word('window'), sea: () => word('sea'), paper: () => word('paper'), evening: () => word('evening'),
};

export function open(): void {
  const title = made('h2', '', word('background'));
  title.id = 'background-title';
  const looks = made('fieldset', 'looks looks--background', made('legend', 'sr', word('background')));
  const said = made('p', 'quiet background__state');
  said.setAttribute('role', 'status');
  const view = Object.assign(document.createElement('video'), { autoplay: true, muted: true, playsInline: true });
  const mirror = made('div', 'background__view', view);
  mirror.setAttribute('aria-hidden', 'true');
  const done = button('button button--primary', '', () => dialog.close());
  done.textContent = common('close');
  const dialog = made('dialog', 'dialog dialog--background', title, mirror, said, looks, made('div', 'dialog__end', done));

  const one = (choice: Choice, picture?: string) => {
    const input = Object.assign(document.createElement('input'), { type: 'radio', name: 'background', value: choice, checked: chosen() === choice });
    input.addEventListener('change', () => void choose(choice));
    const face = made('span', `look__face look__face--${choice}`);
    if (picture) face.append(Object.assign(document.createElement('img'), { src: picture, alt: '', loading: 'lazy' }));
    if (!picture || choice === 'light' || choice === 'strong') face.insertAdjacentHTML('beforeend', choice === 'none' ? icon('none') : icon('person'));
    return made('label', 'look', input, made('span', 'look__picture', face), made('span', 'look__name', NAMES[choice]()));
  };
  const hills = file('background-hills.svg');
  looks.append(one('none'), one('light', hills), one('strong', hills), ...PICTURES.map((picture) => one(picture, file(`background-${picture}.svg`))), ownOne(one));

  const stop = watch(() => draw());
  const draw = () => {
    const state = stateNow();
    said.textContent = state === 'waiting' ? word('waiting') : state === 'loading' ? word('loading') : '';
    for (const input of looks.querySelectorAll('input[type=radio]')) (input as HTMLInputElement).checked = (input as HTMLInputElement).value === chosen();
    looks.setAttribute('aria-busy', String(state === 'loading'));
    const all = [...(current()?.localParticipant.videoTrackPublications.values() ?? [])];
    const camera = all.find(({ source, isMuted }) => source === 'camera' && !isMuted)?.track;
    mirror.hidden = !camera;
    if (camera && !camera.attachedElements.includes(view)) camera.attach(view);
  };
  draw();
  dialog.addEventListener('close', () => {
    stop();
    for (const { track } of current()?.localParticipant.videoTrackPublications.values() ?? []) track?.detach(view);
  });
  present(dialog, title.id);
  (looks.querySelector('input:checked') as HTMLElement | null)?.focus();
}

/** One's own: a picture once there is one, and the way to choose another. */
function ownOne(one: (choice: Choice, picture?: string) => HTMLElement): HTMLElement {
  const place = made('div', 'look--own');
  const input = Object.assign(document.createElement('input'), { type: 'file', accept: 'image/*', className: 'look__file', id: 'background-file' });
  const face = made('span', 'look__face look__face--add');
  face.innerHTML = icon('plus');
  const pick = made('label', 'look', input, made('span', 'look__picture', face), made('span', 'look__name', word('add')));
  const away = button('button button--quiet', '', () => {
    void forget().then(() => (chosen() === 'own' ? choose('none') : undefined)).then(draw).then(() => input.focus());
  });
  away.textContent = word('remove');
  let url = '';
  const draw = async () => {
    const kept = await own();
    if (url) URL.revokeObjectURL(url);
    url = kept ? URL.createObjectURL(kept) : '';
    place.replaceChildren(...(kept ? [one('own', url)] : []), pick, ...(kept ? [made('div', 'look__do', away)] : []));
  };
  input.addEventListener('change', () => {
    const [chosenFile] = input.files ?? [];
    if (!chosenFile) return;
    keep(chosenFile)
      .then(() => choose('own'))
      .then(draw)
      .then(() => place.querySelector<HTMLElement>('input[type=radio]')?.focus())
      .catch(() => tell(word('no_picture')))
      // The same file may be chosen again.
      .finally(() => (input.value = ''));
  });
  void draw();
  return place;
}
