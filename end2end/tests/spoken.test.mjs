// What a screen reader hears of a connection that is lost: that it is, and that it is back; each once, from regions that were there before.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cable } from '../support/cable.mjs';
import { SERVER_AWAY } from '../support/guard.mjs';
import { meeting } from '../support/meeting.mjs';
import { until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();
const LOST = 'Connection lost. We are bringing you back…';
const BACK = 'You are connected again';

/** From now on: what appears in each live region that stands already, whole sentences, in their order. */
const listen = (person) => person.page.evaluate(() => {
  window.heard = [];
  window.ears?.forEach((ear) => ear.disconnect());
  window.ears = [];
  const regions = [...document.querySelectorAll('[role=status], [role=alert], [aria-live]')];
  window.regions = regions.length;
  for (const region of regions) {
    let before = region.textContent.trim();
    const ear = new MutationObserver(() => {
      const now = region.textContent.trim();
      if (now && now !== before) window.heard.push(now);
      before = now;
    });
    ear.observe(region, { subtree: true, childList: true, characterData: true });
    window.ears.push(ear);
  }
});
const heard = (person, sentence) => person.page.evaluate((wanted) => window.heard.filter((each) => each.includes(wanted)).length, sentence);
const hears = (person, sentence) => until(`${person.name} hears “${sentence}”`, async () => (await heard(person, sentence)) === 1, { within: 45_000, show: () => person.page.evaluate(() => window.heard) });

test('a lost connection is said, and so is its end', async () => {
  const { server } = here;
  await here.with([{ name: 'Anna L' }], async (anna) => {
    anna.guard.allow(...SERVER_AWAY);
    await meeting('Spoken', anna);
    await listen(anna);
    assert.ok((await anna.page.evaluate(() => window.regions)) >= 3);
    await server.stop();
    await hears(anna, LOST);
    // It is in the tree of what screen readers get, not only in the page.
    await anna.page.getByRole('status').filter({ hasText: LOST }).waitFor();
    assert.equal(await heard(anna, BACK), 0);
    await server.launch();
    await anna.inState('call', 40_000);
    await hears(anna, BACK);
    await anna.page.getByRole('status').filter({ hasText: BACK }).waitFor();
    assert.equal(await heard(anna, LOST), 1, 'said once');
    await anna.page.getByText(LOST).waitFor({ state: 'detached' });
  });
});

// LiveKit's own script often brings one back before ours has to.
test('also where LiveKit’s script itself comes back; others who were hit by the same loss are no news', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    anna.guard.allow(...SERVER_AWAY);
    const cable = await Cable.of(anna);
    await meeting('Cut', anna, bert);
    for (const times of [1, 2]) {
      await listen(anna);
      await cable.pull();
      await hears(anna, LOST);
      await cable.plugIn();
      await anna.inState('call', 40_000);
      await hears(anna, BACK);
      assert.equal(await heard(anna, LOST), 1, `said once, the ${times}. time`);
      assert.deepEqual(await anna.page.evaluate(() => window.heard.filter((each) => each.includes('Bert B'))), []);
    }
  });
});

test('one polite voice for all that happens: one after the other, nothing twice in a row', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    await meeting('Voice', anna, bert);
    await listen(anna);
    assert.equal(await anna.page.locator('[data-part=call-said]').getAttribute('role'), 'status');
    await bert.page.click('#hand');
    await hears(anna, 'Bert B raised a hand');
    await bert.leave();
    await hears(anna, 'Bert B left');
  });
});
