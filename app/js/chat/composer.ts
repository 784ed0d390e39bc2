// Where messages are written. Enter sends, Shift and Enter begin a new line. What could not be sent stays.
import { icon } from '../inside/desk';
import { button, label, made } from '../inside/element';
import { say } from '../inside/say';
import { short } from '../inside/text';
import { tell } from '../inside/tell';
import { draft, mayWrite, rules, send } from './desk';
import { emoji } from './emoji';
import { authorOf } from './line';
import { LONGEST, type Message } from './log';
import { word } from './words';

export class Composer {
  readonly element: HTMLElement;
  private readonly field: HTMLTextAreaElement;
  private readonly post: HTMLButtonElement;
  private readonly emoji: HTMLElement;
  private readonly above = made('div', 'say__reply');
  private busy = false;

  constructor() {
    this.field = Object.assign(made('textarea', 'input'), { id: 'say', rows: 1, maxLength: LONGEST, value: draft.text });
    this.field.dir = 'auto';
    this.field.setAttribute('aria-label', word('say'));
    this.post = button('button button--primary', icon('send'), () => void this.submit());
    this.post.id = 'send';
    label(this.post, word('send'));
    this.emoji = emoji((one) => this.insert(one));
    const row = made('div', 'say', this.emoji, this.field, this.post);
    this.element = made('div', 'aside__foot', this.above, row);
    this.field.addEventListener('input', () => (draft.text = this.field.value));
    this.field.addEventListener('keydown', (event) => this.key(event));
    this.draw();
    this.answer(draft.answers, false);
  }

  /** Answers this message, or none. */
  answer(message: Message | undefined, focus = true): void {
    draft.answers = message;
    this.above.replaceChildren();
    if (message) {
      const close = button('icon-button', icon('close'), () => this.answer(undefined));
      label(close, word('no_reply'));
      const text = made('span', '', made('b', '', word('replying', { name: authorOf(message) })), ` ${short(message.text, 80)}`);
      text.dir = 'auto';
      this.above.append(text, close);
    }
    if (focus) this.field.focus();
  }

  /** What the room lets us do may have changed. */
  draw(): void {
    const may = mayWrite();
    this.field.disabled = this.post.disabled = this.emoji.hidden = !may;
    this.field.placeholder = may ? word('say') : word(rules.on ? 'forbidden' : 'off_here');
  }

  private key(event: KeyboardEvent): void {
    if (event.key === 'Escape' && draft.answers) {
      event.stopPropagation();
      this.answer(undefined);
    }
    // While a word is being composed (Japanese, Korean, …), Enter ends the word, not the message.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void this.submit();
  }

  private insert(text: string): void {
    this.field.focus();
    this.field.setRangeText(text, this.field.selectionStart, this.field.selectionEnd, 'end');
    draft.text = this.field.value;
  }

  private async submit(): Promise<void> {
    const text = draft.text.trim();
    if (!text || this.busy || !mayWrite()) return;
    this.busy = true;
    const { answers } = draft;
    const sent = await send(text, answers);
    this.busy = false;
    if (sent) {
      // Only what was sent goes: somebody may have typed on meanwhile.
      draft.text = draft.text.trim() === text ? '' : draft.text;
      if (draft.answers === answers) this.answer(undefined, false);
    } else {
      say(word('unsent'));
      tell(word('unsent'));
    }
    this.field.value = draft.text;
    if (this.element.isConnected && document.activeElement === document.body) this.field.focus();
  }
}
