// Text twice as large, as a browser's setting makes it: nothing is cut off, nothing lies over something else, nothing is beside the
// screen, on a phone and on a desk.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Lobby } from '../support/lobby.mjs';
import { pause } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world({ flags: ['--blink-settings=defaultFontSize=32'] });
const SIZES = [[390, 844], [1440, 900]];

/** Runs in the page: sentences on what is wrong. */
function faults() {
  const wrong = [];
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 1) wrong.push(`the page is ${wide} px wider than the screen`);
  const shown = (each) => each.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && each.getClientRects().length > 0;
  const told = (each) => `${each.tagName.toLowerCase()}${each.id && `#${each.id}`} “${(each.getAttribute('aria-label') ?? each.textContent).trim().slice(0, 40)}”`;
  const forEyes = (each) => each.closest('.sr, .skip') === null;
  // What scrolls sideways on purpose may lie outside.
  const scrolls = (each) => {
    for (let up = each.parentElement; up; up = up.parentElement) if (/auto|scroll/.test(getComputedStyle(up).overflowX) && up.scrollWidth > up.clientWidth + 1) return true;
    return false;
  };
  // What lies behind an open question can neither be read nor pressed.
  const root = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
  const controls = [...root.querySelectorAll('a[href], button, select, textarea, input:not([type=hidden])')].filter((each) => shown(each) && forEyes(each));
  const boxes = controls.map((each) => ({ each, box: each.getBoundingClientRect() })).filter(({ box }) => box.width > 2 && box.height > 2);
  for (const { each, box } of boxes) {
    // Text that can be pressed stands in line with other text; its surroundings may reach beyond.
    const { paddingLeft, paddingRight } = getComputedStyle(each);
    const [left, right] = [box.left + parseFloat(paddingLeft), box.right - parseFloat(paddingRight)];
    if ((left < -1 || right > innerWidth + 1) && !scrolls(each)) wrong.push(`${told(each)} is beside the screen: ${Math.round(box.left)} to ${Math.round(box.right)}`);
  }
  // In one layer nothing may lie over another; what floats above the rest is a layer of its own.
  const layer = (each) => each.closest('.call__over, .call__toasts, .bar, .aside, dialog, .more, .tile, .call__top, .preview') ?? document.body;
  for (const [at, one] of boxes.entries()) {
    for (const other of boxes.slice(at + 1)) {
      if (one.each.contains(other.each) || other.each.contains(one.each) || layer(one.each) !== layer(other.each)) continue;
      const over = [Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left), Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)];
      if (Math.min(...over) > 3) wrong.push(`${told(one.each)} lies over ${told(other.each)} by ${over.map(Math.round)} px`);
    }
  }
  for (const each of root.querySelectorAll('*')) {
    if (!shown(each) || !forEyes(each) || each.closest('svg, video, select, option, .avatar')) continue;
    const style = getComputedStyle(each);
    const own = [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || style.overflowY === 'visible' || /auto|scroll/.test(style.overflowY)) continue;
    // An ellipsis says that there is more; half a line does not.
    if (each.scrollHeight > each.clientHeight + 4 && style.webkitLineClamp === 'none') wrong.push(`${told(each)} is cut off: ${each.scrollHeight} px of text in ${each.clientHeight}`);
    if (each.scrollWidth > each.clientWidth + 2 && style.textOverflow !== 'ellipsis') wrong.push(`${told(each)} is cut off: ${each.scrollWidth} px of text in ${each.clientWidth}`);
  }
  return wrong;
}

async function look(person, what, wrong) {
  const before = person.page.viewportSize();
  await person.page.emulateMedia({ reducedMotion: 'reduce' });
  for (const [width, height] of SIZES) {
    await person.page.setViewportSize({ width, height });
    await pause(500);
    for (const fault of await person.page.evaluate(faults)) wrong.push(`${what} at ${width} px: ${fault}`);
    if (process.env.VISAVIS_LARGE_TEXT) await person.page.screenshot({ path: `${process.env.VISAVIS_LARGE_TEXT}/${what.replaceAll(' ', '-')}-${width}.png` });
  }
  await person.page.setViewportSize(before);
}

test('text of twice the size: nothing is cut off, covered or out of reach', async () => {
  const lobby = new Lobby(here);
  const wrong = [];
  const viewport = { width: 1440, height: 900 };
  await here.with(['Anna Lindqvist', 'Bert Bos', 'Екатерина Александровна'].map((name) => ({ name, viewport })), async (anna, bert, waiting) => {
    await anna.page.goto('/');
    assert.equal(await anna.page.evaluate(() => getComputedStyle(document.documentElement).fontSize), '32px', 'the browser’s setting');
    await look(anna, 'home for a visitor', wrong);
    const slug = await lobby.room(anna, 'public');
    await anna.page.goto('/');
    await look(anna, 'home', wrong);
    await anna.page.goto(`/${slug}/settings`);
    await look(anna, 'settings', wrong);
    await anna.page.goto(`/${slug}/invite`);
    await look(anna, 'invite', wrong);
    await bert.page.goto(`/${slug}`);
    await bert.page.locator('#join:not([disabled])').waitFor();
    await look(bert, 'before', wrong);
    await anna.join(slug);
    await anna.page.locator('#hand').waitFor();
    await look(anna, 'alone', wrong);
    await bert.pressJoin();
    await anna.hasTiles(2);
    await look(anna, 'the call', wrong);
    await bert.say('Shall we begin with the budget of the coming year?');
    await anna.chatOpen();
    await anna.say('Yes');
    await look(anna, 'chat', wrong);
    await anna.page.click('#panel-close');
    await lobby.level(anna, slug, 'restricted');
    await lobby.knock(waiting, slug);
    await look(waiting, 'waiting', wrong);
    await anna.page.locator('.knock').waitFor();
    await look(anna, 'a knock', wrong);
    await anna.page.click('#people');
    await look(anna, 'people', wrong);
    await anna.page.locator('person-tools button').first().click();
    await look(anna, 'about somebody', wrong);
    await anna.page.click('[data-deed=remove]');
    await look(anna, 'remove', wrong);
    await anna.page.keyboard.press('Escape');
    await anna.page.click('#panel-close');
    await anna.page.click('#host-tools-open');
    await look(anna, 'host tools', wrong);
    await anna.page.keyboard.press('Escape');
    await anna.page.click('#leave');
    await look(anna, 'leaving', wrong);
    await anna.page.keyboard.press('Escape');
    await anna.page.click('#more');
    await look(anna, 'more', wrong);
    await anna.page.keyboard.press('Escape');
    await anna.leave();
    await anna.ended();
    await look(anna, 'the end', wrong);
  });
  assert.deepEqual(wrong, [], wrong.join('\n'));
});
