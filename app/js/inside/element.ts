// How the elements of hands and reactions are made.
import { watch } from './desk';

/** An element that looks anew whenever something changed. */
export abstract class Watching extends HTMLElement {
  private stop: (() => void) | undefined;

  connectedCallback(): void {
    this.stop = watch(() => this.draw());
    this.draw();
  }

  disconnectedCallback(): void {
    this.stop?.();
  }

  abstract draw(): void;
}

export function made<K extends keyof HTMLElementTagNameMap>(tag: K, className: string, ...content: (Node | string)[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...content);
  return element;
}

export function button(className: string, html: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  Object.assign(made, { className, type: 'button', innerHTML: html });
  made.addEventListener('click', act);
  return made;
}

/** A name for those who do not see the drawing, and for those who point at it. */
export function label(element: HTMLElement, text: string): void {
  if (element.title === text) return;
  element.title = text;
  element.setAttribute('aria-label', text);
}
