// A whole meeting by keyboard alone: no mouse, no focus set by the test. At each stop the focus can be seen, is on something
// with a name, and comes back to where it was.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Keyboard } from '../support/keyboard.mjs';
import { pause, until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();
const PASSWORD = 'correct horse battery';

async function withPassword(email, name) {
  await here.server.addUser(email, name);
  await here.with([{ name }], async (person) => {
    await person.signIn(email);
    await person.page.goto('/account');
    await person.page.fill('#password', PASSWORD);
    await person.page.locator('form:has(#password) button').first().click();
    await person.page.waitForLoadState();
  });
}

test('sign in, make a room, join, write, answer, raise a hand, share, leave', async () => {
  const { server } = here;
  await withPassword('keys@example.org', 'Anna L');
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    const { page } = anna;
    const keys = await Keyboard.of(anna);
    // The address is typed into the browser; all that follows is done in the page.
    await page.goto('/');
    await keys.press('Tab');
    assert.match((await keys.check()).name, /^Skip to/, 'the first stop leads past the header');
    await keys.to(/^Sign in$/);
    await keys.press('Enter');
    await page.waitForURL('**/sign-in**');
    if ((await keys.focused()).id !== 'email') await keys.to('email');
    await keys.type('keys@example.org');
    await keys.to('password');
    await keys.type(PASSWORD);
    await keys.press('Enter');
    await page.waitForURL(`${server.origin}/`);

    await keys.to(/^(Plan|New room|Make|Create)/);
    await keys.press('Enter');
    await page.waitForURL('**/rooms/new');
    if ((await keys.focused()).id !== 'name') await keys.to('name');
    await keys.type(server.keepSecret('Keyboard round'));
    await keys.press('Enter');
    await page.waitForURL(`${server.origin}/`);
    await keys.to(/^Keyboard round$/);
    await keys.press('Enter');
    await page.waitForURL('**/keyboard-round');

    await page.locator('#join:not([disabled])').waitFor();
    await keys.to('join');
    await keys.press('Enter');
    await anna.inState('call');
    await keys.goesTo('room-name');
    await page.locator('#hand').waitFor();
    await bert.join('keyboard-round');
    await anna.hasTiles(2);

    await chats(keys, anna, bert);
    await raises(keys, anna, bert);
    await shares(keys, anna, bert);
    await opensAndCloses(keys, anna);

    await keys.to('leave');
    await keys.press('Enter');
    // A host is asked how; without an answer one stays.
    await page.locator('#leave-how').waitFor();
    await keys.press('Escape');
    await keys.goesTo('leave');
    await keys.press('Enter');
    await page.locator('#leave-how').waitFor();
    await keys.press('Enter');
    assert.equal(await anna.ended(), 'left');
    await keys.goesTo('ended');
    await keys.to('rejoin');
    await keys.to('home');
    await keys.press('Enter');
    await page.waitForURL(`${server.origin}/`);
    await bert.hasTiles(1);
  });
});

async function chats(keys, anna, bert) {
  await keys.to('chat');
  await keys.press('Enter');
  await keys.goesTo('say');
  await keys.type(here.server.keepSecret('Good morning'));
  await keys.press('Enter');
  await bert.say('Shall we begin?');
  await anna.message('Shall we begin?').waitFor();
  assert.equal((await keys.check()).id, 'say', 'the focus stays in the field');
  await keys.to(/^Reply to Bert B/, { back: true });
  await keys.press('Enter');
  await keys.goesTo('say');
  await keys.type('Yes, now');
  await keys.press('Enter');
  await bert.page.locator('.msg__quote', { hasText: 'Shall we begin?' }).waitFor();
  await anna.message('Yes, now').waitFor();
  // Out of the panel by Tab in both directions: it is no dialog, and no trap.
  await keys.to('panel-close', { back: true });
  await keys.press('Escape');
  await keys.goesTo('chat');
  assert.equal(await anna.page.locator('.aside').count(), 0);
}

async function raises(keys, anna, bert) {
  await keys.to('hand', { back: true });
  await keys.press('Space');
  await bert.page.locator('.tile__tag--hand').waitFor();
  assert.equal((await keys.check()).id, 'hand');
  await keys.press('Enter');
  await bert.page.locator('.tile__tag--hand').waitFor({ state: 'detached' });
  // By its shortcut, from anywhere.
  await keys.to('more');
  await keys.press('Control+Shift+H');
  await bert.page.locator('.tile__tag--hand').waitFor();
  assert.equal((await keys.check()).id, 'more', 'a shortcut moves nothing');
  await keys.press('Control+Shift+H');
  await bert.page.locator('.tile__tag--hand').waitFor({ state: 'detached' });
}

