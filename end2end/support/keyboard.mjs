// Somebody who has a keyboard and nothing else: no mouse, and nothing is given the focus by the test. After each key it is
// looked where the focus is, whether it can be seen there, and what a screen reader calls it.
import assert from 'node:assert/strict';
import { until } from './wait.mjs';

/** Elements that get the focus as a place, to be read from there; a heading may be there for screen readers alone. */
const PLACES = /^(heading|main|RootWebArea|generic|none)$/;

export class Keyboard {
  static async of(person) {
    const keyboard = new Keyboard();
    keyboard.page = person.page;
    keyboard.devtools = await person.context.newCDPSession(person.page);
    return keyboard;
  }

  type(text) {
    return this.page.keyboard.type(text);
  }

  press(key) {
    return this.page.keyboard.press(key);
  }

  /** What has the focus: role and name as assistive technology gets them, and how it looks. */
  async focused() {
    const { result } = await this.devtools.send('Runtime.evaluate', { expression: 'document.activeElement ?? document.body' });
    const { nodes } = await this.devtools.send('Accessibility.getPartialAXTree', { objectId: result.objectId, fetchRelatives: false });
    const looks = await this.page.evaluate(look);
    await this.devtools.send('Runtime.releaseObject', { objectId: result.objectId });
    return { ...looks, role: nodes[0]?.role?.value ?? '', name: (nodes[0]?.name?.value ?? '').trim() };
  }

  /** The focus is on something with a name that can be seen, and seen to have the focus. */
  async check() {
    const at = await this.focused();
    const what = `the focus after the last key: ${JSON.stringify(at)}`;
    assert.notEqual(at.tag, 'body', `it is nowhere; ${what}`);
    assert.notEqual(at.name, '', `it has no name; ${what}`);
    if (PLACES.test(at.role)) return at;
    assert.ok(at.inSight, `it is out of sight; ${what}`);
    assert.ok(at.ring, `it cannot be seen to have it; ${what}`);
    return at;
  }

  /** Tab (or Shift and Tab) up to the element with this id, or the name that fits. Every stop on the way is looked at. */
  async to(wanted, { back = false, most = 60 } = {}) {
    const fits = ({ id, name }) => (wanted instanceof RegExp ? wanted.test(name) : id === wanted);
    const way = [];
    for (let steps = 0; steps < most; steps += 1) {
      await this.press(back ? 'Shift+Tab' : 'Tab');
      const at = await this.focused();
      // Past the last stop the browser's own surface has the focus for one press.
      if (at.tag === 'body') continue;
      await this.check();
      way.push(`${at.role} “${at.name}”`);
      if (fits(at)) return at;
      assert.ok(way.length < 3 || new Set(way.slice(-3)).size > 1 || way.at(-1).includes('“Reply'), `a trap: ${way.slice(-3).join(', ')}`);
    }
    throw new Error(`no way by Tab to ${wanted}:\n${way.join('\n')}`);
  }

  /** The focus goes there by itself, soon. */
  async goesTo(wanted, within = 5000) {
    const fits = ({ id, name }) => (wanted instanceof RegExp ? wanted.test(name) : id === wanted);
    await until(`the focus goes to ${wanted}`, async () => fits(await this.focused()), { within, show: () => this.focused() });
    return this.check();
  }

  /** Once around by Tab, or up to `most` stops: all that can be reached. Ends when it comes back to the first stop. */
  async around(most = 80) {
    const stops = [];
    for (let steps = 0; steps < most; steps += 1) {
      await this.press('Tab');
      const at = await this.focused();
      if (at.tag === 'body') continue;
      await this.check();
      if (stops.length && at.at === stops[0].at) return stops;
      stops.push(at);
    }
    throw new Error(`it never comes back to the first: ${stops.map(({ role, name }) => `${role} “${name}”`).join(', ')}`);
  }
}

/** Runs in the page. */
function look() {
  const element = document.activeElement ?? document.body;
  window.numbers ??= new WeakMap();
  if (!window.numbers.has(element)) window.numbers.set(element, (window.last = (window.last ?? 0) + 1));
  const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
  // Radio buttons and the like are drawn by their label.
  const shown = element.matches('input') && (width < 2 || getComputedStyle(element).opacity === '0') ? element.closest('label') ?? element : element;
  const box = shown === element ? { left, top, right, bottom } : shown.getBoundingClientRect();
  const inside = box.left < innerWidth && box.right > 0 && box.top < innerHeight && box.bottom > 0 && box.right > box.left && box.bottom > box.top;
  const [x, y] = [(Math.max(0, box.left) + Math.min(innerWidth, box.right)) / 2, (Math.max(0, box.top) + Math.min(innerHeight, box.bottom)) / 2];
  const front = document.elementFromPoint(x, y);
  // Something over it would hide it; its own parts and what it stands in do not.
  const covered = front !== null && front !== shown && !shown.contains(front) && !front.contains(shown);
  const drawn = (style) => (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
  const ring = element.matches(':focus-visible, :focus-within') && (drawn(getComputedStyle(element)) || drawn(getComputedStyle(shown)));
  return { tag: element.tagName.toLowerCase(), id: element.id, at: window.numbers.get(element), inSight: inside && !covered, ring, covered: covered ? front.className || front.tagName : '' };
}
