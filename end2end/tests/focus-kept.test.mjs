// The focus when what had it goes by what others do: never back to the top of the page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meeting } from '../support/meeting.mjs';
import { pause, until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();

const call = (...all) => meeting('Focus', ...all);
const focused = (person) => person.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.id ?? '');
const has = (person, wanted) => until(`the focus of ${person.name} is at ${wanted}`, async () => (await focused(person)) === wanted, { show: () => focused(person) });
const shown = (person) => person.page.locator('[data-share] .tile__name').innerText();
const about = (person, who) => person.page.locator('[data-person]', { hasText: who }).locator('person-tools button').first();

test('of two shared screens one goes from one to the other by keyboard, and on when they end', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    await call(anna, bert, cleo);
    await bert.page.click('#share');
    await anna.page.locator('[data-share]').waitFor();
    await cleo.page.click('#share');
    const next = anna.page.getByRole('button', { name: 'Show the other screen' });
    await next.waitFor();
    assert.match(await shown(anna), /Bert/, 'nobody takes the place of the first');
    await next.focus();
    for (const who of [/Cleo/, /Bert/, /Cleo/]) {
      await anna.page.keyboard.press('Enter');
      await until(`${who}`, async () => who.test(await shown(anna)), { show: () => shown(anna) });
      await has(anna, 'Show the other screen');
    }
    await anna.page.getByRole('button', { name: 'Larger', exact: true }).focus();
    await cleo.page.click('#share');
    await until('the other one is shown', async () => /Bert/.test(await shown(anna)), { show: () => shown(anna) });
    await has(anna, 'Larger');
    await bert.page.click('#share');
    await anna.page.locator('[data-share]').waitFor({ state: 'detached' });
    await has(anna, 'room-name');
  });
});

test('what can be done about somebody ends with them, and with the role of whoever does it', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    await here.server.addUser(`focus-${process.pid}@example.org`, 'Bert B');
    await bert.signIn(`focus-${process.pid}@example.org`);
    await call(anna, bert, cleo);
    await anna.page.click('#people');
    const cohost = async (deed) => {
      await about(anna, 'Bert B').click();
      await anna.page.locator(`[data-deed=${deed}]`).click();
    };
    await cohost('cohost');
    await bert.page.locator('#host-tools-open').focus();
    await bert.page.keyboard.press('Enter');
    await bert.page.locator('#host-tools').waitFor();
    await cohost('no-cohost');
    await bert.page.locator('#host-tools').waitFor({ state: 'detached' });
    await has(bert, 'room-name');

    await cohost('cohost');
    await bert.page.click('#people');
    await about(bert, 'Cleo C').click();
    const remove = bert.page.locator('[data-deed=remove]');
    const { x, y } = await remove.boundingBox();
    await cohost('no-cohost');
    await until('nothing is left to do', async () => !(await bert.page.locator('.deeds').count()) || (await remove.getAttribute('aria-disabled')) === 'true');
    if (await bert.page.locator('.deeds').count()) {
      assert.deepEqual([(await remove.boundingBox()).x, (await remove.boundingBox()).y], [x, y], 'nothing moves under the hand');
      await remove.click({ force: true });
      await pause(300);
      assert.equal(await bert.page.locator('#remove').count(), 0, 'what one may not do any more is not begun');
      await bert.page.keyboard.press('Escape');
    }

    await about(anna, 'Cleo C').click();
    await anna.page.locator('.deeds').waitFor();
    await cleo.leave();
    await anna.page.locator('.deeds').waitFor({ state: 'detached' });
    await has(anna, 'room-name');
  });
});
