// Alone for long: a question, and without an answer the call ends for whoever is not there any more.
import { current } from '../inside/desk';
import { button, made } from '../inside/element';
import { rules } from '../settings/rules';
import { settings } from '../settings/store';
import { notify } from '../sounds/system';
import { play } from '../sounds/tones';
import { Alone, COUNTDOWN, due } from './alone';
import { word } from './words';

let alone: Alone | undefined;

export function entered(): void {
  const { idle } = rules();
  if (alone || idle <= 0) return;
  alone = new Alone(idle);
  const timer = setInterval(() => {
    if (document.querySelector('.call')) return look();
    // The call is over.
    clearInterval(timer);
    alone = undefined;
  }, 1000);
}

let question: Question | undefined;

function look(): void {
  const room = current();
  // While the connection is gone nobody knows who is there.
  if (!alone || room?.state !== 'connected') return;
  const others = settings().idle ? room.remoteParticipants.size : 1;
  const left = alone.left(others, Date.now());
  if (left === undefined) {
    question?.close();
    return;
  }
  question ??= new Question();
  question.show(left);
  if (left === 0) {
    question.close();
    document.getElementById('leave')?.click();
  }
}

class Question {
  private readonly count = made('p', 'idle__count num');
  private readonly voice = made('p', 'sr');
  private readonly dialog: HTMLDialogElement;
  private before = COUNTDOWN;

  constructor() {
    const title = made('h2', '', word('still_there'));
    title.id = 'idle-title';
    const text = made('p', '', word('still_text'));
    text.id = 'idle-text';
    this.count.setAttribute('aria-hidden', 'true');
    this.voice.setAttribute('role', 'status');
    const stay = button('button button--primary', '', () => this.dialog.close());
    stay.textContent = word('stay');
    const leave = button('button', '', () => document.getElementById('leave')?.click());
    leave.textContent = word('leave');
    this.dialog = made('dialog', 'dialog idle', title, text, this.count, this.voice, made('div', 'dialog__end', leave, stay));
    this.dialog.id = 'idle';
    this.dialog.setAttribute('role', 'alertdialog');
    this.dialog.setAttribute('aria-labelledby', title.id);
    this.dialog.setAttribute('aria-describedby', text.id);
    this.dialog.addEventListener('keydown', (event) => event.stopPropagation());
    this.dialog.addEventListener('close', () => {
      this.dialog.remove();
      question = undefined;
      alone?.stay(Date.now());
    });
    document.querySelector('.call')?.append(this.dialog);
    this.dialog.showModal();
    stay.focus();
    if (settings().own) play('own');
    if (settings().notify) notify('idle', word('still_there'), word('still_text'));
  }

  show(left: number): void {
    this.count.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    const say = due(this.before, left);
    if (say !== undefined) this.voice.textContent = word('seconds', { count: say });
    this.before = left;
  }

  close(): void {
    if (this.dialog.open) this.dialog.close();
  }
}
