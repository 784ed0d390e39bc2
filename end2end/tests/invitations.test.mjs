// Inviting by mail: a pasted list, a letter, a person who signs in with that address, and is past the lobby. And a guest link, used up.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, test } from 'node:test';
import { accessible } from '../support/axe.mjs';
import { Lobby } from '../support/lobby.mjs';
import { Post, linkIn } from '../support/post.mjs';
import { world } from '../support/world.mjs';

// Before the server, which is told where it is.
const post = await Post.start();
after(() => post.stop());

const here = world({ env: post.env });
const lobby = new Lobby(here);
const SIZES = [[390, 844], [834, 1194], [1440, 900]];
/** A folder for pictures of what is looked at; for people who want to see it. */
const PICTURES = process.env.VISAVIS_PICTURES;
if (PICTURES) mkdirSync(PICTURES, { recursive: true });

/** Neither axe nor a narrow window finds fault, light and dark. */
async function look(page, what) {
  const wrong = [];
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) wrong.push(`${what}: ${over} px wider than ${width}`);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await accessible(page, `${what}, ${width}, ${colorScheme}`).catch((error) => wrong.push(error.message));
      if (PICTURES) await page.screenshot({ path: `${PICTURES}/${what}-${width}-${colorScheme}.png`, fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  assert.deepEqual(wrong, []);
}

test('a pasted list becomes letters, and one of them a place past the lobby', async () => {
  const { server } = here;
  const ben = server.keepSecret('ben.okri@example.org');
  await server.addUser(ben, 'Ben Okri');
  await here.with([{ name: 'Anna Lindqvist' }, { name: 'Ben Okri' }], async (anna, guest) => {
    const slug = await lobby.room(anna);
    const { page } = anna;
    await page.goto(`/${slug}/invite`);
    await page.getByRole('link', { name: 'Invite by e-mail' }).click();
    await page.getByRole('heading', { name: /^Invitations to/ }).waitFor();
    await look(page, 'nobody');

    // What is wrong is said beside it, and kept.
    await page.getByLabel('E-mail addresses').fill(`Okri, Ben <${ben}>; nonsense`);
    await page.getByText('Set a day and a time').click();
    await page.getByLabel('Day and time').fill('2020-01-01T10:00');
    await page.getByRole('button', { name: 'Send invitations' }).click();
    await page.getByText('Not an address: nonsense').waitFor();
    await page.getByText('This time is over.').waitFor();
    assert.match(await page.getByLabel('E-mail addresses').inputValue(), /Okri, Ben/);
    await look(page, 'wrong');

    const cleo = server.keepSecret('cleo.a-very-long-address-without-any-place-to-break@subdomain.example.net');
    await page.getByLabel('E-mail addresses').fill(`Okri, Ben <${ben}>;\n${cleo}`);
    await page.getByLabel('Personal message').fill(server.keepSecret('Bring the cake, please.'));
    await page.getByLabel('Day and time').fill('2027-03-01T10:00');
    await page.getByRole('button', { name: 'Send invitations' }).click();
    await page.getByText('The invitations are on their way.').waitFor();
    const letter = await post.mail(ben);
    await post.mail(cleo);
    assert.equal(letter.To.length, 1, 'nobody sees who else is invited');
    assert.match(letter.Subject, /^Anna Lindqvist invites you to/);
    assert.match(letter.Text, /> Bring the cake, please\./);
    assert.ok(letter.Attachments.some((part) => part.FileName === 'invitation.ics'));
    await page.reload();
    await page.getByText('Sent on').first().waitFor();
    await look(page, 'sent');
    await page.locator('.row--invited summary').first().click();
    await page.getByRole('button', { name: 'Send again' }).waitFor();
    await accessible(page, 'what can be done about one of them');

    // The letter's link alone leads to the door: nothing in it opens anything.
    const link = linkIn(letter);
    assert.equal(new URL(link).pathname, `/${slug}`);
    await guest.page.goto(link);
    await guest.page.getByRole('button', { name: 'Ask to join' }).waitFor();
    // By a link from the terminal nobody has shown that the address is theirs; by one that arrived there they have.
    await guest.signIn(ben);
    await guest.page.goto(link);
    await guest.page.getByRole('button', { name: 'Ask to join' }).waitFor();
    await guest.page.locator('header form[action="/sign-out"] button, header summary').first().waitFor();
    await guest.context.clearCookies();
    await guest.page.goto(`/sign-in?next=/${slug}`);
    await guest.page.getByLabel('E-mail address').fill(ben);
    await guest.page.getByRole('button', { name: 'Send me a link by e-mail instead' }).click();
    await guest.page.getByText('If this address has an account').waitFor();
    const signIn = linkIn(await post.mail(ben, 1));
    server.keepSecret(new URL(signIn).pathname.split('/').at(-1));
    await guest.page.goto(signIn);
    await guest.page.getByRole('button', { name: 'Sign in as Ben Okri' }).click();
    await guest.page.getByRole('heading', { name: 'Your rooms' }).waitFor();
    await guest.page.goto(link);
    await guest.page.getByRole('button', { name: 'Join', exact: true }).waitFor();
    await guest.pressJoin();

    await page.goto(`/${slug}/invitations`);
    await page.getByText('Has opened the room').waitFor();

    // Another time is told to both, then the meeting is cancelled.
    await page.getByRole('link', { name: 'Change the time' }).click();
    assert.equal(await page.getByLabel('Day and time').inputValue(), '2027-03-01T10:00');
    await look(page, 'change');
    await page.getByLabel('Day and time').fill('2027-03-02T11:00');
    await page.getByRole('button', { name: 'Tell everyone the new time' }).click();
    await page.getByText('is told the new time').waitFor();
    assert.match((await post.mail(cleo, 1)).Subject, /^New time/);
    await page.getByText('Cancel this meeting').click();
    await page.getByRole('button', { name: 'Cancel it and tell everyone' }).click();
    await page.getByText('Everyone who was invited is told.').waitFor();
    assert.match((await post.mail(cleo, 2)).Subject, /^Cancelled/);
    await look(page, 'cancelled');
  });
});

test('a guest link lets one browser in once, and says the same as any other afterwards', async () => {
  const { server } = here;
  await here.with([{ name: 'Host' }, { name: 'Gina' }, { name: 'Otto', script: false }], async (host, gina, otto) => {
    const slug = await lobby.room(host);
    await host.page.goto(`/${slug}/invitations`);
    await host.page.getByLabel('What it is for').fill(server.keepSecret('Candidate on Monday'));
    await host.page.getByLabel('Can be used').selectOption('1');
    await host.page.getByRole('button', { name: 'Make the link' }).click();
    await host.page.getByText('it is not shown again').waitFor();
    const link = await host.page.locator('.made copy-link').getAttribute('data-url');
    server.keepSecret(new URL(link).pathname.split('/').at(-1));
    await look(host.page, 'link');
    await host.page.reload();
    assert.equal(await host.page.locator('.made').count(), 0, 'shown once');

    await gina.page.goto(link);
    await look(gina.page, 'opening');
    await gina.page.getByRole('button', { name: 'Go on to the meeting' }).click();
    await gina.page.waitForURL(`${server.origin}/${slug}`);
    await gina.pressJoin();

    otto.guard.allow(/status of 404/);
    const answer = await otto.page.goto(link);
    assert.equal(answer.status(), 404);
    await otto.page.getByRole('heading', { name: 'This link does not work' }).waitFor();
    // Who used it up, and closed the tab, comes back by the same mail.
    await gina.page.goto(link);
    await gina.page.waitForURL(`${server.origin}/${slug}`);
    await gina.pressJoin();
    // Another browser is somebody else.
    await gina.context.clearCookies();
    gina.guard.allow(/status of 404/);
    await gina.page.goto(link);
    await look(gina.page, 'gone');
    await host.page.reload();
    await host.page.getByText('used up').waitFor();
    await host.page.getByRole('button', { name: /^Take back/ }).click();
    await host.page.getByText('The link is taken back.').waitFor();
    await look(host.page, 'revoked');
  });
});
