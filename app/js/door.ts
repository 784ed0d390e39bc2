// Hearing what happens at a room's door: the server tells (server-sent events); where a proxy lets nothing through, we ask.

/** How long the first word of the server may take before we ask instead. */
const SILENT = 6000;
/** The server says something at least every 15 s; without a word for this long the connection is dead. */
const DEAD = 40_000;
/** How often we ask. */
const ASK = 2500;
/** How often, while asking, we try again to listen. */
const RETRY = 60_000;

export interface Source {
  /** Server-sent events. */
  events: string;
  /** The same, asked for once. */
  poll: string;
}

export class Door<T> {
  private stream: EventSource | undefined;
  private watch = 0;
  private asking = 0;
  private failures = 0;
  private over = false;
  private readonly online = () => this.listen();

  /** `told`: something new; `lost`: whether the server cannot be heard just now; `refused`: it will tell us nothing more. */
  constructor(
    private readonly source: Source,
    private readonly told: (news: T) => void,
    private readonly lost: (lost: boolean) => void,
    private readonly refused: () => void,
  ) {
    addEventListener('online', this.online);
    this.listen();
  }

  close(): void {
    this.over = true;
    removeEventListener('online', this.online);
    this.stream?.close();
    clearTimeout(this.watch);
    clearTimeout(this.asking);
  }

  private listen(): void {
    if (this.over) return;
    this.stream?.close();
    const stream = (this.stream = new EventSource(this.source.events));
    let heard = false;
    const alive = () => {
      clearTimeout(this.watch);
      this.watch = window.setTimeout(() => (heard ? this.listen() : this.askInstead()), heard ? DEAD : SILENT);
    };
    const word = () => {
      heard = true;
      this.failures = 0;
      clearTimeout(this.asking);
      this.lost(false);
      alive();
    };
    stream.addEventListener('beat', word);
    stream.onmessage = ({ data }) => {
      word();
      this.told(JSON.parse(String(data)) as T);
    };
    // The browser itself tries again in some cases and never in others: we do in all.
    stream.onerror = () => {
      stream.close();
      clearTimeout(this.watch);
      if (this.over || this.stream !== stream) return;
      this.failures += 1;
      this.lost(true);
      if (this.failures > 2) return this.askInstead();
      this.watch = window.setTimeout(() => this.listen(), 400 * 2 ** this.failures * (0.5 + Math.random()));
    };
    alive();
  }

  /** Nothing comes through: ask, and listen again in a while. */
  private askInstead(): void {
    if (this.over) return;
    this.stream?.close();
    clearTimeout(this.watch);
    this.watch = window.setTimeout(() => this.listen(), RETRY);
    void this.ask();
  }

  private async ask(): Promise<void> {
    clearTimeout(this.asking);
    try {
      const answer = await fetch(this.source.poll, { headers: { accept: 'application/json' } });
      if (answer.status === 401 || answer.status === 403 || answer.status === 404) {
        this.close();
        return this.refused();
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const news = (await answer.json()) as T;
      if (this.over) return;
      this.lost(false);
      this.told(news);
    } catch {
      if (this.over) return;
      this.lost(true);
    }
    if (!this.over) this.asking = window.setTimeout(() => void this.ask(), ASK * (0.8 + 0.4 * Math.random()));
  }
}
