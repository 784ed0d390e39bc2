// Takes the pictures, and keeps the list of them.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pause } from '../support/wait.mjs';

const SIZES = { 390: 844, 834: 1194, 1440: 900 };
const WIDTHS = Object.keys(SIZES).map(Number);
/** Enough to judge by; all of them together stay below what a repository should carry. */
const QUALITY = 68;

export class Camera {
  constructor(folder) {
    this.folder = folder;
    this.titles = titles(folder);
  }

  /** One state, in each width and light. `full` shows the page down to its end. `each` puts right what a new size has changed. `height`: for windows of another shape. */
  async draw({ page }, group, state, title, { widths = WIDTHS, lights = ['light', 'dark'], full = false, forcedColors = 'none', each, height } = {}) {
    mkdirSync(join(this.folder, group), { recursive: true });
    this.titles.set(`${group}/${state}`, title);
    const devtools = await page.context().newCDPSession(page);
    const before = page.viewportSize();
    for (const width of widths) {
      await page.setViewportSize({ width, height: height ?? SIZES[width] });
      for (const colorScheme of lights) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce', forcedColors });
        await pause(350);
        await each?.(width);
        const tall = full ? await page.evaluate(() => document.documentElement.scrollHeight) : SIZES[width];
        const clip = { x: 0, y: 0, width, height: Math.min(tall, 6000), scale: 1 };
        const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY, ...(full ? { clip, captureBeyondViewport: true } : {}) });
        writeFileSync(join(this.folder, group, `${state}-${width}-${colorScheme}.webp`), Buffer.from(data, 'base64'));
      }
    }
    await devtools.detach();
    if (before) await page.setViewportSize(before);
    console.log(`${group}/${state}`);
  }

  /** The call is dark in either light. */
  call(person, group, state, title, more = {}) {
    return this.draw(person, group, state, title, { lights: ['dark'], ...more });
  }

  /** `README.md` of the folder: what there is, also of earlier runs. */
  index() {
    const groups = readdirSync(this.folder, { withFileTypes: true }).filter((each) => each.isDirectory()).map(({ name }) => name).sort();
    let bytes = 0;
    const sections = groups.map((group) => {
      const files = readdirSync(join(this.folder, group)).filter((name) => name.endsWith('.webp'));
      files.forEach((name) => (bytes += statSync(join(this.folder, group, name)).size));
      const states = new Map();
      for (const [name, state, width, light] of files.map((file) => /^(.+)-(\d+)-(light|dark)\.webp$/.exec(file) ?? []).filter(([name]) => name)) {
        if (!states.has(state)) states.set(state, []);
        states.get(state).push({ name, width: Number(width), light });
      }
      const cell = (all, width) => all.filter((each) => each.width === width).map(({ name, light }) => `[${light}](${group}/${name})`).join(' ') || '–';
      const rows = [...states].map(([state, all]) => `| \`${state}\` | ${this.titles.get(`${group}/${state}`) ?? ''} | ${WIDTHS.map((width) => cell(all, width)).join(' | ')} |`);
      return `## ${group}\n\n| state | what it shows | ${WIDTHS.map((width) => `${width} px`).join(' | ')} |\n|---|---|---|---|---|\n${rows.sort().join('\n')}\n`;
    });
    const head = 'Every page and every state of the call, as Chromium draws them. Made by `make screenshots`; the people, their pictures and the slide are drawn. The call is dark in either light.';
    writeFileSync(join(this.folder, 'README.md'), `# Pictures\n\n${head}\n\n${sections.join('\n')}`);
    return bytes;
  }
}

/** What earlier runs said of their pictures. */
function titles(folder) {
  const file = join(folder, 'README.md');
  const found = new Map();
  let group = '';
  for (const line of existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []) {
    group = /^## (.+)$/.exec(line)?.[1] ?? group;
    const [, state, title] = /^\| `([^`]+)` \| ([^|]*) \|/.exec(line) ?? [];
    if (state) found.set(`${group}/${state}`, title.trim());
  }
  return found;
}
