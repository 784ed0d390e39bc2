// A shared screen that fills the screen: what has to be known stands over it, and the way back to everything else is there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from '../support/axe.mjs';
import { meeting } from '../support/meeting.mjs';
import { until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();

/** Whether it is on the screen: not only in the page, but under no element that fills it. */
const seen = (person, at) => person.page.locator(at).evaluateAll((all) => all.some((each) => {
  const { x, y, width, height } = each.getBoundingClientRect();
  const top = document.elementFromPoint(x + width / 2, y + height / 2);
  return width > 0 && each.contains(top);
}));
const full = (person) => person.page.evaluate(() => !!document.fullscreenElement);
const isFull = (person, wanted) => until(`full screen is ${wanted}`, async () => (await full(person)) === wanted);

test('over a shared screen that fills the screen one sees who writes and who has a hand up, and comes to the chat', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    await meeting('Full', anna, bert, cleo);
    await bert.page.click('#share');
    const fill = anna.page.locator('.share__tools').getByRole('button', { name: 'Full screen' });
    await fill.click();
    await isFull(anna, true);
    const [picture, window] = await anna.page.locator('.share__picture').evaluate((frame) => {
      const { width, height } = frame.getBoundingClientRect();
      return [[width, height], [innerWidth, innerHeight]];
    });
    assert.deepEqual(picture, window, 'the screen alone, all of it');
    await cleo.page.click('#hand');
    await until('the hand is seen', () => seen(anna, 'hand-first .pill'));
    await cleo.say('Look at the third line');
    await until('the message is seen', () => seen(anna, '.toast'));
    await accessible(anna.page, 'full screen');
    await anna.page.locator('.toast__open').click();
    await anna.page.locator('#say').waitFor();
    await until('the chat is seen', () => seen(anna, '#say'));
    assert.equal(await full(anna), false, 'the chat stands beside the stage');

    // From one screen to the other it goes on; with the last one it ends.
    await fill.click();
    await isFull(anna, true);
    await cleo.page.click('#share');
    await anna.page.getByRole('button', { name: 'Show the other screen' }).click();
    await until('Cleo’s screen', async () => /Cleo/.test(await anna.page.locator('[data-share] .tile__name').innerText()));
    assert.equal(await full(anna), true);
    for (const each of [bert, cleo]) await each.page.click('#share');
    await isFull(anna, false);
    assert.ok(await seen(anna, '#leave'));
  });
});
