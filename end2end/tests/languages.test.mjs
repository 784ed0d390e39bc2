// Every language on a phone and on a desk: nothing is wider than its place, and a reader gets the language they asked for.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { cramped } from '../support/cramped.mjs';
import { Lobby } from '../support/lobby.mjs';
import { world } from '../support/world.mjs';

const here = world();
const LANGUAGES = ['de', 'en', 'fr', 'nl'];
const SIZES = [[390, 844], [1440, 900]];

/** Both sizes; all faults are told together. Pictures go where VISAVIS_SHOTS says. */
async function look({ page }, what, wrong) {
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    for (const fault of await page.evaluate(cramped)) wrong.push(`${what}, ${width}: ${fault}`);
    if (process.env.VISAVIS_SHOTS) await page.screenshot({ path: join(process.env.VISAVIS_SHOTS, `${what}-${width}.png`), fullPage: true });
  }
}

for (const language of LANGUAGES) {
  test(`pages, prejoin, waiting and door in ${language}`, async () => {
    const { server } = here;
    const lobby = new Lobby(here);
    const wrong = [];
    const email = `${language}@example.org`;
    await server.addUser(email, 'Anna Lindqvist');
    await here.with([{ name: 'Anna Lindqvist' }, { name: 'Bert Bos', locale: language }], async (anna, bert) => {
      bert.guard.allow(/status of 404/);
      for (const [path, what] of [['/', 'hello'], ['/sign-in', 'sign-in'], ['/no-such-room', 'lost'], ['/no/such/page', 'missing'], ['/link/nothing', 'spent']]) {
        await bert.page.goto(path);
        assert.equal(await bert.page.locator('html').getAttribute('lang'), language);
        await look(bert, `${language}-${what}`, wrong);
      }
      await anna.signIn(email);
      const slug = await anna.makeRoom(`Chorprobe ${language}`);
      await lobby.level(anna, slug, 'restricted');
      await anna.page.goto('/account/profile');
      await anna.page.locator('select[name=language]').selectOption(language);
      await anna.page.locator('main form button').click();
      await anna.page.locator('main .notice').waitFor();
      for (const [path, what] of [['/', 'home'], ['/rooms/new', 'new'], ['/account', 'account'], ['/account/profile', 'profile'],
        ['/account/sessions', 'places'], ['/account/data', 'data']]) {
        await anna.page.goto(path);
        assert.equal(await anna.page.locator('html').getAttribute('lang'), language);
        await look(anna, `${language}-${what}`, wrong);
      }
      for (const [path, what] of [['settings', 'settings'], ['delete', 'delete'], ['invite?at=2026-11-30T10:30&minutes=45', 'invite']]) {
        await anna.page.goto(`/${slug}/${path}`);
        await look(anna, `${language}-${what}`, wrong);
      }
      await bert.page.goto(`/${slug}`);
      await bert.page.locator('#join:not([disabled])').waitFor();
      await look(bert, `${language}-prejoin`, wrong);
      await lobby.knock(bert, slug);
      await look(bert, `${language}-wait`, wrong);
      await anna.page.goto(`/${slug}/lobby`);
      await look(anna, `${language}-door`, wrong);
      await anna.join(slug);
      await anna.page.locator('.knock').waitFor();
      await look(anna, `${language}-call`, wrong);
    });
    assert.deepEqual(wrong, []);
  });
}
