// An instance with its own name, logo, colour and links: readable in both lights, no wider than a phone, and still light.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { accessible } from '../support/axe.mjs';
import { total, weigh } from '../support/weigh.mjs';
import { world } from '../support/world.mjs';

const folder = mkdtempSync(join(tmpdir(), 'visavis-logo-'));
const logo = join(folder, 'logo.svg');
writeFileSync(logo, '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 32"><rect width="48" height="32" rx="8" fill="#8b1e3f"/><circle cx="24" cy="16" r="9" fill="#fff"/></svg>');
after(() => rmSync(folder, { recursive: true, force: true }));

const NAME = 'Donaudampfschifffahrts-Akademie Passau';
const here = world({
  env: {
    VISAVIS_INSTANCE: 'Run by the IT department of the academy.',
    VISAVIS_INSTANCE_NAME: NAME,
    VISAVIS_INSTANCE_LOGO: logo,
    VISAVIS_INSTANCE_ACCENT: '#8b1e3f',
    VISAVIS_INSTANCE_LINKS: 'Impressum|https://example.org/imprint,Datenschutzerklärung|https://example.org/privacy,Barrierefreiheit|/account',
  },
});

async function look(page, what, wrong) {
  for (const [width, height] of [[390, 844], [1440, 900]]) {
    await page.setViewportSize({ width, height });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) wrong.push(`${what}: ${over} px wider than ${width}`);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await accessible(page, `${what}, ${width}, ${colorScheme}`).catch((error) => wrong.push(error.message));
      if (process.env.VISAVIS_SHOTS) await page.screenshot({ path: join(process.env.VISAVIS_SHOTS, `${what}-${width}-${colorScheme}.png`), fullPage: true });
    }
  }
}

test('the instance’s own face', async () => {
  const { server } = here;
  await server.addUser('own@example.org', 'Own Face');
  await here.with([{}], async (person) => {
    const { page } = person;
    const wrong = [];
    const rows = await weigh(page, '/');
    assert.ok(total(rows) <= 30_000, `${total(rows)} bytes`);
    assert.equal(rows.filter(({ url }) => url.includes('/assets/instance/')).length, 2);
    await look(page, 'hello', wrong);
    assert.equal(await page.title(), NAME);
    // The colour really is another one, in the light and, by our lightness, in the dark.
    const button = () => page.locator('.button--primary').first().evaluate((each) => getComputedStyle(each).backgroundColor);
    await page.emulateMedia({ colorScheme: 'light' });
    assert.equal(await button(), 'rgb(139, 30, 63)');
    await page.emulateMedia({ colorScheme: 'dark' });
    assert.match(await button(), /^oklch\(0\.78 0\.12 /);
    await page.goto('/sign-in');
    await look(page, 'sign-in', wrong);
    await person.signIn('own@example.org');
    const slug = await person.makeRoom('Own room');
    await look(page, 'home', wrong);
    await page.goto(`/${slug}`);
    await page.locator('#join:not([disabled])').waitFor();
    await look(page, 'prejoin', wrong);
    assert.equal(await page.title(), `Own room · ${NAME}`);
    await person.pressJoin();
    await look(page, 'call', wrong);
    assert.deepEqual(wrong, []);
  });
});
