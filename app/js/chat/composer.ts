// Where messages are written. Enter sends, Shift and Enter begin a new line. What could not be sent stays.
import { icon } from '../inside/desk';
import { button, label, made } from '../inside/element';
import { say } from '../inside/say';
import { short } from '../inside/text';
import { tell } from '../inside/tell';
import { mayWrite, rules, send } from './desk';
import { answer, draft, hold } from './draft';
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
  /** Why nothing can be written, where what is typed hides it. */
  private readonly why = made('p', 'say__why quiet small');
  private answering: Message | undefined;
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
    this.why.id = 'say-why';
    this.element = made('div', 'aside__foot', this.above, this.why, row);
    this.field.addEventListener('input', () => this.typed());
    this.field.addEventListener('keydown', (event) => this.key(event));
    this.draw();
    this.show(draft.answers);
  }

  /** Answers this message, or none. */
  answer(message: Message | undefined, focus = true): void {
    answer(message);
    this.show(message);
    if (focus) this.field.focus();
  }

  private typed(): void {
    draft.text = this.field.value;
    hold();
  }

  private show(message: Message | undefined): void {
    this.answering = message;
    this.above.replaceChildren();
    if (message) {
      const close = button('icon-button', icon('close'), () => this.answer(undefined));
      label(close, word('no_reply'));
      const text = made('span', '', made('b', '', word('replying', { name: authorOf(message) })), ` ${short(message.text, 80)}`);
      text.dir = 'auto';
      this.above.append(text, close);
    }
  }

  /** What the room lets us do may have changed. */
  draw(): void {
    const may = mayWrite();
    // What comes back after a reload.
    this.field.value ||= draft.text;
    if (this.answering !== draft.answers) this.show(draft.answers);
    // Not disabled: whoever is typing would lose the focus, and could not even copy what they have.
    this.field.readOnly = !may;
    for (const each of [this.field, this.post]) each.setAttribute('aria-disabled', String(!may));
    if (!may && this.emoji.contains(document.activeElement)) this.field.focus();
    this.emoji.hidden = !may;
    const why = word(rules.on ? 'forbidden' : 'off_here');
    this.field.placeholder = may ? word('say') : why;
    this.why.textContent = may || !this.field.value ? '' : why;
    if (may) this.field.removeAttribute('aria-describedby');
    else this.field.setAttribute('aria-describedby', this.why.id);
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
    this.typed();
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
      hold();
      if (draft.answers === answers) this.answer(undefined, false);
    } else {
      say(word('unsent'));
      tell(word('unsent'));
    }
    this.field.value = draft.text;
    if (this.element.isConnected && document.activeElement === document.body) this.field.focus();
  }
}
