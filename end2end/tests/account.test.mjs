// One's own account: profile, devices, address, data, leaving. By keyboard and with axe, in both languages.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { accessible } from '../support/axe.mjs';
import { Post, linkIn } from '../support/post.mjs';
import { world } from '../support/world.mjs';

// Before the server, which is told where it is.
const post = await Post.start();
after(() => post.stop());

const here = world({ env: post.env });
const PASSWORD = 'correct horse battery';
const SIZES = [[390, 844], [1440, 900]];

/** Neither axe nor the width of a phone finds fault, light and dark. */
async function look(page, what) {
  const wrong = [];
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) wrong.push(`${what}: ${over} px wider than ${width}`);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await accessible(page, `${what}, ${width}, ${colorScheme}`).catch((error) => wrong.push(error.message));
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  assert.deepEqual(wrong, []);
}

test('what is chosen here holds on the next device, and one device puts the other out', async () => {
  const { server } = here;
  await server.addUser('ida@example.org', 'Ida Rhodes');
  await here.with([{}, {}], async (desk, phone) => {
    await desk.signIn('ida@example.org');
    await desk.page.goto('/account');
    await look(desk.page, 'account');
    await desk.page.getByRole('link', { name: 'Name and language' }).click();
    await look(desk.page, 'profile');
    await desk.page.getByLabel('Your name').fill(server.keepSecret('Ida R.'));
    await desk.page.getByLabel('Language', { exact: true }).selectOption('fr');
    await desk.page.getByLabel('Time zone').selectOption('Europe/Paris');
    await desk.page.getByLabel('Theme', { exact: true }).selectOption('dark');
    await desk.page.getByRole('button', { name: 'Save' }).click();
    await desk.page.getByText('C’est enregistré').waitFor();
    await look(desk.page, 'profil');

    await phone.page.goto(await server.link('ida@example.org'));
    await phone.page.locator('main form button').click();
    await phone.page.getByRole('heading', { name: 'Vos salles' }).waitFor();
    assert.equal(await phone.page.locator('html').getAttribute('data-theme'), 'dark');

    await desk.page.goto('/account/sessions');
    await look(desk.page, 'appareils');
    assert.equal(await desk.page.getByText('Cet appareil').count(), 1);
    const out = desk.page.getByRole('button', { name: /^Déconnecter.: Chrome sur Linux/ });
    await out.focus();
    await desk.page.keyboard.press('Enter');
    await desk.page.getByText('Cet appareil est déconnecté.').waitFor();
    await phone.page.goto('/account');
    assert.match(phone.page.url(), /\/sign-in/);
  });
});

test('a link by e-mail signs in, and a new address is confirmed by one', async () => {
  const { server } = here;
  await server.addUser('mae@example.org', 'Mae Jemison');
  await here.with([{}], async ({ page }) => {
    await page.goto('/sign-in');
    await look(page, 'sign-in with mail');
    await page.getByLabel('E-mail address').fill('mae@example.org');
    await page.getByRole('button', { name: 'Send me a link by e-mail instead' }).click();
    await page.getByText('If this address has an account').waitFor();
    const link = linkIn(await post.mail('mae@example.org'));
    server.keepSecret(new URL(link).pathname.split('/').at(-1));
    await page.goto(link);
    await page.getByRole('button', { name: 'Sign in as Mae Jemison' }).click();
    await page.getByRole('heading', { name: 'Your rooms' }).waitFor();

    await page.goto('/account/email');
    await page.getByText('mae@example.org, confirmed').waitFor();
    await look(page, 'address');
    await page.getByLabel('E-mail address').fill(server.keepSecret('mae@example.net'));
    await page.getByRole('button', { name: 'Send a link to confirm it' }).click();
    await page.getByText('A link is on its way to that address').waitFor();
    const confirm = linkIn(await post.mail('mae@example.net'));
    server.keepSecret(new URL(confirm).pathname.split('/').at(-1));
    await page.goto(confirm);
    await look(page, 'is it yours');
    await page.getByRole('button', { name: 'Yes, use mae@example.net' }).click();
    await page.getByText('Your address is confirmed.').waitFor();
  });
});

test('a copy of the data, and leaving with a decision for each room', async () => {
  const { server } = here;
  await server.addUser('eva@example.org', 'Eva Tardos');
  await here.with([{}], async (eva) => {
    const { page } = eva;
    await eva.signIn('eva@example.org');
    await eva.makeRoom('Evening lectures');
    await page.goto('/account');
    await page.fill('#password', server.keepSecret(PASSWORD));
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Your password is saved.').waitFor();
    await page.getByRole('link', { name: 'Your data' }).click();
    await look(page, 'data');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download my data' }).click()]);
    assert.equal(download.suggestedFilename(), 'visavis-account.zip');
    await page.getByRole('link', { name: 'Delete my account' }).click();
    await look(page, 'leaving');
    await page.getByLabel('Evening lectures').selectOption('delete');
    await page.getByLabel('Current password').fill('not this one');
    await page.getByRole('button', { name: 'Delete my account for good' }).click();
    await page.getByText('This is not your present password.').waitFor();
    assert.equal(await page.getByLabel('Evening lectures').inputValue(), 'delete', 'what was decided is kept');
    await look(page, 'leaving with an error');
    await page.getByLabel('Current password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Delete my account for good' }).click();
    await page.getByText('Your account is deleted.').waitFor();
    eva.guard.allow(/status of 404/);
    const answer = await page.goto('/evening-lectures');
    assert.equal(answer.status(), 404);
  });
  const users = JSON.parse(await server.cli('user', 'list', '--json'));
  assert.equal(users.some(({ email }) => email === 'eva@example.org'), false);
});
