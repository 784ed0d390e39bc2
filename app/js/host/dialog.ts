// The dialogs of hosts: they close with Escape, by a press beside them, and by the end of the call or of the role; the focus comes back.
import { common, isHost, made, button, watch } from './lent';

export interface Open {
  dialog: HTMLDialogElement;
  close: () => void;
}

/** Opens it over the call. `named` is the heading in it; `end` what has to end with it. */
export function open(id: string, className: string, named: HTMLElement, content: Node[], end?: () => void): Open {
  const dialog = made('dialog', `dialog ${className}`, ...content);
  dialog.id = id;
  named.id = `${id}-title`;
  dialog.setAttribute('aria-labelledby', named.id);
  const close = () => dialog.close();
  const stop = watch(() => isHost() || close());
  // Escape closes this alone, and no key below it hears what is typed.
  dialog.addEventListener('keydown', (event) => event.stopPropagation());
  dialog.addEventListener('pointerdown', (event) => event.target === dialog && close());
  dialog.addEventListener('close', () => {
    stop();
    end?.();
    dialog.remove();
  });
  document.querySelector('.call')?.append(dialog);
  dialog.showModal();
  return { dialog, close };
}

/** One thing to decide. */
export interface Choice {
  name: string;
  className: string;
  /** Answers '' and the dialog closes, or why it was not done. */
  act: () => Promise<string> | string;
}

/** A question: what will happen, and the buttons that say it; the last one is the usual one and has the focus. */
export function question(id: string, title: string, content: Node[], choices: Choice[]): Open {
  const heading = made('h2', '', title);
  const wrong = made('p', 'field__error');
  wrong.setAttribute('role', 'alert');
  const cancel = button('button', '', () => asked.close());
  cancel.textContent = common('cancel');
  const all = choices.map(({ name, className, act }) => {
    const each = button(className, '', () => void decide());
    each.textContent = name;
    const decide = async () => {
      if (each.getAttribute('aria-disabled') === 'true') return;
      wrong.textContent = '';
      all.forEach((one) => one.setAttribute('aria-disabled', 'true'));
      const trouble = await act();
      all.forEach((one) => one.removeAttribute('aria-disabled'));
      if (!trouble) return asked.close();
      wrong.textContent = trouble;
    };
    return each;
  });
  const asked = open(id, 'question', heading, [heading, ...content, wrong, made('div', 'dialog__end', cancel, ...all)]);
  return asked;
}

/** A checkbox with what it means. */
export function tick(id: string, name: string, hint: string): [HTMLElement, () => boolean] {
  const input = Object.assign(document.createElement('input'), { type: 'checkbox', id });
  const below = made('span', 'quiet', hint);
  below.id = `${id}-hint`;
  input.setAttribute('aria-describedby', below.id);
  return [made('label', 'tick', input, made('span', '', made('b', '', name), below)), () => input.checked];
}
