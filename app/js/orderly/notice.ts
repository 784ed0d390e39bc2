// A notice that stays until it is answered or over, with what one can do about it.
import { common, icon } from '../inside/desk';
import { button, label, made } from '../inside/element';
import { say } from '../inside/say';

/** Says it once and shows it over the pictures; the answer takes it away. One of the same id takes the place of the other. */
export function notice(id: string, drawing: string, text: string, acts: [string, () => void][]): () => void {
  document.getElementById(id)?.remove();
  const shown = made('div', 'pill pill--care');
  shown.id = id;
  shown.innerHTML = icon(drawing);
  shown.setAttribute('role', 'group');
  const sentence = made('span', '', text);
  sentence.id = `${id}-text`;
  shown.setAttribute('aria-labelledby', sentence.id);
  const end = () => {
    if (shown.contains(document.activeElement)) document.querySelector<HTMLElement>('.bar #mic:not(:disabled), #more')?.focus();
    shown.remove();
  };
  const buttons = acts.map(([name, act], at) => {
    const each = button(at ? 'button button--quiet' : 'button button--soft', '', () => {
      end();
      act();
    });
    each.textContent = name;
    return each;
  });
  const close = button('icon-button', icon('close'), end);
  label(close, common('close'));
  // Of two answers one is no; otherwise it can be put away.
  shown.append(sentence, ...buttons, ...(acts.length > 1 ? [] : [close]));
  document.querySelector('.call__over')?.append(shown);
  say(text);
  return end;
}
