// That something was written: the number on the button and in the tab's title, and a short message over the pictures.
import { common, icon } from '../inside/desk';
import { button, label, made } from '../inside/element';
import { say } from '../inside/say';
import { short } from '../inside/text';
import { unread, watch } from './desk';
import { authorOf } from './line';
import type { Message } from './log';
import { word } from './words';

const SHOWN = 6000;
const PREFIX = /\(\d+\) /;

/** In the buttons that open the chat. */
class ChatCount extends HTMLElement {
  private stop: (() => void) | undefined;

  connectedCallback(): void {
    this.stop = watch(() => this.draw());
    this.draw();
  }

  disconnectedCallback(): void {
    this.stop?.();
  }

  private draw(): void {
    this.replaceChildren(...(unread ? [made('span', 'ctl__n', unread > 99 ? '99+' : String(unread))] : []));
    const opener = this.closest('button');
    if (opener) label(opener, unread ? word('count', { count: unread }) : word('chat'));
  }
}

/** Before what is there, and behind the bell of the door (`bell.ts`). */
function title(): void {
  const plain = document.title.replace(PREFIX, '');
  const bell = /^🔔 \d+ · /u.exec(plain)?.[0] ?? '';
  const wanted = unread ? `${bell}(${unread}) ${plain.slice(bell.length)}` : plain;
  if (document.title !== wanted) document.title = wanted;
}

let shown: HTMLElement | undefined;

function toast(message: Message): void {
  const text = word('toast', { name: authorOf(message), text: short(message.text) });
  say(text, 'chat', word('count', { count: unread }));
  shown?.remove();
  const open = button('toast__open', '', () => {
    toast.remove();
    // The button of the bar or, on a phone, the one in its place.
    [...document.querySelectorAll<HTMLElement>('#chat, #chat-narrow')].find(({ offsetParent }) => offsetParent)?.click();
  });
  open.textContent = text;
  open.dir = 'auto';
  const close = button('icon-button', icon('close'), () => toast.remove());
  label(close, common('close'));
  const toast = made('div', 'toast', open, close);
  toast.dataset.part = 'chat-toast';
  document.querySelector('.call__toasts')?.append(toast);
  shown = toast;
  const fade = () => (toast.matches(':hover, :focus-within') ? setTimeout(fade, SHOWN) : toast.remove());
  setTimeout(fade, SHOWN);
}

export function define(): void {
  watch(({ message, live }) => {
    title();
    if (!message || message.own || !live) return;
    const open = document.querySelector('call-chat') !== null;
    // For sounds and the system's notifications (`app/js/settings`).
    window.dispatchEvent(new CustomEvent('visavis:message', { detail: { name: authorOf(message), text: message.text } }));
    if (!open) toast(message);
  });
  customElements.define('chat-count', ChatCount);
}
