// The own hand: its button, its key, and the question whether it is still meant.
import { ask, changed, current, icon, nameOf, watch } from '../inside/desk';
import { word } from './words';
import { button, label, made } from '../inside/element';
import { News, line } from './line';
import { Speech } from '../inside/pace';
import { say } from '../inside/say';
import { tell } from '../inside/tell';

/** Who speaks as long as this has the floor. */
const LONG = 3000;

const own = () => current()?.localParticipant;
const isUp = () => !!own()?.attributes.handRaisedAt;
const place = () => line().findIndex((each) => each.isLocal) + 1;

/** What was last wished for: a hand that was up when the connection was lost is raised again. */
let wished = false;
let busy = false;

async function set(raised: boolean): Promise<void> {
  if (busy || !current()) return;
  busy = true;
  wished = raised;
  const trouble = await ask('toggle-hand', { raised });
  busy = false;
  if (trouble) {
    wished = isUp();
    say(trouble);
    tell(trouble);
  }
  changed();
}

export function toggle(): void {
  void set(!isUp());
}

/** The button; it stays the same element, so that it keeps the focus. */
export function handButton(): [HTMLElement, () => void] {
  const hand = button('ctl', icon('hand'), toggle);
  hand.id = 'hand';
  hand.setAttribute('aria-keyshortcuts', 'Control+Shift+H Meta+Shift+H');
  const count = made('span', 'ctl__n');
  const draw = () => {
    const up = isUp();
    label(hand, up ? word('lower_from', { place: place() }) : word('raise'));
    hand.classList.toggle('is-active', up);
    count.textContent = String(place());
    if (up) hand.append(count);
    else count.remove();
  };
  return [hand, draw];
}

const speech = new Speech(LONG);
const news = new News();
let before = 0;
let kept = '';

/** Looks at what changed, and says it once. */
export function hear(): void {
  const fresh = news.fresh();
  for (const each of fresh) if (!each.isLocal) say(word('raised', { name: nameOf(each) }));
  const now = place();
  if (now && fresh.some((each) => each.isLocal)) say(word('yours', { place: now }));
  else if (now === 1 && before > 1) say(word('next'));
  else if (!now && before && current()?.state === 'connected') {
    // Lowered by us or by a host: in any case no longer wished for.
    wished = false;
    say(word('lowered'));
  }
  before = now;
  if (!now || kept !== own()?.attributes.handRaisedAt) kept = '';
}

/** In a new connection: what we wished for still holds. */
export function again(): void {
  before = place();
  if (wished && !isUp()) void set(true);
}

export function spoke(speaking: boolean): void {
  speech.note(speaking, Date.now());
  if (speaking) setTimeout(wonder, LONG + 50);
}

/** Speaking for a while with a hand up: it has done its work, probably. */
function wonder(): void {
  const at = own()?.attributes.handRaisedAt;
  const over = document.querySelector('.call__over');
  if (!at || kept === at || !over || over.querySelector('#hand-hint') || !speech.lasts(Date.now())) return;
  kept = at;
  const hint = made('div', 'pill pill--hand');
  hint.id = 'hand-hint';
  hint.innerHTML = icon('hand');
  const close = () => {
    stop();
    // Whoever pressed a button here goes on where hands are raised.
    if (hint.contains(document.activeElement)) document.getElementById('hand')?.focus();
    hint.remove();
  };
  const lower = button('button button--soft', '', () => {
    close();
    void set(false);
  });
  lower.textContent = word('lower');
  const keep = button('button button--quiet', '', close);
  keep.textContent = word('keep');
  hint.append(made('span', '', word('hint')), lower, keep);
  const stop = watch(() => isUp() || close());
  over.append(hint);
  say(word('hint'));
}