async function shares(keys, anna, bert) {
  const shared = () => bert.page.locator('.share__video').count();
  await keys.to('share', { back: true });
  await keys.press('Enter');
  await until('Bert sees the screen', async () => (await shared()) === 1);
  assert.equal((await keys.check()).id, 'share', 'the focus stays while the stage changes');
  await keys.press('Enter');
  await until('Bert sees it no more', async () => (await shared()) === 0);
  assert.equal((await keys.check()).id, 'share');
  await keys.press('Enter');
  await until('Bert sees the screen again', async () => (await shared()) === 1);
  // By the button of the notice, which goes with the press: the focus must not go with it.
  await keys.to(/^Stop sharing/, { back: true });
  while (await anna.page.evaluate(() => !document.activeElement.closest('.pill'))) await keys.to(/^Stop sharing/, { back: true });
  await keys.press('Enter');
  await until('Bert sees it no more', async () => (await shared()) === 0);
  await anna.page.locator('.pill', { hasText: 'Stop sharing' }).waitFor({ state: 'detached' });
  await keys.goesTo('share');
}

async function opensAndCloses(keys, anna) {
  const { page } = anna;
  // The stage is drawn anew, and the button with it: the focus goes on to the same button, wherever it is now.
  await keys.to(/^Keep Bert B large/);
  await keys.press('Enter');
  await page.locator('.focus').waitFor();
  await keys.goesTo(/^No longer keep Bert B large/);
  await keys.press('Enter');
  await page.locator('.focus').waitFor({ state: 'detached' });
  await keys.goesTo(/^Keep Bert B large/);
  for (const [id, opened] of [['mic-menu', '#pop'], ['camera-menu', '#pop'], ['react', '.reacts'], ['more', '#pop']]) {
    await keys.to(id);
    await keys.press('Enter');
    await page.locator(opened).waitFor();
    await pause(100);
    assert.ok(await page.evaluate((opened) => document.activeElement.closest(opened) !== null, opened), `the focus goes into what ${id} opens`);
    await keys.press('Tab');
    await keys.check();
    if (opened === '#pop') assert.ok(await page.evaluate(() => document.activeElement.closest('#pop')), `the first stop in ${id} is inside`);
    await keys.press('Shift+Tab');
    await keys.press('Escape');
    await page.locator(opened).waitFor({ state: 'detached' });
    await keys.goesTo(id);
  }
  await keys.to('people');
  await keys.press('Enter');
  await keys.goesTo('panel-close');
  await keys.to('rename');
  await keys.press('Enter');
  await page.locator('dialog[open]').waitFor();
  await keys.check();
  for (let steps = 0; steps < 6; steps += 1) {
    await keys.press('Tab');
    const inside = await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest('dialog') !== null);
    assert.ok(inside, 'a real dialog keeps the focus until it is closed');
  }
  await keys.press('Escape');
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
  await keys.goesTo('rename');
  await keys.press('Escape');
  await keys.goesTo('people');
}

test('every page and the whole call can be gone round by Tab, on a desk and on a phone', async () => {
  const { server } = here;
  await server.addUser('round@example.org', 'Rona R');
  await here.with([{ name: 'Rona R' }], async (rona) => {
    const { page } = rona;
    await rona.signIn('round@example.org');
    const slug = await rona.makeRoom('All around');
    const keys = await Keyboard.of(rona);
    for (const [width, height] of [[1280, 800], [390, 844]]) {
      await page.setViewportSize({ width, height });
      for (const path of ['/', '/rooms/new', '/account', `/${slug}/settings`, `/${slug}/lobby`, `/${slug}/invite`, `/${slug}/delete`]) {
        await page.goto(path);
        const stops = await keys.around(160).catch((error) => assert.fail(`${path} at ${width} px: ${error.message}`));
        assert.ok(stops.length > 3, path);
      }
      await page.goto(`/${slug}`);
      await page.locator('#join:not([disabled])').waitFor();
      await keys.around();
      await rona.pressJoin();
      await page.locator('#hand').waitFor();
      const stops = await keys.around();
      for (const id of ['mic', 'camera', 'hand', 'more', 'leave']) assert.ok(stops.some((stop) => stop.id === id), `${id} at ${width} px`);
      await page.goto('/');
    }
  });
});
