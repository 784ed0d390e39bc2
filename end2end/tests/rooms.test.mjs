// The pages of rooms: the list, the settings, the invitation; with script and without.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { accessible } from '../support/axe.mjs';
import { world } from '../support/world.mjs';

const here = world();
const SIZES = [[390, 844], [834, 1112], [1440, 900]];

/** Nothing is wider than the window, and axe finds nothing, in each width and light. */
async function fine({ page }, what) {
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(over, 0, `${what} at ${width} px is ${over} px too wide`);
      if (width !== 834) await accessible(page, `${what}, ${width} px, ${colorScheme}`);
    }
  }
}

for (const script of [true, false]) {
  const how = script ? 'with script' : 'without script';
  const of = (name) => `${name}-${script ? 'on' : 'off'}@example.org`;

  test(`a room is renamed, given rules and a second owner, copied and deleted, ${how}`, async () => {
    const { server } = here;
    await server.addUser(of('owner'), 'Olive Owner');
    await server.addUser(of('second'), 'Sam Second');
    await here.with([{ script }, { script }], async (owner, second) => {
      const { page } = owner;
      owner.guard.allow(/status of 40[34]/);
      await owner.signIn(of('owner'));
      const first = await owner.makeRoom(`Plans ${script}`);
      await page.locator('.row--mine summary').click();
      await page.getByRole('link', { name: 'Settings', exact: true }).click();
      await page.waitForURL(`**/${first}/settings`);

      await page.fill('#name', '  ');
      await page.locator('#name-form button').click();
      await page.getByText('Type a name.').waitFor();
      server.keepSecret(`Better plans ${script}`);
      await page.fill('#name', `Better plans ${script}`);
      await page.locator('#name-form button').click();
      await page.getByText('the old one goes on leading here', { exact: false }).first().waitFor();
      const slug = `better-plans-${script}`;
      assert.ok(page.url().endsWith(`/${slug}/settings`), page.url());

      await page.locator('input[name=share]').uncheck();
      await page.locator('#rights button').click();
      await page.getByText('Saved. It holds for those who come in from now on.').waitFor();
      assert.equal(await page.locator('input[name=share]').isChecked(), false);
      assert.equal(await page.locator('input[name=camera]').isChecked(), true);
      await page.locator('input[name=attendance]').check();
      await page.locator('#attendance button').click();
      await page.getByRole('link', { name: 'Download the list' }).waitFor();

      await page.fill('#email', 'nobody@example.org');
      await page.locator('.add button').click();
      await page.getByText('No account here has this address.', { exact: false }).waitFor();
      assert.equal(await page.inputValue('#email'), 'nobody@example.org');
      await page.fill('#email', of('second'));
      await page.selectOption('#role', 'owner');
      await page.locator('.add button').click();
      await page.getByText('They find the room among theirs.').waitFor();

      await second.signIn(of('second'));
      await second.page.getByRole('link', { name: `Better plans ${script}`, exact: true }).waitFor();
      await second.page.goto(`/${slug}/settings`);
      // Olive cannot be removed by Sam; Sam gives up the role.
      assert.equal(await second.page.locator('#people summary').count(), 1);
      await second.page.locator('#people summary').click();
      await second.page.getByRole('button', { name: 'Give up my role' }).click();
      await second.page.waitForURL(`${server.origin}/`);
      await second.page.getByText('No room yet').waitFor();

      await page.goto(`/rooms/new?like=${slug}`);
      server.keepSecret(`Copy ${script}`);
      await page.fill('#name', `Copy ${script}`);
      await page.locator('main form button').click();
      await page.getByText('The room is ready.').waitFor();
      await page.goto(`/copy-${script}/settings`);
      assert.equal(await page.locator('input[name=share]').isChecked(), false);
      assert.equal(await page.locator('input[name=attendance]').isChecked(), true);

      await page.getByRole('link', { name: `Delete Copy ${script}…` }).click();
      await page.getByText('This cannot be undone').waitFor();
      await page.getByRole('button', { name: 'Delete for good' }).click();
      await page.getByText('The room is deleted.').waitFor();
      assert.equal((await page.goto(`/copy-${script}`)).status(), 404);
    });
  });

  test(`an invitation is copied, and gets into a calendar, ${how}`, async () => {
    const { server } = here;
    await server.addUser(of('inviter'), 'Ines Inviter');
    await here.with([{ script, permissions: ['clipboard-read', 'clipboard-write'], acceptDownloads: true }, { script }], async (inviter, guest) => {
      const { page } = inviter;
      await inviter.signIn(of('inviter'));
      const slug = await inviter.makeRoom(`Invite; ${script}, all`);
      await page.goto(`/${slug}/invite`);
      const text = await page.inputValue('#invitation');
      assert.ok(text.includes(`\n${server.origin}/${slug}\n`), text);
      const copy = page.getByRole('button', { name: 'Copy the invitation' });
      if (script) {
        await copy.click();
        await page.locator('.copy-text .copy__done').waitFor();
        assert.equal((await page.evaluate(() => navigator.clipboard.readText())).replaceAll('\r\n', '\n'), text);
      } else {
        assert.equal(await copy.isVisible(), false, 'a button that can do nothing is not there');
      }
      await page.fill('#at', '2026-11-30T10:30');
      await page.fill('#minutes', '45');
      await page.selectOption('#zone', 'Europe/Paris');
      await page.getByRole('button', { name: 'Use this time' }).click();
      await page.locator('.ways').waitFor();
      assert.match(await page.inputValue('#invitation'), /30 November 2026, 10:30 \(Europe\/Paris\)/);
      for (const [name, host] of [['Google Calendar', 'calendar.google.com'], ['Outlook', 'outlook.live.com']]) {
        const link = page.getByRole('link', { name, exact: true });
        const url = new URL(await link.getAttribute('href'));
        assert.equal(url.host, host);
        assert.match(await link.getAttribute('rel'), /noreferrer/);
      }
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Calendar file' }).click()]);
      assert.equal(download.suggestedFilename(), `${slug}.ics`);
      const file = readFileSync(await download.path(), 'utf8');
      assert.match(file, /\r\nDTSTART:20261130T093000Z\r\nDTEND:20261130T101500Z\r\n/);
      assert.match(file, /\r\nSUMMARY:Invite\\; (true|false)\\, all\r\n/);
      // Everybody comes in here, so a guest may hand it on, too.
      await guest.page.goto(`/${slug}/invite`);
      await guest.page.locator('.qr').waitFor();
      await page.emulateMedia({ media: 'print' });
      assert.equal(await page.locator('#when').isVisible(), false);
      assert.equal(await page.locator('.qr').isVisible(), true);
      await page.emulateMedia({ media: 'screen' });
    });
  });
}

