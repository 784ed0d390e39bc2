// Ways in: a one-time link, a password, the first administrator's link.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { form, request } from '../support/http.mjs';
import { world } from '../support/world.mjs';

const here = world();
const PASSWORD = 'correct horse battery';

test('a link signs in once, and a mail scanner does not use it up', async () => {
  const { server } = here;
  await server.addUser('ada@example.org', 'Ada Lovelace');
  const link = await server.link('ada@example.org');
  const { pathname } = new URL(link);
  for (const method of ['GET', 'HEAD', 'GET']) {
    const answer = await request(server, pathname, { method });
    assert.equal(answer.status, 200, method);
    assert.equal(answer.headers['set-cookie']?.some((cookie) => cookie.startsWith('sessionid')) ?? false, false, 'looking is not signing in');
  }
  await here.with([{}, {}], async ({ page }, stranger) => {
    await page.goto(link);
    await page.getByRole('button', { name: 'Sign in as Ada Lovelace' }).click();
    await page.waitForURL(`${server.origin}/`);
    await page.getByRole('heading', { name: 'Your rooms' }).waitFor();

    stranger.guard.allow(/status of 404/);
    const second = await stranger.page.goto(link);
    assert.equal(second.status(), 404);
    await stranger.page.getByRole('heading', { name: 'This link no longer works' }).waitFor();
    const wrong = await stranger.page.goto(`/link/${'A'.repeat(43)}`);
    assert.equal(wrong.status(), 404);
    await stranger.page.getByRole('heading', { name: 'This link no longer works' }).waitFor();
  });
  const again = await form(server, pathname, {});
  assert.ok(again.status === 404 || again.status === 303, `${again.status}`);
  assert.equal(again.headers['set-cookie']?.some((cookie) => cookie.startsWith('csrftoken')) ?? false, false);
});

test('a second link takes nothing from the first, and ten at once use one link once', async () => {
  const { server } = here;
  await server.addUser('grace@example.org', 'Grace Hopper');
  const [first, second] = [await server.link('grace@example.org'), await server.link('grace@example.org')];
  for (const link of [first, second]) {
    const { pathname } = new URL(link);
    const all = await Promise.all(Array.from({ length: 10 }, () => form(server, pathname, {})));
    const inside = all.filter((answer) => answer.status === 303 && answer.headers.location === '/');
    assert.equal(inside.length, 1, all.map((answer) => answer.status).join());
  }
});

test('a password: set it, sign out, sign in; a wrong one keeps the address', async () => {
  const { server } = here;
  await server.addUser('edith@example.org', 'Edith Clarke');
  await here.with([{}], async (edith) => {
    const { page } = edith;
    await edith.signIn('edith@example.org');
    await page.goto('/account');
    await page.fill('#password', 'short');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('A password has at least 10 characters.').waitFor();
    await page.fill('#password', server.keepSecret(PASSWORD));
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Your password is saved.').waitFor();
    await page.locator('main form[action="/sign-out"] button').click();
    await page.getByText('You are signed out.').waitFor();

    await page.goto('/account');
    assert.match(page.url(), /\/sign-in/, 'the account page asks who you are');
    await page.fill('#email', 'edith@example.org');
    await page.fill('#password', 'not my password');
    await page.locator('main form button').click();
    await page.getByText('E-mail address and password do not match.').waitFor();
    assert.equal(await page.inputValue('#email'), 'edith@example.org');
    assert.equal(await page.inputValue('#password'), '');
    await page.fill('#password', PASSWORD);
    await page.locator('main form button').click();
    await page.waitForURL(`${server.origin}/account`);
  });
});

test('after five wrong passwords there is a pause, and a stranger’s address gets the same answers', async () => {
  const { server } = here;
  await server.addUser('mary@example.org', 'Mary Jackson');
  for (const email of ['mary@example.org', server.keepSecret('nobody@example.org')]) {
    await here.with([{}], async ({ page }) => {
      await page.goto('/sign-in');
      for (let attempt = 1; attempt <= 6; attempt += 1) {
        await page.fill('#email', email);
        await page.fill('#password', `wrong password ${attempt}`);
        await page.locator('main form button').click();
        const words = attempt <= 5 ? 'E-mail address and password do not match.' : 'Too many attempts. Wait a moment, then try again.';
        await page.getByText(words).waitFor();
      }
      assert.equal(await page.inputValue('#email'), email);
    });
  }
});

test('no page of ours sends anybody elsewhere after signing in', async () => {
  const { server } = here;
  await server.addUser('joan@example.org', 'Joan Clarke');
  await here.with([{}], async (joan) => {
    await joan.signIn('joan@example.org');
    await joan.page.goto('/account');
    await joan.page.fill('#password', PASSWORD);
    await joan.page.getByRole('button', { name: 'Save' }).click();
  });
  for (const next of ['//evil.example', 'https://evil.example/', '/\\evil.example', '/%0d%0aLocation:%20x', 'javascript:alert(1)']) {
    const answer = await form(server, '/sign-in', { email: 'joan@example.org', password: PASSWORD, next });
    assert.equal(answer.status, 303, next);
    assert.match(answer.headers.location, /^\/(?![/\\])/, next);
  }
});
