// The messages and the field below them. Stays at the end, unless somebody has scrolled up to read.
import { icon, isRoomHost } from '../inside/desk';
import { button, made } from '../inside/element';
import { say } from '../inside/say';
import { tell } from '../inside/tell';
import { Composer } from './composer';
import { allow, earlier, log, rules, seen, since, unread, watch } from './desk';
import { authorOf, begins, line } from './line';
import { keyOf, type Message } from './log';
import { asText, download } from './save';
import { word } from './words';

/** How near the end counts as the end, in pixels. */
const NEAR = 32;

class CallChat extends HTMLElement {
  private composer = new Composer();
  private list = made('ol', '');
  private body = made('div', 'aside__body');
  private hint = made('p', 'quiet small');
  private tools = made('div', 'chat-tools');
  private latest = made('div', 'chat-latest');
  /** The first message that was new when the panel opened. */
  private firstNew: string | undefined;
  private below = 0;
  private stop: (() => void) | undefined;

  connectedCallback(): void {
    this.composer = new Composer();
    this.list = made('ol', '');
    this.body = made('div', 'aside__body', this.hint, this.tools, this.list);
    Object.assign(this.body, { tabIndex: 0, role: 'log', ariaLabel: word('messages') });
    this.body.addEventListener('scroll', () => this.atEnd() && this.read());
    this.firstNew = unread ? keyOf(log.all.at(-unread) ?? { from: '', id: '' }) : undefined;
    this.replaceChildren(this.body, this.latest, this.composer.element);
    this.stop = watch(({ message, last, many }) => (message ? this.add(message, last === true) : many ? this.refill() : this.draw()));
    this.fill();
    this.draw();
    // What it told of stands here now.
    document.querySelector('[data-part=chat-toast]')?.remove();
    const first = this.querySelector<HTMLElement>('.chat-new');
    if (first) first.scrollIntoView({ block: 'start' });
    else this.toEnd();
    this.read();
    document.addEventListener('visibilitychange', this.shown);
  }

  disconnectedCallback(): void {
    this.stop?.();
    document.removeEventListener('visibilitychange', this.shown);
  }

  private readonly shown = () => {
    if (!document.hidden && this.atEnd()) this.read();
  };

  private atEnd(): boolean {
    return this.body.scrollHeight - this.body.scrollTop - this.body.clientHeight < NEAR;
  }

  private toEnd(): void {
    this.body.scrollTop = this.body.scrollHeight;
  }

  /** Everything there is has been seen, as far as we can know. */
  private read(): void {
    if (document.hidden) return;
    this.below = 0;
    this.latest.replaceChildren();
    seen();
  }

  private fill(): void {
    // Whoever stands in the list with the keyboard stays there.
    const held = this.list.contains(document.activeElement) ? (document.activeElement as HTMLElement) : undefined;
    const before = held?.closest<HTMLElement>('[data-message]');
    const place = before && held ? [...before.querySelectorAll('a, button')].indexOf(held) : -1;
    this.list.replaceChildren();
    log.all.forEach((message, place) => this.addLine(message, log.all[place - 1]));
    if (!before) return;
    const same = [...this.list.querySelectorAll<HTMLElement>('[data-message]')].find(({ dataset }) => dataset.message === before.dataset.message);
    (same?.querySelectorAll<HTMLElement>('a, button')[place] ?? same)?.focus({ preventScroll: true });
  }

  private addLine(message: Message, before: Message | undefined): void {
    const divide = (text: string) => this.list.append(made('li', 'chat-new', text));
    const isNew = this.firstNew === keyOf(message);
    const came = before !== undefined && before.at < since && message.at >= since;
    if (isNew) divide(word('new'));
    else if (before === undefined && message.at < since) divide(word('before'));
    this.list.append(line(message, isNew || came || begins(message, before), (answered) => this.composer.answer(answered)));
  }

  private add(message: Message, last: boolean): void {
    const end = this.atEnd();
    if (last) this.addLine(message, log.all.at(-2));
    else this.fill();
    if (end || message.own) this.toEnd();
    else this.below += 1;
    if (end) this.read();
    this.draw();
  }

  /** What was kept has come: old messages, which nobody is read out. */
  private refill(): void {
    const end = this.atEnd();
    this.body.ariaBusy = 'true';
    this.fill();
    if (end) this.toEnd();
    if (end) this.read();
    this.draw();
    requestAnimationFrame(() => (this.body.ariaBusy = 'false'));
  }

  private draw(): void {
    this.hint.textContent = earlier === 'failed' ? word('load_failed') : word(rules.kept ? 'hint_kept' : 'hint');
    this.composer.draw();
    const save = button('button button--quiet', icon('download'), () => this.save());
    save.append(word('save'));
    const toggle = button('button button--quiet', '', () => void this.toggle());
    toggle.textContent = word(rules.on ? 'switch_off' : 'switch_on');
    toggle.id = 'chat-switch';
    const wanted = [...(log.all.length ? [save] : []), ...(isRoomHost() ? [toggle] : [])];
    const now = [...this.tools.children].map(({ textContent }) => textContent).join();
    // What has the focus stays the same element while it says the same.
    if (now !== wanted.map(({ textContent }) => textContent).join()) {
      const had = this.tools.contains(document.activeElement);
      this.tools.replaceChildren(...wanted);
      if (had) (wanted.at(-1) ?? this.body).focus();
    }
    if (this.atEnd()) return this.latest.replaceChildren();
    const text = this.below ? word('latest', { count: this.below }) : word('latest_none');
    if (this.latest.textContent === text) return;
    const jump = button('button button--soft', '', () => {
      this.toEnd();
      this.read();
      this.body.focus();
    });
    jump.textContent = text;
    this.latest.replaceChildren(jump);
  }

  private save(): void {
    const room = document.getElementById('room-name')?.textContent?.trim() ?? '';
    const file = `${location.pathname.split('/')[1]}-${word('file')}.txt`;
    download(file, asText(room, log.all, authorOf, (message) => log.answered(message)));
    say(word('saved', { file }));
  }

  private async toggle(): Promise<void> {
    const trouble = await allow(!rules.on);
    if (!trouble) return;
    say(trouble);
    tell(trouble);
  }
}

export function define(): void {
  customElements.define('call-chat', CallChat);
}
