// What spares machines and connections: one switch, pictures nobody looks at, and a word when a connection is weak.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from '../support/axe.mjs';
import { bare } from '../support/meeting.mjs';
import { receives } from '../support/person.mjs';
import { call, fresh, grows, open, settles } from '../support/sharpness.mjs';
import { pause, until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();

test('one switch spares machine and connection, and gives back what it took', async () => {
  const size = { viewport: { width: 1440, height: 900 } };
  await here.with([{ name: 'Anna L', ...size }, { name: 'Bert B', ...size }], async (anna, bert) => {
    await call(anna, bert);
    await grows(bert);
    await anna.page.click('#more');
    const low = anna.page.locator('#low-power');
    assert.equal(await low.getAttribute('aria-checked'), 'false');
    await low.click();
    await settles(bert, 180);
    await until('no picture comes', async () => (await fresh(anna)) === 0);
    const rate = await bert.page.evaluate(async () => {
      const frames = async () => (await window.visavis.stats()).find(({ source }) => source === 'camera').framesDecoded;
      const before = await frames();
      await new Promise((done) => setTimeout(done, 2000));
      return ((await frames()) - before) / 2;
    });
    assert.ok(rate > 3 && rate < 18, `${rate} pictures a second`);
    assert.equal(await anna.page.evaluate(() => getComputedStyle(document.querySelector('.avatar')).animationDuration), '0.001s');
    await anna.page.reload();
    await anna.pressJoin();
    await anna.page.locator('#hand').waitFor();
    await until('no picture comes', async () => (await fresh(anna)) === 0);
    await open(anna);
    assert.equal(await anna.page.isDisabled('#settings-send-720'), true);
    await accessible(anna.page, 'sparing');
    await anna.page.uncheck('#settings-low');
    await anna.page.keyboard.press('Escape');
    await grows(bert);
    await receives(anna);
  });
});

test('a picture that is not on the screen is not received', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    await call(anna, bert, cleo);
    await until('both come', async () => (await fresh(anna)) === 2);
    await cleo.page.click('#share');
    await anna.page.locator('#shared video').waitFor();
    // Beside a shared screen the people stand in a strip: what has been scrolled out of it is off the screen.
    const strip = (height) => anna.page.locator('.strip').evaluate((list, size) => list.style.setProperty('max-block-size', size), height);
    await strip('60px');
    const visible = () => anna.page.locator('.strip [data-tile]:not(.is-own)').evaluateAll((all) => all.filter((tile) => {
      const [box, strip] = [tile.getBoundingClientRect(), tile.closest('.strip').getBoundingClientRect()];
      return box.bottom > strip.top && box.top < strip.bottom;
    }).length);
    await until('not both are on the screen', async () => (await visible()) < 2, { show: visible });
    await until('only what is on the screen comes', async () => (await fresh(anna)) === (await visible()), { within: 20_000, show: () => fresh(anna) });
    await strip('none');
    await until('both come', async () => (await fresh(anna)) === 2, { within: 20_000 });
  });
});

test('a weak connection is named: ours with what helps, offered once; that of another', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    await bare(anna);
    await anna.context.addInitScript(() => {
      const real = Date.now.bind(Date);
      window.later = 0;
      Date.now = () => real() + window.later;
    });
    await call(anna, bert);
    // What LiveKit itself thinks of this machine is kept out of it.
    await anna.page.evaluate(() => {
      const emit = window.room.emit.bind(window.room);
      window.room.emit = (event, ...all) => event !== 'connectionQualityChanged' && emit(event, ...all);
      window.quality = (own, now) => emit('connectionQualityChanged', now, own ? window.room.localParticipant : [...window.room.remoteParticipants.values()][0]);
    });
    const quality = (own, word) => anna.page.evaluate(([mine, now]) => void window.quality(mine, now), [own, word]);
    const pills = anna.page.locator('.pill--care');
    await quality(false, 'poor');
    await pause(1500);
    assert.equal(await pills.count(), 0, 'it may pass');
    await anna.page.evaluate(() => (window.later += 10_000));
    await pills.getByText('Bert B has a weak connection. Yours is fine.').waitFor();
    await pills.getByRole('button', { name: 'Close' }).click();
    await quality(true, 'poor');
    await anna.page.evaluate(() => (window.later += 10_000));
    await pills.getByText('Your connection is weak.').waitFor();
    await accessible(anna.page, 'offer');
    await anna.page.click('#spare');
    await until('it spares', () => anna.page.evaluate(() => document.documentElement.classList.contains('is-low')));
    await until('no picture comes', async () => (await fresh(anna)) === 0);
    // Not offered again.
    await quality(true, 'good');
    await anna.page.click('#more');
    await anna.page.click('#low-power');
    await anna.page.evaluate(() => (window.later += 400_000));
    await quality(true, 'lost');
    await anna.page.evaluate(() => (window.later += 10_000));
    await pills.getByText('Sound goes first, pictures may stop.').waitFor();
    assert.equal(await anna.page.locator('#spare').count(), 0);
  });
});