test('many rooms: search, pages, and every page fits and is accessible', async () => {
  const { server } = here;
  await server.addUser('many@example.org', 'Mona Many');
  await here.with([{}], async (person) => {
    const { page } = person;
    await person.signIn('many@example.org');
    for (let number = 1; number <= 21; number += 1) await person.makeRoom(`Círculo ${number}`);
    await person.makeRoom('Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen');
    await page.goto('/');
    assert.equal(await page.locator('.row--mine').count(), 20);
    await fine(person, 'home with many rooms');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.locator('.row--mine summary').first().click();
    await accessible(page, 'the menu of a room');
    const list = await page.locator('.row--mine .menu__list').first().boundingBox();
    assert.ok(list.x >= 0 && list.x + list.width <= 390, `the menu is within the window: ${JSON.stringify(list)}`);
    await page.getByRole('link', { name: 'Next' }).click();
    await page.getByText('Page 2 of 2').waitFor();
    assert.equal(await page.locator('.row--mine').count(), 2);
    await page.fill('#q', 'CIRCULO 7');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Círculo 7', exact: true }).waitFor();
    await page.locator('.row--mine').nth(1).waitFor();
    assert.equal(await page.locator('.row--mine').count(), 2, '7 and 17');
    await page.fill('#q', 'nothing');
    await page.keyboard.press('Enter');
    await page.getByText('No room matches').waitFor();
    await fine(person, 'nothing found');
    for (const path of ['settings', 'delete', 'invite', 'invite?at=2026-11-30T10:30&minutes=45', 'invite?at=x&minutes=x']) {
      await page.goto(`/circulo-1/${path}`);
      await fine(person, path);
    }
    await page.goto('/rooms/new?like=circulo-1');
    await fine(person, 'another room');
  });
});
