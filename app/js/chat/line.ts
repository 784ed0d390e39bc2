// One message as it is shown.
import { common, everybody, icon, nameOf } from '../inside/desk';
import { button, label, made } from '../inside/element';
import { face } from '../inside/face';
import { short } from '../inside/text';
import { log } from './desk';
import { pieces } from './links';
import { keyOf, type Message } from './log';
import { word } from './words';

/** Messages of one person within this time (milliseconds) stand under one name. */
const TOGETHER = 60_000;

/** Whether a message gets a name and a face of its own. */
export const begins = (message: Message, before: Message | undefined): boolean =>
  before?.from !== message.from || message.at - before.at > TOGETHER || message.replyTo !== undefined;

/** A renamed sender keeps the messages; one who has left keeps the name they had. */
export function authorOf(message: Message): string {
  if (message.own) return common('you');
  const person = everybody().find(({ identity }) => identity === message.from);
  return person ? nameOf(person) : message.name || message.from.slice(0, 100);
}

/** The reader's own habits where they have some for this language: British and American clocks differ. */
const { lang } = document.documentElement;
const locale = navigator.languages.find((one) => one.split('-')[0] === lang) ?? lang;

export const timeOf = (message: Message): string => new Date(message.at).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });

export function line(message: Message, head: boolean, reply: (message: Message) => void): HTMLElement {
  const item = made('li', head ? 'msg' : 'msg is-more');
  item.dataset.message = keyOf(message);
  item.tabIndex = -1;
  if (head) {
    const [author, time] = [made('b', '', authorOf(message)), made('time', '', timeOf(message))];
    author.dir = 'auto';
    time.title = new Date(message.at).toLocaleString(locale);
    item.append(face(message.name, message.color), made('div', 'msg__by', author, time));
  }
  if (message.replyTo !== undefined) item.append(quote(message));
  const text = made('p', '', ...pieces(message.text).map(({ text, target }) => (target ? link(text, target) : text)));
  text.dir = 'auto';
  const answer = button('icon-button msg__reply', icon('reply'), () => reply(message));
  label(answer, word('reply', { name: authorOf(message) }));
  item.append(text, answer);
  return item;
}

function link(text: string, target: string): HTMLElement {
  const link = made('a', '', text);
  Object.assign(link, { href: target, target: '_blank', rel: 'noopener noreferrer nofollow' });
  return link;
}

/** The message that is answered; a press leads there. */
function quote(message: Message): HTMLElement {
  const answered = log.answered(message);
  if (!answered) return made('p', 'msg__quote', word('gone'));
  const shown = button('msg__quote', '', () => jump(answered));
  const text = made('span', '', made('b', '', authorOf(answered)), ` ${short(answered.text)}`);
  text.dir = 'auto';
  shown.append(text);
  shown.title = word('jump');
  return shown;
}

function jump(to: Message): void {
  const there = [...document.querySelectorAll<HTMLElement>('[data-message]')].find(({ dataset }) => dataset.message === keyOf(to));
  if (!there) return;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  there.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
  there.focus({ preventScroll: true });
}
