// The waiting visitor. What is said comes from the server, in the visitor's language; here it is put into the page.
import { Door } from './door';
import { settings } from './settings/store';
import { play } from './sounds/tones';

interface News {
  /** `waiting`, `admitted`, `refused`, `timed_out`, `gone`. */
  state: string;
  /** What to show. */
  html: string;
  /** Milliseconds until one may ask again. */
  after?: number;
}

/** How often the server did not know us: a browser that keeps no cookies would ask for ever. */
let unknown = 0;

/** `tell` hears `admitted`, and `ask` when the visitor wants to ask again, or nobody here knows them any more. */
export function wait(root: HTMLElement, path: string, tell: (what: string) => void): () => void {
  let timer = 0;
  const door = new Door<News>(
    { events: `${path}/events`, poll: path },
    (news) => {
      if (news.state === 'admitted') {
        door.close();
        // Who waits for long looks elsewhere meanwhile.
        if (settings().own) play('own');
        return tell('admitted');
      }
      show(root, news.html);
      if (news.state !== 'waiting') door.close();
      const again = root.querySelector<HTMLButtonElement>('[data-do=ask]');
      if (again && news.after) {
        again.disabled = true;
        timer = window.setTimeout(() => (again.disabled = false), news.after);
      }
    },
    (lost) => root.classList.toggle('is-lost', lost),
    // The room is gone, or the browser forgot who we are: asking again says so.
    () => (unknown++ < 2 ? tell('ask') : root.classList.add('is-lost')),
  );
  const clicked = ({ target }: Event) => {
    const what = (target as Element).closest<HTMLElement>('[data-do]')?.dataset.do;
    if (what === 'ask') tell('ask');
    // The link beside it leads away; the place in the queue is given up on the way.
    if (what === 'leave') navigator.sendBeacon(path);
  };
  root.addEventListener('click', clicked);
  return () => {
    door.close();
    clearTimeout(timer);
    root.removeEventListener('click', clicked);
  };
}

/** Only what differs is touched: a screen reader says what changed, and the focus stays. */
function show(root: HTMLElement, html: string): void {
  const fresh = document.createElement('div');
  fresh.innerHTML = html;
  const parts = [...fresh.children];
  if (root.children.length !== parts.length) return root.replaceChildren(...parts);
  parts.forEach((part, at) => {
    const old = root.children[at];
    if (!old || old.isEqualNode(part)) return;
    // A live region must stay the same element for its words to be said.
    if (old.tagName === part.tagName && old.getAttribute('role') === part.getAttribute('role')) {
      if (old.innerHTML !== part.innerHTML) old.innerHTML = part.innerHTML;
      old.className = part.className;
    } else old.replaceWith(part);
  });
}
