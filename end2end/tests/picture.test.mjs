// What one sees: layouts, and who is large for everybody.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from '../support/axe.mjs';
import { nameOf } from '../support/livekit.mjs';
import { meeting } from '../support/meeting.mjs';
import { until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();

const call = (owner, ...guests) => meeting('Picture', owner, ...guests);

const large = (person) => person.page.locator('.focus [data-tile] .tile__name > span[dir]').allInnerTexts();
const isLarge = (person, ...names) => until(`${names} large for ${person.name}`, async () => JSON.stringify((await large(person)).sort()) === JSON.stringify(names.sort()), { show: () => large(person) });
const dialog = (person, name) => person.page.getByRole('dialog', { name });
const places = (person) => person.page.locator('.tiles [data-tile]').evaluateAll((tiles) => tiles.map((tile) => {
  const { x, y, width, height } = tile.getBoundingClientRect();
  return [tile.dataset.tile, x, y, width, height].map((part) => (typeof part === 'number' ? Math.round(part) : part)).join(' ');
}));

async function openLayout(person) {
  await person.page.click('#more');
  await person.page.click('#layout');
  await dialog(person, 'Layout').waitFor();
}

/** Somebody whose voice the test has in hand. */
const voice = (person) => person.context.addInitScript(() => {
  const user = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await user(wanted);
    if (!wanted.audio) return stream;
    const context = new AudioContext();
    const [tone, volume, out] = [context.createOscillator(), context.createGain(), context.createMediaStreamDestination()];
    window.speak = (loud) => (volume.gain.value = loud);
    volume.gain.value = 0;
    tone.connect(volume).connect(out);
    tone.start();
    return new MediaStream([...out.stream.getAudioTracks(), ...stream.getVideoTracks()]);
  };
});

/** Somebody who costs this machine little: neither camera nor microphone. */
const silent = (person) => person.context.addInitScript(() => localStorage.setItem('visavis.choices', '{"mic":false,"camera":false}'));

test('a page holds as many tiles as was chosen, one may see the speaker alone, and nobody moves without need', async () => {
  const people = ['Anna L', 'Bert B', 'Cleo C', 'Dora D', 'Emil E'].map((name) => ({ name }));
  await here.with(people, async (anna, bert, cleo, dora, emil) => {
    await voice(cleo);
    for (const each of [bert, dora, emil]) await silent(each);
    await call(anna, bert, cleo, dora, emil);
    const before = await places(anna);
    await cleo.page.click('#mic');
    await anna.page.locator('[data-tile]', { hasText: 'Cleo C' }).getByText('Muted').waitFor({ state: 'attached' });
    assert.deepEqual(await places(anna), before, 'muting moves nobody');
    await cleo.page.click('#mic');
    await cleo.page.evaluate(() => window.speak(0.5));
    await anna.page.locator('[data-tile].is-speaking', { hasText: 'Cleo C' }).waitFor({ state: 'attached' });
    await cleo.page.click('#camera');
    await until('Cleo has no picture', async () => !(await anna.page.locator('[data-tile]', { hasText: 'Cleo C' }).locator('video').count()));
    assert.deepEqual(await places(anna), before, 'nor does speaking, or a camera that goes');

    await openLayout(anna);
    await accessible(anna.page, 'layout');
    const radios = dialog(anna, 'Layout').getByRole('radio');
    assert.deepEqual(await radios.evaluateAll((all) => all.filter(({ checked }) => checked).map(({ value }) => value)), ['tiles', '30']);
    await dialog(anna, 'Layout').getByRole('radio', { name: '4', exact: true }).press('Space');
    await anna.page.keyboard.press('Escape');
    assert.equal(await anna.page.evaluate(() => document.activeElement.id), 'more', 'the focus comes back');
    await anna.hasTiles(4);
    await anna.page.getByText('1 / 2').or(anna.page.locator('.pager')).first().waitFor();
    const on = anna.page.locator('.pager button').last();
    await on.press('Enter');
    await anna.hasTiles(1);
    assert.equal(await on.getAttribute('aria-disabled'), 'true');
    assert.ok(await on.evaluate((button) => document.activeElement === button), 'the focus stays where it was at the last page');
    await on.press('Enter');
    await anna.hasTiles(1);
    await openLayout(anna);
    await dialog(anna, 'Layout').getByRole('radio', { name: '9' }).press('Space');
    await dialog(anna, 'Layout').getByRole('radio', { name: 'Speaker only' }).press('Space');
    await anna.page.keyboard.press('Escape');
    await anna.hasTiles(1);
    const [box, stage] = await Promise.all(['.focus [data-tile]', '.call__stage'].map((at) => anna.page.locator(at).boundingBox()));
    assert.ok(box.width > stage.width * 0.7, JSON.stringify([box, stage]));
    await anna.page.reload();
    await anna.pressJoin();
    await until('it is remembered', async () => (await large(anna)).length === 1 && (await anna.tiles()) === 1);
    await openLayout(anna);
    await dialog(anna, 'Layout').getByRole('radio', { name: 'Tiles' }).press('Space');
    await anna.page.keyboard.press('Escape');
    await anna.hasTiles(5);
  });
});

const spot = (person, name, on = true) => person.page.getByRole('button', { name: `${on ? 'Show' : 'No longer show'} ${name} large for everyone` });

test('a host shows somebody large to everybody; who pins somebody, who leaves, and who forges', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }, { name: 'Cleo C', viewport: { width: 390, height: 844 } }], async (anna, bert, cleo) => {
    const slug = await call(anna, bert, cleo);
    assert.equal(await bert.page.locator('tile-spot *').count(), 0, 'for hosts alone');
    await spot(anna, 'Bert B').focus();
    await anna.page.keyboard.press('Enter');
    await isLarge(anna, 'Bert B');
    await isLarge(cleo, 'Bert B');
    await isLarge(bert, 'You');
    await bert.page.getByText('You are now large for everyone').first().waitFor();
    await accessible(anna.page, 'spotlight');
    await cleo.page.locator('[data-tile]', { hasText: 'Bert B' }).getByRole('img', { name: 'Large for everyone' }).waitFor();
    // One's own pin counts more, for oneself.
    await cleo.page.getByRole('button', { name: 'Keep Anna L large' }).click();
    await isLarge(cleo, 'Anna L');
    await isLarge(anna, 'Bert B');
    await cleo.page.getByRole('button', { name: 'No longer keep Anna L large' }).click();
    await isLarge(cleo, 'Bert B');
    // Who comes later sees the same.
    await cleo.page.reload();
    await cleo.pressJoin();
    await isLarge(cleo, 'Bert B');

    // A guest's requests and packets change nothing.
    const room = await nameOf(here.server, slug);
    const refused = await bert.page.evaluate(async (room) => {
      const answer = await fetch(`/api/v1.0/rooms/${room}/spotlight/`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-csrftoken': 'x' }, body: '{"participant_identity":"x","on":true}' });
      return answer.status;
    }, room);
    assert.equal(refused, 401);
    bert.guard.allow(/401/);

    await spot(anna, 'yourself').click();
    await isLarge(bert, 'Anna L', 'You');
    await bert.leave();
    await isLarge(cleo, 'Anna L');
    await bert.join(slug);
    await bert.hasTiles(3);
    await isLarge(bert, 'Anna L');
    await isLarge(cleo, 'Anna L');
    await spot(anna, 'yourself', false).click();
    for (const each of [anna, bert, cleo]) await isLarge(each);
  });
});
