// The pages of one's own account, the page for programs, and the first page of all.
const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';
const LAPTOP = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0';

export async function account({ camera, arrive, server, letterbox }) {
  const anna = await arrive('Anna Lindqvist');
  const { page } = anna;
  const visit = async (path, state, title, more) => {
    await page.goto(path);
    await camera.draw(anna, 'account', state, title, { full: true, ...more });
  };
  await server.addUser('anna@example.org', 'Anna Lindqvist');
  for (const userAgent of [PHONE, LAPTOP, 'curl/8']) {
    const device = await arrive('Anna Lindqvist', { userAgent });
    await device.signIn('anna@example.org');
    await device.go();
  }
  await anna.signIn('anna@example.org');
  for (const name of ['Monday round', 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen']) await anna.makeRoom(name);
  await visit('/account/profile', 'profile', 'Name, language, time zone and theme');
  await visit('/account/email', 'email', 'The e-mail address');
  await page.getByLabel('E-mail address').fill('anna.lindqvist@example.net');
  await page.getByRole('button', { name: 'Send a link to confirm it' }).click();
  await page.getByText('A link is on its way to that address').waitFor();
  await camera.draw(anna, 'account', 'email-sent', 'A link is on its way to the new address', { widths: [390, 1440] });
  await visit(await letterbox.link('anna.lindqvist@example.net'), 'email-confirm', 'The link that confirms it');
  await visit('/account/rooms', 'new-rooms', 'What new rooms begin with');
  await visit('/account/sessions', 'sessions', 'Where one is signed in');
  await visit('/account/data', 'data', 'A copy of one’s data');
  await visit('/account/delete', 'delete', 'Deleting one’s account, with a decision for each room');
  await page.locator('main form').last().evaluate((form) => (form.noValidate = true));
  await page.locator('main form button').last().click();
  await page.locator('main .notice').nth(1).waitFor();
  await camera.draw(anna, 'account', 'delete-wrong', 'Deleting one’s account: nothing was decided', { widths: [390, 1440], full: true });
  await visit('/api/docs', 'api-docs', 'The page for programs', { full: false });
  await anna.go();
}
