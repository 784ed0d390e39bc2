// What one chooses to see, for oneself alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from '../support/axe.mjs';
import { until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();

const large = (person) => person.page.locator('.focus [data-tile] .tile__name').allInnerTexts();
const shown = (person) => person.page.locator('[data-tile] .tile__name').allInnerTexts();
const is = (what, look, wanted) => until(what, async () => JSON.stringify((await look()).map((text) => text.trim()).sort()) === JSON.stringify([...wanted].sort()), { show: look });

/** In the dialog “Layout”. */
async function choose(person, ...names) {
  await person.page.click('#more');
  await person.page.click('#layout');
  const dialog = person.page.getByRole('dialog', { name: 'Layout' });
  for (const name of names) await dialog.locator('label', { hasText: name }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();
}

test('pinned, large while speaking, own picture and people without one hidden; remembered, and nobody else’s business', async () => {
  await here.server.addUser('layout@example.org', 'Anna L');
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    await anna.signIn('layout@example.org');
    const slug = await anna.makeRoom('Layout');
    await anna.join(slug);
    await bert.join(slug);
    await cleo.join(slug);
    await Promise.all([anna, bert, cleo].map((person) => person.hasTiles(3)));

    await anna.page.locator('[data-tile]', { hasText: 'Bert B' }).hover();
    await anna.page.getByRole('button', { name: 'Keep Bert B large' }).click();
    await is('Bert is large', () => large(anna), ['Bert B']);
    assert.deepEqual(await large(bert), [], 'nobody else sees it');
    await accessible(anna.page, 'pinned');
    await anna.page.getByRole('button', { name: 'Keep Cleo C large' }).focus();
    await anna.page.keyboard.press('Enter');
    await is('two are large', () => large(anna), ['Bert B', 'Cleo C']);
    for (const name of ['Bert B', 'Cleo C']) await anna.page.getByRole('button', { name: `No longer keep ${name} large` }).click();
    await is('nobody is', () => large(anna), []);

    await choose(anna, 'Hide my own picture');
    await is('the own picture is hidden', () => shown(anna), ['Bert B', 'Cleo C']);
    await bert.page.click('#camera');
    await choose(anna, 'Hide people without a picture');
    await is('Bert has no picture', () => shown(anna), ['Cleo C']);
    await bert.page.click('#camera');
    await is('Bert has one again', () => shown(anna), ['Bert B', 'Cleo C']);

    await choose(anna, 'Speaker and others');
    await until('somebody is large', async () => (await large(anna)).length === 1);
    await anna.page.reload();
    await anna.pressJoin();
    await until('it is remembered', async () => (await large(anna)).length === 1 && !(await shown(anna)).includes('You'));
    await choose(anna, 'Tiles', 'Hide my own picture');
    await anna.hasTiles(3);
    await anna.page.setViewportSize({ width: 390, height: 844 });
    await choose(anna, 'Speaker and others');
    await until('also on a phone', async () => (await large(anna)).length === 1);
    const box = await anna.page.locator('.focus [data-tile]').boundingBox();
    assert.ok(box.height > 250 && box.width > 300, JSON.stringify(box));
  });
});
