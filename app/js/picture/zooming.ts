// Looking closer at a shared screen: buttons, keys, the wheel with Ctrl, two fingers, a double click; dragging moves it.
import { icon } from '../inside/desk';
import { button, label } from '../inside/element';
import { say } from '../inside/say';
import { word } from './words';
import { FIT, MOST, STEP, moved, zoomed, type Zoom } from './zoom';

type Point = { x: number; y: number };

class ShareZoom extends HTMLElement {
  private zoom: Zoom = FIT;
  private readonly fingers = new Map<number, Point>();
  private readonly ends = new AbortController();
  private frame: HTMLElement | null = null;
  private readonly out = button('icon-button', icon('minus'), () => this.by(1 / STEP));
  private readonly fit = button('icon-button', icon('fit'), () => this.set(FIT, true));
  private readonly in = button('icon-button', icon('plus'), () => this.by(STEP));

  connectedCallback(): void {
    label(this.out, word('zoom_out'));
    label(this.fit, word('zoom_fit'));
    label(this.in, word('zoom_in'));
    this.replaceChildren(this.out, this.fit, this.in);
    this.frame = this.closest<HTMLElement>('.share__picture');
    const frame = this.frame;
    if (!frame) return;
    frame.tabIndex = 0;
    frame.setAttribute('role', 'group');
    frame.setAttribute('aria-label', word('zoom_help'));
    const on = <K extends keyof HTMLElementEventMap>(name: K, act: (event: HTMLElementEventMap[K]) => void) =>
      frame.addEventListener(name, act, { signal: this.ends.signal, passive: false });
    on('keydown', (event) => this.key(event));
    on('wheel', (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      this.set(this.around(Math.exp(-event.deltaY / 200), this.place(event)));
    });
    on('dblclick', (event) => {
      if (!this.tools(event)) this.set(this.zoom.scale > 1 ? FIT : this.around(2, this.place(event)), true);
    });
    on('pointerdown', (event) => {
      if (this.tools(event)) return;
      this.fingers.set(event.pointerId, this.place(event));
      if (this.zoom.scale > 1 || this.fingers.size > 1) frame.setPointerCapture(event.pointerId);
    });
    on('pointermove', (event) => this.drag(event));
    for (const end of ['pointerup', 'pointercancel'] as const) on(end, (event) => this.fingers.delete(event.pointerId));
    this.draw();
  }

  disconnectedCallback(): void {
    this.ends.abort();
  }

  private tools(event: Event): boolean {
    return event.target instanceof Element && !!event.target.closest('.share__tools');
  }

  private place({ clientX, clientY }: MouseEvent): Point {
    const box = this.frame?.getBoundingClientRect();
    return { x: clientX - (box?.left ?? 0), y: clientY - (box?.top ?? 0) };
  }

  private size(): [number, number] {
    return [this.frame?.clientWidth ?? 0, this.frame?.clientHeight ?? 0];
  }

  private around(factor: number, at: Point): Zoom {
    return zoomed(this.zoom, factor, at, ...this.size());
  }

  private by(factor: number): void {
    const [width, height] = this.size();
    this.set(this.around(factor, { x: width / 2, y: height / 2 }), true);
  }

  private drag(event: PointerEvent): void {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    // Let go outside, where nobody heard of it.
    if (event.pointerType === 'mouse' && !event.buttons) return void this.fingers.delete(event.pointerId);
    const now = this.place(event);
    const other = [...this.fingers].find(([id]) => id !== event.pointerId)?.[1];
    this.fingers.set(event.pointerId, now);
    if (!other) return this.set(moved(this.zoom, now.x - before.x, now.y - before.y, ...this.size()));
    const distance = (to: Point) => Math.hypot(to.x - other.x, to.y - other.y);
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    const larger = this.around(distance(now) / Math.max(1, distance(before)), middle);
    this.set(moved(larger, (now.x - before.x) / 2, (now.y - before.y) / 2, ...this.size()));
  }

  private key(event: KeyboardEvent): void {
    if (event.target !== this.frame || event.ctrlKey || event.metaKey || event.altKey) return;
    const [width, height] = this.size();
    const go = (x: number, y: number) => () => this.set(moved(this.zoom, x * width * 0.1, y * height * 0.1, width, height));
    const keys: Record<string, () => void> = {
      '+': () => this.by(STEP), '=': () => this.by(STEP), '-': () => this.by(1 / STEP), '0': () => this.set(FIT, true),
      ArrowLeft: go(1, 0), ArrowRight: go(-1, 0), ArrowUp: go(0, 1), ArrowDown: go(0, -1),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  private set(zoom: Zoom, aloud = false): void {
    this.zoom = zoom;
    this.draw();
    if (aloud) say(word('zoomed', { percent: Math.round(zoom.scale * 100) }));
  }

  private draw(): void {
    const { scale, x, y } = this.zoom;
    const picture = this.frame?.querySelector<HTMLElement>('.share__video');
    picture?.style.setProperty('transform', scale > 1 ? `translate(${x}px, ${y}px) scale(${scale})` : '');
    this.frame?.classList.toggle('is-zoomed', scale > 1);
    // Disabled ones keep the focus for nobody: they say so instead.
    this.out.setAttribute('aria-disabled', String(scale <= 1));
    this.fit.setAttribute('aria-disabled', String(scale <= 1));
    this.in.setAttribute('aria-disabled', String(scale >= MOST));
  }
}

export function define(): void {
  customElements.define('share-zoom', ShareZoom);
}
