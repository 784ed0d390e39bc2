// Another name, in the middle of the call.
import { remember } from '../choices';
import { ask, common, current, icon } from '../inside/desk';
import { word } from './words';
import { button, label as named, made } from '../inside/element';
import { keep } from './name';
import { say } from '../inside/say';

const LONGEST = 50;

class CallRename extends HTMLElement {
  connectedCallback(): void {
    const open = button('icon-button', icon('edit'), () => this.open());
    open.id = 'rename';
    named(open, word('rename'));
    this.replaceChildren(open);
  }

  private open(): void {
    const name = current()?.localParticipant.name ?? '';
    const label = made('label', 'field__label', word('your_name'));
    const input = Object.assign(document.createElement('input'), { className: 'input', id: 'new-name', value: name, maxLength: LONGEST, required: true, autocomplete: 'name' });
    input.dir = 'auto';
    label.htmlFor = input.id;
    const wrong = made('p', 'field__error');
    wrong.id = 'new-name-error';
    wrong.setAttribute('role', 'alert');
    input.setAttribute('aria-describedby', wrong.id);
    const close = button('button', '', () => dialog.close());
    close.textContent = common('cancel');
    const save = made('button', 'button button--primary', common('save'));
    const title = made('h2', '', word('rename'));
    title.id = 'rename-title';
    const form = made('form', '', title, made('div', 'field', label, input, wrong), made('div', 'dialog__end', close, save));
    form.noValidate = true;
    const dialog = made('dialog', 'dialog', form);
    dialog.setAttribute('aria-labelledby', title.id);
    // Escape closes this alone, and no key below it hears what is typed.
    dialog.addEventListener('keydown', (event) => event.stopPropagation());
    dialog.addEventListener('close', () => {
      dialog.remove();
      this.querySelector('button')?.focus();
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.save(input.value.trim(), (trouble) => {
        input.setAttribute('aria-invalid', String(!!trouble));
        wrong.textContent = trouble;
        if (trouble) input.focus();
        else dialog.close();
      });
    });
    this.append(dialog);
    dialog.showModal();
    input.select();
  }

  private async save(name: string, done: (trouble: string) => void): Promise<void> {
    const trouble = await ask('rename', { name });
    done(trouble);
    if (trouble) return;
    remember({ name });
    keep(name);
    say(word('renamed', { name }));
  }
}

export function define(): void {
  customElements.define('call-rename', CallRename);
}
