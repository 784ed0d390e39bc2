// The keyboard in the call: what keys do, what is said of it, and what they leave alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from '../support/axe.mjs';
import { pause, until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();
let made = 0;

/** A room with its owner inside, and whoever else is to be. */
async function call(owner, ...guests) {
  made += 1;
  const email = `keys${made}-${process.pid}@example.org`;
  await here.server.addUser(email, owner.name);
  await owner.signIn(email);
  const slug = await owner.makeRoom(`Keys ${made}`);
  await owner.join(slug);
  for (const guest of guests) await guest.join(slug);
  await Promise.all([owner, ...guests].map((person) => person.hasTiles(guests.length + 1)));
  await Promise.all([owner, ...guests].map((person) => person.page.locator('#hand').waitFor()));
  return slug;
}

const isOn = (person, id) => person.page.locator(`.bar #${id}`).evaluate((button) => button.classList.contains('is-on'));
const becomes = (person, id, on) => until(`${person.name}: ${id} ${on ? 'on' : 'off'}`, async () => (await isOn(person, id)) === on);
const listen = (person) => person.page.evaluate(() => {
  window.said = [];
  const voice = document.querySelector('[data-part=call-said]');
  new MutationObserver(() => window.said.push(voice.textContent)).observe(voice, { childList: true });
});
const hears = (person, text) => until(`“${text}” is said`, () => person.page.evaluate((what) => window.said.includes(what), text), { show: () => person.page.evaluate(() => window.said) });
/** Whether `watcher` sees the name's tile muted. */
const muted = (watcher, name) => watcher.page.locator('[data-tile]', { hasText: name }).locator('.tile__name .sr').evaluateAll((all) => all.some((each) => each.textContent === 'Muted'));
const focused = (person) => person.page.evaluate(() => document.activeElement.id);

test('keys turn what the bar turns, and say what they did', async () => {
  await here.with([{ name: 'Anna L' }], async (anna) => {
    await call(anna);
    await listen(anna);
    const { keyboard } = anna.page;
    await keyboard.press('Control+d');
    await becomes(anna, 'mic', false);
    await hears(anna, 'Microphone off');
    await keyboard.press('Control+e');
    await becomes(anna, 'camera', false);
    await hears(anna, 'Camera off');
    await keyboard.press('Control+d');
    await becomes(anna, 'mic', true);
    await hears(anna, 'Microphone on');
    await keyboard.press('Control+e');
    await becomes(anna, 'camera', true);
    await keyboard.press('Control+Shift+P');
    await anna.page.locator('.aside h2', { hasText: 'People' }).waitFor();
    await keyboard.press('Control+Shift+P');
    await anna.page.locator('.aside').waitFor({ state: 'detached' });
    await keyboard.press('Control+Shift+M');
    await anna.page.locator('#say').waitFor();
    await until('the field has the focus', async () => (await focused(anna)) === 'say');
    // Also while one writes.
    await keyboard.press('Control+d');
    await becomes(anna, 'mic', false);
    await keyboard.press('F2');
    assert.equal(await focused(anna), 'mic');
    await keyboard.press('Control+Shift+F');
    await until('the window is full', () => anna.page.evaluate(() => !!document.fullscreenElement));
    await hears(anna, 'Full screen');
    await keyboard.press('Control+Shift+F');
    await until('it is not', () => anna.page.evaluate(() => !document.fullscreenElement));
    assert.equal(await anna.page.locator('.bar #mic').getAttribute('aria-keyshortcuts'), 'Control+D');
  });
});

test('who holds V or Space is heard for as long, and not a moment longer', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    await call(anna, bert);
    const { keyboard } = bert.page;
    await keyboard.press('Control+d');
    await becomes(bert, 'mic', false);
    await until('Anna sees it', () => muted(anna, 'Bert B'));
    for (const key of ['v', 'Space']) {
      await keyboard.down(key);
      await becomes(bert, 'mic', true);
      await bert.page.locator('.pill--talk').waitFor();
      await until('Anna hears him', async () => !(await muted(anna, 'Bert B')));
      if (key === 'v') await accessible(bert.page, 'talking');
      await keyboard.up(key);
      await becomes(bert, 'mic', false);
      await until('Anna no longer does', () => muted(anna, 'Bert B'));
      assert.equal(await bert.page.locator('.pill--talk').count(), 0);
    }
    // A short press is no wish to speak.
    await keyboard.down('v');
    await pause(120);
    await keyboard.up('v');
    await pause(700);
    assert.equal(await isOn(bert, 'mic'), false);
    // What the window no longer hears of is let go.
    await keyboard.down('v');
    await becomes(bert, 'mic', true);
    await bert.page.evaluate(() => window.dispatchEvent(new Event('blur')));
    await becomes(bert, 'mic', false);
    await keyboard.up('v');
    await keyboard.down('v');
    await becomes(bert, 'mic', true);
    await bert.page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
      document.dispatchEvent(new Event('visibilitychange'));
      delete document.hidden;
    });
    await becomes(bert, 'mic', false);
    await keyboard.up('v');
    // Let go while the microphone is still being opened.
    await keyboard.down('v');
    await pause(310);
    await keyboard.up('v');
    await pause(800);
    assert.equal(await isOn(bert, 'mic'), false, 'muted in the end');
    // Who is heard already stays so.
    await keyboard.press('Control+d');
    await becomes(bert, 'mic', true);
    await keyboard.down('v');
    await pause(500);
    await keyboard.up('v');
    await pause(300);
    assert.equal(await isOn(bert, 'mic'), true);
  });
});

