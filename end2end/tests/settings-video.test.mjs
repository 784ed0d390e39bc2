// What is sent and received of pictures, as it was chosen, and without a choice.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from '../support/axe.mjs';
import { receives } from '../support/person.mjs';
import { pause, until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();
let made = 0;

/** A room with its owner inside, and whoever else is to be. */
async function call(owner, ...guests) {
  made += 1;
  const email = `video${made}-${process.pid}@example.org`;
  await here.server.addUser(email, owner.name);
  await owner.signIn(email);
  const slug = await owner.makeRoom(`Video ${made}`);
  await owner.join(slug);
  for (const guest of guests) await guest.join(slug);
  await Promise.all([owner, ...guests].map((person) => person.hasTiles(guests.length + 1)));
  await Promise.all([owner, ...guests].map((person) => person.page.locator('#hand').waitFor()));
  return slug;
}

async function open(person) {
  await person.page.click('#more');
  await person.page.click('#open-settings');
  await person.page.click('#settings-video');
}
const entries = async (person, source = 'camera') => (await person.stats()).filter((entry) => entry.source === source && entry.kind === 'video');
const height = async (person) => (await entries(person))[0]?.frameHeight;
/** New frames of this source within a second. */
async function fresh(person, source = 'camera') {
  const before = new Map((await entries(person, source)).map((entry) => [entry.identity, entry.packetsReceived]));
  await pause(1000);
  return (await entries(person, source)).filter((entry) => entry.packetsReceived > (before.get(entry.identity) ?? 0)).length;
}
const settles = (watcher, wanted) => until(`${watcher.name} receives ${wanted} lines`, async () => (await height(watcher)) === wanted, { within: 20_000, show: () => entries(watcher) });
/** LiveKit begins small, and takes its time for the largest. */
const grows = (watcher) => until(`${watcher.name} receives more than 180 lines`, async () => (await height(watcher)) > 180, { within: 20_000, show: () => entries(watcher) });
/** LiveKit's own object, as it is put into place. */
const catchRoom = (person) => person.context.addInitScript(() => {
  const define = Object.defineProperty;
  define(Object.prototype, 'localParticipant', {
    configurable: true,
    set(value) {
      window.room = this;
      define(this, 'localParticipant', { value, writable: true, configurable: true, enumerable: true });
    },
  });
});

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
      const now = (await anna.stats()).filter(({ source, totalAudioEnergy }) => source === 'microphone' && totalAudioEnergy > 0);
      return now.length === 2;
    });
    await open(anna);
    await anna.page.check('#settings-receive-high');
    await until('both come back', async () => (await fresh(anna)) === 2);
  });
});

test('one switch spares machine and connection, and gives back what it took', async () => {
  const size = { viewport: { width: 1440, height: 900 } };
  await here.with([{ name: 'Anna L', ...size }, { name: 'Bert B', ...size }], async (anna, bert) => {
    const slug = await call(anna, bert);
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
    await catchRoom(anna);
    await anna.context.addInitScript(() => {
      const real = Date.now.bind(Date);
      window.later = 0;
      Date.now = () => real() + window.later;
    });
    await call(anna, bert);
    const quality = (own, word) => anna.page.evaluate(([mine, now]) => {
      const who = mine ? window.room.localParticipant : [...window.room.remoteParticipants.values()][0];
      window.room.emit('connectionQualityChanged', now, who);
    }, [own, word]);
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
