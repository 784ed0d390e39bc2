// Inviting by mail and by link, what became of it, and the page such a link leads to.
import { Lobby } from '../../support/lobby.mjs';

const MANY = ['ben.okri@example.org', 'Cleo Costa <cleo.a-very-long-address-without-any-place-to-break@subdomain.example.net>', 'nobody.knows@example.org', 'فاطمة الزهراء <fatima@example.org>'];

export async function invitations({ camera, arrive, server, letterbox }) {
  const [anna, ben] = [await arrive('Anna Lindqvist'), await arrive('Bert Bos')];
  const { page } = anna;
  const draw = (state, title, more) => camera.draw(anna, 'invitations', state, title, { full: true, ...more });
  await server.addUser('invitations@example.org', 'Anna Lindqvist');
  await server.addUser('ben.okri@example.org', 'Ben Okri');
  await anna.signIn('invitations@example.org');
  const slug = await anna.makeRoom('Reading circle');
  await new Lobby({ server }).level(anna, slug, 'restricted');
  const here = `/${slug}/invitations`;
  await page.goto(here);
  await draw('empty', 'Invitations before the first one');
  const press = (name) => page.getByRole('button', { name, exact: true }).click();
  await page.getByLabel('E-mail addresses').fill('Okri, Ben <ben.okri@example.org>; nonsense, @home');
  await page.getByText('Set a day and a time').click();
  await page.getByLabel('Day and time').fill('2020-01-01T10:00');
  await press('Send invitations');
  await page.getByText('Not an address').waitFor();
  await draw('wrong', 'Addresses that are none, and a day that is over', { widths: [390, 1440] });

  const invite = async (to, at) => {
    await page.goto(here);
    await page.getByLabel('E-mail addresses').fill(to);
    if (at) {
      if (!(await page.getByLabel('Day and time').isVisible())) await page.getByText('Set a day and a time').click();
      await page.getByLabel('Day and time').fill(at);
    }
    await press('Send invitations');
    await page.getByText('The invitations are on their way.').waitFor();
  };
  await invite(MANY.join('\n'), '2027-03-01T10:00');
  await invite('dora@example.org, emil@example.org');
  await invite('board@example.org', '2027-04-12T16:30');
  for (const to of ['ben.okri@example.org', 'emil@example.org', 'board@example.org']) await letterbox.link(to);
  // One comes by a link that was sent to this address, and opens the room.
  await ben.page.goto(`/sign-in?next=/${slug}`);
  await ben.page.getByLabel('E-mail address').fill('ben.okri@example.org');
  const letters = letterbox.letters.length;
  await ben.page.getByRole('button', { name: 'Send me a link by e-mail instead' }).click();
  while (letterbox.letters.length === letters) await ben.page.waitForTimeout(100);
  await ben.page.goto(await letterbox.link('ben.okri@example.org'));
  await ben.page.locator('main form[method=post] button').click();
  await ben.page.waitForURL(`${server.origin}/**`);
  await ben.page.goto(`/${slug}`);
  await page.goto(here);
  const part = (name) => page.locator('.batch', { hasText: name });
  await part('board@example.org').getByText('Cancel this meeting').click();
  await press('Cancel it and tell everyone');
  await page.getByText('Everyone who was invited is told.').waitFor();
  await part('dora@example.org').locator('summary').first().click();
  await page.getByRole('button', { name: 'Take back' }).first().click();
  await page.waitForLoadState();
  await page.goto(here);
  await draw('list', 'Who is invited: sent, opened, refused by the mail server, taken back, cancelled');
  await page.getByText('Cancel this meeting').first().click();
  await page.locator('.row--invited summary').first().click();
  await page.locator('.row--invited summary').first().scrollIntoViewIfNeeded();
  await draw('list-menu', 'What can be done about an invitation, and about a meeting', { full: false });
  await page.goto(here);
  await page.getByRole('link', { name: 'Change the time' }).click();
  await draw('change', 'Another time for a meeting', { full: false });
  await page.getByLabel('Day and time').fill('2027-03-02T11:00');
  await press('Tell everyone the new time');
  await page.getByText('is told the new time').waitFor();
  await draw('moved', 'The meeting was moved', { widths: [390, 1440] });

  const link = async (name, uses) => {
    await page.goto(here);
    await page.getByLabel('What it is for').fill(name);
    await page.getByLabel('Can be used').selectOption(uses);
    await press('Make the link');
    await page.locator('.made').waitFor();
    return page.locator('.made copy-link').getAttribute('data-url');
  };
  const used = await link('Candidate on Monday', '1');
  const good = await link('Parents of class 7b, Donaudampfschifffahrtsgesellschaftskapitänsmütze', '');
  await page.locator('#links').scrollIntoViewIfNeeded();
  await draw('link-made', 'A guest link, which is shown once', { full: false, each: () => page.locator('#links').scrollIntoViewIfNeeded() });
  const guest = await arrive('Chloé Ødegård');
  await guest.page.goto(good);
  await camera.draw(guest, 'invitations', 'guest', 'Where a guest link leads');
  await guest.page.goto(used);
  await guest.page.getByRole('button', { name: 'Go on to the meeting' }).click();
  await guest.page.waitForURL(`${server.origin}/${slug}`);
  await ben.page.goto(used);
  await camera.draw(ben, 'invitations', 'guest-gone', 'A guest link that opens nothing');
  await link('By mistake', '');
  await page.goto(here);
  await page.getByRole('button', { name: /^Take back\s*By mistake/ }).click();
  await page.getByText('The link is taken back.').waitFor();
  await page.goto(here);
  await draw('links', 'Guest links: used up, good, taken back', { full: false, each: () => page.locator('#links').scrollIntoViewIfNeeded() });
  for (const person of [anna, ben, guest]) await person.go();
}
