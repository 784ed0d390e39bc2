// What is sent and received of pictures, as it was chosen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AUDIBLE } from '../support/person.mjs';
import { call, fresh, grows, open, settles } from '../support/sharpness.mjs';
import { pause, until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();

test('the own picture is sent as sharp as chosen: now, when the camera was off meanwhile, and at the next meeting', async () => {
  const size = { viewport: { width: 1440, height: 900 } };
  await here.with([{ name: 'Anna L', ...size }, { name: 'Bert B', ...size }], async (anna, bert) => {
    const slug = await call(anna, bert);
    await grows(anna);
    await open(bert);
    await bert.page.check('#settings-send-180');
    await settles(anna, 180);
    const own = () => bert.page.locator('.tile.is-own video').evaluate((view) => view.videoHeight);
    await until('the own picture too', async () => (await own()) === 180, { show: own });
    await bert.page.keyboard.press('Escape');
    await bert.page.click('.bar #camera');
    await until('Anna sees no picture', async () => (await anna.page.locator('[data-tile] video').count()) === 1);
    await open(bert);
    await bert.page.check('#settings-send-360');
    await bert.page.keyboard.press('Escape');
    await pause(500);
    assert.equal(await bert.page.locator('.bar #camera.is-on').count(), 0, 'the camera stays off');
    await bert.page.click('.bar #camera');
    await settles(anna, 360);
    await bert.join(slug);
    await until('at the next meeting', async () => (await own()) === 360, { show: own });
  });
});

test('pictures of others come as chosen, also of those who come later; their screens always', async () => {
  const size = { viewport: { width: 1440, height: 900 } };
  await here.with([{ name: 'Anna L', ...size }, { name: 'Bert B' }, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    const slug = await call(anna, bert);
    await grows(anna);
    await open(anna);
    await anna.page.check('#settings-receive-low');
    await settles(anna, 180);
    await anna.page.check('#settings-receive-none');
    await until('no picture comes', async () => (await fresh(anna)) === 0);
    await until('there is a face instead', async () => (await anna.page.locator('[data-tile]:not(.is-own) video').count()) === 0);
    await anna.page.keyboard.press('Escape');
    await cleo.join(slug);
    await anna.hasTiles(3);
    await cleo.page.click('#share');
    await anna.page.locator('#shared video').waitFor();
    await until('the screen comes', async () => (await fresh(anna, 'screen_share')) === 1);
    assert.equal(await fresh(anna), 0, 'and nobody’s camera');
    await until('sound too', async () => {
      const now = (await anna.stats()).filter(({ source, totalAudioEnergy }) => source === 'microphone' && totalAudioEnergy > AUDIBLE);
      return now.length === 2;
    });
    await open(anna);
    await anna.page.check('#settings-receive-high');
    await until('both come back', async () => (await fresh(anna)) === 2);
  });
});
