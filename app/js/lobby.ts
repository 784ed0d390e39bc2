// <door-watch data-path data-view="card|list|panel"> shows hosts who waits. What is shown comes whole from the server, in the host's
// language; forms in it work without this script, and are sent without leaving the page with it.
import { ask, badge, canAsk, knock, notify } from './bell';
import { Door } from './door';
import { openPeople } from './panel';

interface News {
  /** Those who wait, the longest first. */
  ids: string[];
  /** One sentence about the latest of them. */
  bell: string;
  card: string;
  list: string;
  /** The list, and the way to the door's page. */
  panel: string;
  /** What to say when a decision did not get through. */
  failed: string;
}

/** One connection for all elements of a room. */
class Hub {
  private static readonly all = new Map<string, Hub>();
  private readonly elements = new Set<DoorWatch>();
  private readonly door: Door<News>;
  private known: Set<string> | undefined;
  private last: News | undefined;

  static of(path: string): Hub {
    const hub = Hub.all.get(path) ?? new Hub(path);
    Hub.all.set(path, hub);
    return hub;
  }

  private constructor(private readonly path: string) {
    const source = { events: `${path}/events`, poll: `${path}/news` };
    this.door = new Door<News>(source, (news) => this.told(news), (lost) => this.lost(lost), () => this.refused());
  }

  add(element: DoorWatch): void {
    this.elements.add(element);
    if (this.last) element.show(this.last);
  }

  remove(element: DoorWatch): void {
    this.elements.delete(element);
    // An element that is moved leaves and comes back.
    setTimeout(() => this.elements.size || this.end());
  }

  private end(): void {
    Hub.all.delete(this.path);
    this.door.close();
    this.mark(0);
  }

  private told(news: News): void {
    const fresh = news.ids.some((id) => !this.known?.has(id));
    this.known = new Set(news.ids);
    this.last = news;
    this.elements.forEach((element) => element.show(news));
    this.mark(news.ids.length);
    if (!fresh) return;
    knock();
    notify(news.bell);
    this.elements.forEach((element) => element.say(news.bell));
  }

  /** The number of those who wait, where the title and the buttons tell it. */
  private mark(count: number): void {
    badge(count);
    for (const button of document.querySelectorAll('#people, #people-top')) button.toggleAttribute('data-waiting', count > 0);
  }

  private lost(lost: boolean): void {
    this.elements.forEach((element) => element.classList.toggle('is-lost', lost));
  }

  /** No host any more. */
  private refused(): void {
    this.elements.forEach((element) => element.clear());
    this.end();
  }
}

class DoorWatch extends HTMLElement {
  private hub: Hub | undefined;
  private failed = '';
  private readonly sent = (event: SubmitEvent) => void this.send(event);
  private readonly clicked = (event: Event) => void this.pressed(event);

  connectedCallback(): void {
    this.addEventListener('submit', this.sent);
    this.addEventListener('click', this.clicked);
    this.hub = Hub.of(this.dataset.path ?? '');
    this.hub.add(this);
    this.offer();
  }

  disconnectedCallback(): void {
    this.removeEventListener('submit', this.sent);
    this.removeEventListener('click', this.clicked);
    this.hub?.remove(this);
  }

  show(news: News): void {
    this.failed = news.failed;
    const html = news[(this.dataset.view ?? 'list') as 'card' | 'list' | 'panel'];
    const root = this.piece('door');
    const fresh = document.createElement('div');
    fresh.innerHTML = html;
    if (fresh.innerHTML === root.innerHTML) return;
    const held = document.activeElement;
    const key = held && root.contains(held) ? (held as HTMLElement).dataset.key : undefined;
    root.replaceChildren(...fresh.childNodes);
    if (key === undefined) return;
    // The one that was decided on is gone: on to the next.
    const same = `[data-key="${CSS.escape(key)}"]`;
    const next = [same, `li [data-key^="${key.split('-')[0]}-"]`, '[tabindex]'].map((one) => root.querySelector<HTMLElement>(one)).find(Boolean);
    next?.focus();
  }

  clear(): void {
    this.piece('door').replaceChildren();
  }

  say(text: string): void {
    if (this.dataset.view !== 'card' && document.querySelector('door-watch[data-view=card]')) return;
    this.piece('said').textContent = text;
  }

  private piece(name: string): HTMLElement {
    const found = this.querySelector<HTMLElement>(`[data-part=${name}]`);
    if (found) return found;
    const made = document.createElement('div');
    made.dataset.part = name;
    if (name !== 'door') {
      made.className = name === 'said' ? 'sr' : 'notice notice--amber door__trouble';
      made.setAttribute('role', name === 'said' ? 'status' : 'alert');
    }
    this.append(made);
    return made;
  }

  private async send(event: SubmitEvent): Promise<void> {
    const form = event.target as HTMLFormElement;
    if (!form.matches('[data-quiet]')) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form, event.submitter) as unknown as Record<string, string>);
    const buttons = form.querySelectorAll('button');
    buttons.forEach((button) => button.setAttribute('aria-disabled', 'true'));
    const answer = await fetch(form.action, { method: 'POST', body, headers: { accept: 'application/json' } }).catch(() => undefined);
    buttons.forEach((button) => button.removeAttribute('aria-disabled'));
    const trouble = this.piece('trouble');
    trouble.textContent = answer?.ok ? '' : this.failed;
  }

  private async pressed({ target }: Event): Promise<void> {
    const what = (target as Element).closest<HTMLElement>('[data-do]')?.dataset.do;
    if (what === 'open') openPeople();
    if (what === 'notify') {
      await ask();
      this.offer();
    }
  }

  private offer(): void {
    for (const button of this.querySelectorAll<HTMLElement>('[data-do=notify]')) button.hidden = !canAsk();
  }
}

customElements.define('door-watch', DoorWatch);
