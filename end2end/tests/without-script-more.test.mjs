// The rest of the pages without JavaScript: many rooms, one's own account, the log, invitations and guest links.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { form } from '../support/http.mjs';
import { linkIn, Post } from '../support/post.mjs';
import { world } from '../support/world.mjs';

// Before the server, which is told where it is.
const post = await Post.start();
after(() => post.stop());

const here = world({ env: post.env });
const PASSWORD = 'correct horse battery';

/** Somebody with an account and without script. */
async function plain(email, name, play) {
  await here.server.addUser(email, name);
  await here.with([{ name, script: false, acceptDownloads: true }], async (person) => {
    await person.signIn(email);
    await play(person, person.page);
  });
}
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
const file = async (page, name) => {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
  return [download.suggestedFilename(), readFileSync(await download.path())];
};

/** A form sent many times over, as the page sends it; what it does is seen on the pages. */
async function send(person, path, fields, times) {
  const cookie = (await person.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  for (let number = 1; number <= times; number += 1) {
    const answer = await form(here.server, path, fields(number), { cookie });
    assert.equal(answer.status, 303, `${path}: ${answer.body.slice(0, 200)}`);
  }
}

test('many rooms: pages, search, nothing found, and a room’s menu', async () => {
  await plain('many-plain@example.org', 'Mona Many', async (person, page) => {
    await send(person, '/rooms', (number) => ({ name: here.server.keepSecret(`Círculo ${number}`) }), 22);
    await page.goto('/');
    const shown = () => page.locator('.row--mine').count();
    assert.equal(await shown(), 20);
    await page.getByRole('link', { name: 'Next' }).click();
    await page.getByText('Page 2 of 2').waitFor();
    assert.equal(await shown(), 2);
    await page.getByRole('link', { name: 'Previous' }).click();
    await page.getByText('Page 1 of 2').waitFor();
    await page.fill('#q', 'CIRCULO 7');
    await page.locator('form[role=search] button').click();
    await page.getByRole('link', { name: 'Círculo 17', exact: true }).waitFor();
    assert.equal(await shown(), 2, '7 and 17');
    assert.equal(await page.inputValue('#q'), 'CIRCULO 7', 'what was looked for stays');
    await page.fill('#q', 'nothing');
    await page.keyboard.press('Enter');
    await page.getByText('No room matches').waitFor();
    await page.getByRole('link', { name: 'Show all rooms' }).click();
    await page.getByText('Page 1 of 2').waitFor();
    await page.locator('.row--mine summary').first().click();
    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    await page.locator('#name-form').waitFor();
  });
});

test('one’s own account: profile, new rooms, devices, address, data, leaving', async () => {
  await plain('account-plain@example.org', 'Ada Plain', async (person, page) => {
    const other = await person.context.browser().newContext({ baseURL: here.server.origin, javaScriptEnabled: false });
    const there = await other.newPage();
    await there.goto(await here.server.link('account-plain@example.org'));
    await there.locator('main form[method=post] button').click();

    await page.goto('/account/profile');
    await page.getByLabel('Your name').fill(here.server.keepSecret('Ada P.'));
    await page.getByLabel('Time zone').selectOption('Europe/Paris');
    await press(page, 'Save');
    await page.locator('main .notice').waitFor();
    assert.equal(await page.getByLabel('Your name').inputValue(), 'Ada P.');
    assert.equal(await page.getByLabel('Time zone').inputValue(), 'Europe/Paris');

    await page.goto('/account/rooms');
    await page.getByLabel('Only members of the room').check();
    await page.getByLabel('Share their screen').uncheck();
    await press(page, 'Save');
    await page.locator('main .notice').waitFor();
    const slug = await person.makeRoom('Plain beginnings');
    await page.goto(`/${slug}/settings`);
    assert.equal(await page.locator('input[name=access_level][value=restricted]').isChecked(), true);
    assert.equal(await page.locator('input[name=share]').isChecked(), false);

    await page.goto('/account/sessions');
    await page.getByRole('button', { name: /^Sign out: / }).first().click();
    await page.locator('main .notice').waitFor();
    await there.goto('/account');
    assert.match(there.url(), /\/sign-in/, 'the other device is signed out');
    await other.close();

    await page.goto('/account/email');
    await page.getByLabel('E-mail address').fill(here.server.keepSecret('ada-plain@example.net'));
    await press(page, 'Send a link to confirm it');
    const confirm = linkIn(await post.mail('ada-plain@example.net'));
    here.server.keepSecret(new URL(confirm).pathname.split('/').at(-1));
    await page.goto(confirm);
    await press(page, 'Yes, use ada-plain@example.net');
    await page.getByText('Your address is confirmed.').waitFor();

    await page.goto('/account');
    await page.fill('#password', here.server.keepSecret(PASSWORD));
    await press(page, 'Save');
    await page.getByText('Your password is saved.').waitFor();
    await page.goto('/account/data');
    const [name, bytes] = await file(page, 'Download my data');
    assert.equal(name, 'visavis-account.zip');
    assert.equal(bytes.subarray(0, 2).toString(), 'PK');
    await page.getByRole('link', { name: 'Delete my account' }).click();
    await page.getByLabel('Plain beginnings').selectOption('delete');
    await page.getByLabel('Current password').fill('not this one');
    await press(page, 'Delete my account for good');
    await page.getByText('This is not your present password.').waitFor();
    assert.equal(await page.getByLabel('Plain beginnings').inputValue(), 'delete', 'what was decided is kept');
    await page.getByLabel('Current password').fill(PASSWORD);
    await press(page, 'Delete my account for good');
    await page.getByText('Your account is deleted.').waitFor();
  });
});

test('the log: its lines, its pages, its file', async () => {
  await plain('log-plain@example.org', 'Lena Log', async (person, page) => {
    const slug = await person.makeRoom('Plain logs');
    await page.goto(`/${slug}/log`);
    await page.getByText('Nothing has been decided yet.').waitFor();
    await page.goto(`/${slug}/settings`);
    await page.locator('input[name=share]').uncheck();
    await page.locator('#rights button').click();
    await page.getByText('Saved. It holds for those who come in from now on.').waitFor();
    const rights = (number) => ({ do: 'rights', microphone: 'on', camera: 'on', ...(number % 2 ? { share: 'on' } : {}) });
    await send(person, `/${slug}/settings`, rights, 55);
    await page.getByRole('link', { name: 'Open the log' }).click();
    await page.getByText('Page 1 of 2').waitFor();
    assert.equal(await page.locator('.row--log').count(), 50);
    await page.getByRole('link', { name: 'Next' }).click();
    await page.getByText('Page 2 of 2').waitFor();
    const rest = await page.locator('.row--log').count();
    assert.ok(rest > 5 && rest < 50, `${rest} lines`);
    await page.getByRole('link', { name: 'Previous' }).click();
    await page.getByText('Page 1 of 2').waitFor();
    const [name, bytes] = await file(page, 'Download as a spreadsheet');
    assert.equal(name, `log-${slug}.csv`);
    assert.equal(bytes.toString().trim().split('\n').length, 51 + rest);
  });
});

test('invitations are sent, moved, taken back and cancelled', async () => {
  await plain('invite-plain@example.org', 'Ines Plain', async (person, page) => {
    const slug = await person.makeRoom('Plain invitations');
    const [ben, cleo] = ['ben-plain@example.org', 'cleo-plain@example.org'].map((each) => here.server.keepSecret(each));
    await page.goto(`/${slug}/invite`);
    await page.getByRole('link', { name: 'Invite by e-mail' }).click();
    await page.getByLabel('E-mail addresses').fill('nonsense');
    await press(page, 'Send invitations');
    await page.getByText('Not an address: nonsense').waitFor();
    await page.getByLabel('E-mail addresses').fill(`${ben}, ${cleo}`);
    await page.getByText('Set a day and a time').click();
    await page.getByLabel('Day and time').fill('2027-03-01T10:00');
    await press(page, 'Send invitations');
    await page.getByText('The invitations are on their way.').waitFor();
    assert.equal(new URL(linkIn(await post.mail(ben))).pathname, `/${slug}`);
    await post.mail(cleo);
    await page.getByRole('link', { name: 'Change the time' }).click();
    await page.getByLabel('Day and time').fill('2027-03-02T11:00');
    await press(page, 'Tell everyone the new time');
    await page.getByText('is told the new time').waitFor();
    assert.match((await post.mail(ben, 1)).Subject, /^New time/);
    await page.locator('.row--invited', { hasText: ben }).locator('summary').click();
    await press(page, 'Take back');
    await page.locator('main .notice').waitFor();
    assert.match((await post.mail(ben, 2)).Subject, /^Cancelled/);
    await page.getByText('Cancel this meeting').click();
    await press(page, 'Cancel it and tell everyone');
    await page.getByText('Everyone who was invited is told.').waitFor();
    assert.match((await post.mail(cleo, 2)).Subject, /^Cancelled/);
  });
});

test('a guest link is made, shown once, leads to the room, and is taken back', async () => {
  await plain('links-plain@example.org', 'Lars Links', async (person, page) => {
    const slug = await person.makeRoom('Plain links');
    await page.goto(`/${slug}/invitations`);
    await page.getByLabel('What it is for').fill(here.server.keepSecret('Candidate on Friday'));
    await press(page, 'Make the link');
    await page.getByText('it is not shown again').waitFor();
    const link = await page.locator('.made copy-link').getAttribute('data-url');
    here.server.keepSecret(new URL(link).pathname.split('/').at(-1));
    assert.ok((await page.locator('.made').innerText()).replaceAll(/\s/g, '').includes(new URL(link).pathname), 'it can be read and copied by hand');
    await here.with([{ script: false }], async (guest) => {
      await guest.page.goto(link);
      await press(guest.page, 'Go on to the meeting');
      await guest.page.waitForURL(`${here.server.origin}/${slug}`);
    });
    await page.goto(`/${slug}/invitations`);
    await page.getByRole('button', { name: /^Take back/ }).click();
    await page.getByText('The link is taken back.').waitFor();
    person.guard.allow(/status of 404/);
    assert.equal((await page.goto(link)).status(), 404);
  });
});
