// axe on every page and every face of the meeting, light and dark.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from '../support/axe.mjs';
import { world } from '../support/world.mjs';

const here = world();
const SCHEMES = ['light', 'dark'];

/** Both schemes; all faults are told together. */
async function look(person, what, wrong) {
  for (const colorScheme of SCHEMES) {
    await person.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await accessible(person.page, `${what}, ${colorScheme}`).catch((error) => wrong.push(error.message));
  }
}

test('pages', async () => {
  const { server } = here;
  const wrong = [];
  await server.addUser('axe@example.org', 'Axe Tester');
  await here.with([{ name: 'Axe Tester' }], async (person) => {
    const { page, guard } = person;
    guard.allow(/status of 404/);
    const visit = async (path, what = path) => {
      await page.goto(path);
      await look(person, what, wrong);
    };
    await visit('/');
    await visit('/sign-in');
    await page.fill('#email', 'axe@example.org');
    await page.fill('#password', 'not this one');
    await page.locator('main form button').click();
    await page.getByText('do not match').waitFor();
    await look(person, '/sign-in with an error', wrong);
    await visit('/link/nothing', 'a spent link');
    await visit('/no-such-room');
    await visit(await server.link('axe@example.org'), 'a sign-in link');
    await page.locator('main form button').click();
    await page.waitForURL(`${server.origin}/`);
    await look(person, 'home without rooms', wrong);
    await visit('/rooms/new');
    await page.fill('#name', 'sign-in');
    await page.locator('main form button').click();
    await page.locator('#name-error').waitFor();
    await look(person, '/rooms/new with an error', wrong);
    await visit('/account');
    await page.locator('header summary').click();
    await look(person, 'the account menu', wrong);
    await page.goto('/');
    await page.locator('footer summary').first().click();
    await look(person, 'the language menu', wrong);
    await person.makeRoom('Axe room');
    await look(person, 'home with rooms', wrong);
  });
  assert.deepEqual(wrong, [], wrong.join('\n\n'));
});

test('the meeting', async () => {
  const { server } = here;
  const wrong = [];
  await server.addUser('axe2@example.org', 'Axe Two');
  await here.with([{ name: 'Axe Two' }, { name: 'Guest G', permissions: [] }], async (person, guest) => {
    const { page } = person;
    await person.signIn('axe2@example.org');
    const slug = await person.makeRoom('Axe meeting');
    await page.goto(`/${slug}`);
    await page.locator('#join:not([disabled])').waitFor();
    await look(person, 'prejoin', wrong);
    await guest.page.goto(`/${slug}`);
    await guest.page.locator('#join:not([disabled])').waitFor();
    await guest.page.click('#join');
    await guest.page.locator('#name-error').waitFor();
    await look(guest, 'prejoin without a name', wrong);
    await person.pressJoin();
    await look(person, 'alone in the call', wrong);
    await guest.pressJoin();
    await person.hasTiles(2);
    await look(person, 'the call', wrong);
    await person.page.click('#people');
    await page.locator('#panel-close').waitFor();
    await look(person, 'people', wrong);
    await guest.say('Hello https://example.org/x');
    await person.chatOpen();
    await page.getByText('Hello').first().waitFor();
    await look(person, 'chat', wrong);
    await page.click('#more');
    await page.locator('#pop').waitFor();
    await look(person, 'the menu “more”', wrong);
    await page.keyboard.press('Escape');
    await guest.page.setViewportSize({ width: 390, height: 844 });
    await look(guest, 'the call on a phone, with chat', wrong);
    await person.leave();
    await person.ended();
    await look(person, 'the end', wrong);
  });
  assert.deepEqual(wrong, [], wrong.join('\n\n'));
});