test('single keys are letters where one writes, press what has the focus, rest in dialogs, and can be switched off', async () => {
  await here.with([{ name: 'Anna L' }], async (anna) => {
    await call(anna);
    const { keyboard } = anna.page;
    await keyboard.press('Control+d');
    await becomes(anna, 'mic', false);
    await anna.chatOpen();
    await anna.page.focus('#say');
    await keyboard.type('v? ');
    await keyboard.down('v');
    await pause(600);
    await keyboard.up('v');
    assert.equal(await isOn(anna, 'mic'), false);
    assert.match(await anna.page.inputValue('#say'), /^v\? v+$/);
    assert.equal(await anna.page.locator('dialog').count(), 0);
    // In the name field of a dialog.
    await keyboard.press('Control+Shift+P');
    await anna.page.click('#rename');
    await anna.page.locator('#new-name').waitFor();
    await keyboard.down('v');
    await pause(500);
    await keyboard.up('v');
    await keyboard.press('Control+d');
    await pause(300);
    assert.equal(await isOn(anna, 'mic'), false, 'a dialog is answered first');
    await keyboard.press('Escape');
    // The space bar presses the button that has the focus.
    await anna.page.focus('#hand');
    await keyboard.down('Space');
    await pause(500);
    await keyboard.up('Space');
    assert.equal(await isOn(anna, 'mic'), false);
    await until('the hand is up', async () => /^Lower/.test(await anna.page.getAttribute('#hand', 'aria-label')));
    // The list, and the switch beside it.
    await keyboard.press('?');
    const list = anna.page.locator('#keys');
    await list.waitFor();
    assert.equal(await list.locator('tr').count(), 11);
    await accessible(anna.page, 'list of keys');
    await keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    assert.equal(await focused(anna), 'hand', 'the focus comes back');
    assert.equal(await anna.page.locator('.aside').count(), 1, 'Escape closed the list alone');
    await keyboard.press('Control+Shift+?');
    await list.waitFor();
    await keyboard.press('Escape');
    await keyboard.press('Control+,');
    await anna.page.click('#settings-keyboard');
    assert.equal(await anna.page.locator('#settings tr').count(), 11, 'the same list');
    await anna.page.uncheck('#settings-single');
    await keyboard.press('Escape');
    await keyboard.press('?');
    await keyboard.down('v');
    await pause(500);
    await keyboard.up('v');
    assert.equal(await list.count(), 0);
    assert.equal(await isOn(anna, 'mic'), false);
    await keyboard.press('Control+d');
    await becomes(anna, 'mic', true);
  });
});

test('who mutes in the very moment of coming in is muted', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    await bert.page.addInitScript(() => {
      const seen = new MutationObserver(() => {
        const mic = document.querySelector('.bar #mic.is-on');
        if (!mic) return;
        seen.disconnect();
        mic.click();
      });
      seen.observe(document, { childList: true, subtree: true });
    });
    await call(anna, bert);
    await becomes(bert, 'mic', false);
    await until('Anna sees it', () => muted(anna, 'Bert B'));
    await pause(1000);
    assert.equal(await isOn(bert, 'mic'), false);
    assert.equal(await muted(anna, 'Bert B'), true);
  });
});
