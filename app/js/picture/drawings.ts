// What the layouts look like, in small.
import type { Layout } from './flags';

const tile = (x: number, y: number, width: number, height: number, large = false) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="2"${large ? ' class="is-large"' : ''}/>`;

const SHAPES: Record<Layout, string> = {
  tiles: [4, 34].flatMap((x) => [4, 23].map((y) => tile(x, y, 26, 15))).join(''),
  side: tile(4, 4, 42, 34, true) + [4, 16, 28].map((y) => tile(50, y, 10, 10)).join(''),
  alone: tile(4, 4, 56, 34, true),
};

export function drawing(layout: Layout): string {
  return `<svg class="mini" viewBox="0 0 64 42" aria-hidden="true">${SHAPES[layout]}</svg>`;
}
