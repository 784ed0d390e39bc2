// Everything but the meeting works with JavaScript switched off.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { world } from '../support/world.mjs';

const here = world();

test('sign in, make a room, join by code, choose language and theme', async () => {
  const { server } = here;
  await server.addUser('plain@example.org', 'Plain Text');
  await here.with([{ script: false }], async (plain) => {
    const { page, guard } = plain;
    guard.allow(/status of 404/);
    await page.goto('/');
    await page.getByRole('heading', { name: 'Face to face, a link away.' }).waitFor();
    await page.fill('#code', '… ??');
    await page.locator('.hello__form button').click();
    await page.getByText('This looks like neither a code nor a link of this place.').waitFor();
    assert.equal(await page.inputValue('#code'), '… ??');

    await plain.signIn('plain@example.org');
    await page.goto('/rooms/new');
    await page.fill('#name', '   ');
    await page.locator('main form button').click();
    await page.getByText('Type a name.').waitFor();
    await page.fill('#name', 'Sign in');
    await page.locator('main form button').click();
    await page.getByText('This name is taken by the site itself. Choose another one.').waitFor();
    assert.equal(await page.inputValue('#name'), 'Sign in');
    await page.fill('#name', 'Plain room');
    await page.locator('main form button').click();
    await page.getByText('The room is ready.').waitFor();
    await page.getByRole('link', { name: 'Plain room', exact: true }).waitFor();

    await page.fill('#code', `${server.origin}/plain-room?x=1`);
    await page.getByRole('button', { name: 'Join' }).click();
    await page.waitForURL(`${server.origin}/plain-room`);
    // The meeting itself needs script, and says so.
    await page.locator('noscript').first().waitFor({ state: 'attached' });

    await page.goto('/account');
    await page.locator('footer summary').first().click();
    await page.getByRole('button', { name: 'Français' }).click();
    await page.waitForURL(`${server.origin}/account`);
    assert.equal(await page.locator('html').getAttribute('lang'), 'fr');
    await page.locator('footer summary').nth(1).click();
    await page.locator('button[value=dark]').click();
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
    await page.locator('main form[action="/sign-out"] button').click();
    await page.waitForURL(`${server.origin}/`);
  });
});
