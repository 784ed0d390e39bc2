// What stands behind somebody: nothing is loaded before it is chosen, and the others receive it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from '../support/axe.mjs';
import { meeting } from '../support/meeting.mjs';
import { load } from '../support/typescript.mjs';
import { until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();
const { known } = await load('backgrounds/choice.ts');
const { Slowness } = await load('backgrounds/slow.ts');

test('what is remembered is one of those there are', () => {
  for (const fine of ['light', 'strong', 'own', 'hills', 'evening']) assert.equal(known(fine), fine);
  for (const other of [null, '', 'none', 'beach', '__proto__', 'https://example.org/x.png']) assert.equal(known(other), 'none', other);
});

test('too slow is ten bad seconds in a row, while somebody looks', () => {
  const slowness = new Slowness();
  const second = (frames, counts = true) => {
    for (let frame = 0; frame < frames; frame += 1) slowness.frame();
    return slowness.second(counts);
  };
  for (let at = 0; at < 9; at += 1) assert.equal(second(7), false);
  assert.equal(second(8), false, 'it caught up');
  for (let at = 0; at < 9; at += 1) assert.equal(second(3), false);
  assert.equal(second(0, false), false, 'the camera is off');
  for (let at = 0; at < 9; at += 1) assert.equal(second(3), false);
  assert.equal(second(7), true);
});

const call = (owner, ...guests) => meeting('Background', owner, ...guests);

/** A camera that this machine, which has no GPU, can keep up with; `fps` 3 is too slow for anybody. */
const camera = (person, fps = 15) => person.context.addInitScript((fps) => {
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = (wishes) => real({ ...wishes, ...(wishes.video && { video: { width: 320, height: 180, frameRate: fps } }) });
}, fps);

const dialog = (person) => person.page.getByRole('dialog', { name: 'Background' });

async function choose(person, name) {
  await person.page.click('#more');
  await person.page.click('#background');
  await dialog(person).getByRole('radio', { name }).press('Space');
  await until('it is done', async () => (await dialog(person).getByRole('status').innerText()) === '');
  await dialog(person).getByRole('button', { name: 'Close' }).click();
}

/** The mean colour of the upper left corner of somebody's picture, as `watcher` receives it. */
const corner = (watcher, name) => watcher.page.locator('[data-tile]', { hasText: name }).locator('video').evaluate((video) => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 32, height: 32 });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.drawImage(video, 0, 0, video.videoWidth / 4, video.videoHeight / 4, 0, 0, 32, 32);
  const { data } = context.getImageData(0, 0, 32, 32);
  return [0, 1, 2].map((part) => Math.round(data.filter((_, at) => at % 4 === part).reduce((sum, value) => sum + value, 0) / 1024));
});
const looks = (watcher, name, what, wanted) => until(`${watcher.name} sees ${name} ${what}`, async () => wanted(await corner(watcher, name)), { within: 30_000, show: () => corner(watcher, name) });
/** Chromium's made-up camera is green; none of our pictures is, up there. */
const isGreen = ([red, green, blue]) => green > red + 40 && green > blue + 40;
const isSea = ([red, green, blue]) => blue > red + 20 && blue > green;

const lazy = (person) => person.guard.requests.filter((url) => /\/(backgrounds|vision|segmenter|background-\w+)-/.test(url)).map((url) => /\/([a-z-]+)-[0-9a-f]{16}\./.exec(url)[1]);

test('a picture is received by the others, comes back in the next call, waits for the camera, and goes again', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    // What MediaPipe's module says of itself goes to the console as errors.
    const talk = /(gl_context|segmentation_postprocessor|image_segmenter_graph|inference_feedback|XNNPACK|Graph successfully)/;
    anna.guard.allow(talk);
    await camera(anna);
    await call(anna, bert);
    await looks(bert, 'Anna L', 'as the camera does', isGreen);
    assert.deepEqual(lazy(anna), [], 'nothing is loaded before it is chosen');
    await anna.page.click('#more');
    await anna.page.click('#background');
    await dialog(anna).waitFor();
    await accessible(anna.page, 'backgrounds');
    assert.deepEqual(lazy(anna).filter((name) => !name.startsWith('background-')), [], 'nor to look at the small pictures');
    await anna.page.keyboard.press('Escape');
    await choose(anna, 'Sea');
    await looks(bert, 'Anna L', 'before the sea', isSea);
    assert.deepEqual(['backgrounds', 'segmenter', 'vision'].filter((name) => !lazy(anna).includes(name)), []);
    assert.deepEqual(lazy(bert), [], 'and by nobody else');
    await choose(anna, 'Blurred strongly');
    await looks(bert, 'Anna L', 'blurred', isGreen);
    await choose(anna, 'Sea');
    await looks(bert, 'Anna L', 'before the sea again', isSea);

    // Off and on again: what is behind stays.
    await anna.page.click('#camera');
    await until('no picture', async () => !(await bert.page.locator('[data-tile]', { hasText: 'Anna L' }).locator('video').count()));
    await anna.page.click('#camera');
    await looks(bert, 'Anna L', 'before the sea after a pause', isSea);

    // In the next call too, and with a camera that is off it waits.
    await anna.page.reload();
    await bert.hasTiles(1);
    await anna.pressJoin();
    await bert.hasTiles(2);
    const seen = new Set();
    await looks(bert, 'Anna L', 'before the sea in the next call', (colour) => {
      seen.add(isGreen(colour) ? 'green' : '');
      return isSea(colour);
    });
    assert.ok(!seen.has('green'), 'and never without it');
    await anna.page.click('#camera');
    await anna.page.click('#more');
    await anna.page.click('#background');
    await dialog(anna).getByRole('radio', { name: 'Hills' }).press('Space');
    await dialog(anna).getByText('as soon as your camera is on').waitFor();
    await dialog(anna).getByRole('radio', { name: 'None' }).press('Space');
    await anna.page.keyboard.press('Escape');
    await anna.page.click('#camera');
    await looks(bert, 'Anna L', 'as the camera does', isGreen);
  });
});

const RED = 'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAF0lEQVR4nGP4z8BAEiJN9aiGUQ1DSgMAkPn/Afnh+ngAAAAASUVORK5CYII=';

test('a picture of one’s own stays in this browser; what is none is refused', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    anna.guard.allow(/(gl_context|segmentation_postprocessor|image_segmenter_graph|inference_feedback|XNNPACK|Graph successfully)/);
    await camera(anna);
    await call(anna, bert);
    await anna.page.click('#more');
    await anna.page.click('#background');
    const file = dialog(anna).locator('input[type=file]');
    await file.setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await anna.page.getByText('This file is no picture').first().waitFor();
    await file.setInputFiles({ name: 'red.png', mimeType: 'image/png', buffer: Buffer.from(RED, 'base64') });
    await dialog(anna).getByRole('radio', { name: 'My picture' }).waitFor();
    await looks(bert, 'Anna L', 'before red', ([red, green, blue]) => red > green + 80 && red > blue + 80);
    const sent = anna.guard.requests.filter((url) => url.startsWith('http') && /upload|file|background$/.test(new URL(url).pathname));
    assert.deepEqual(sent, [], 'nothing is sent to the server');
    await dialog(anna).getByRole('button', { name: 'Remove my picture' }).click();
    await looks(bert, 'Anna L', 'as the camera does', isGreen);
    await anna.page.keyboard.press('Escape');
  });
});

test('a machine that is too slow says so and shows nothing; what is really there is shown by its owner alone', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    anna.guard.allow(/(gl_context|segmentation_postprocessor|image_segmenter_graph|inference_feedback|XNNPACK|Graph successfully)/);
    await camera(anna, 3);
    await call(anna, bert);
    await choose(anna, 'Sea');
    await looks(bert, 'Anna L', 'before the sea', isSea);
    await anna.page.getByText('This device is too slow for another background').first().waitFor({ timeout: 25_000 });
    // Off, not shown with what is really there.
    await until('Anna is not seen', async () => (await bert.page.locator('[data-tile]', { hasText: 'Anna L' }).locator('video').count()) === 0);
    await anna.page.click('#camera');
    await looks(bert, 'Anna L', 'as the camera does', isGreen);
    await anna.page.click('#more');
    await anna.page.click('#background');
    assert.equal(await dialog(anna).getByRole('radio', { name: 'None' }).isChecked(), true);
  });
});

test('who switches the camera on in the call for the first time is not seen without the background', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    anna.guard.allow(/(gl_context|segmentation_postprocessor|image_segmenter_graph|inference_feedback|XNNPACK|Graph successfully)/);
    await camera(anna);
    await anna.context.addInitScript(() => localStorage.setItem('visavis.choices', JSON.stringify({ camera: false, background: 'sea' })));
    await call(anna, bert);
    await anna.page.click('#camera');
    const seen = [];
    await until('Bert sees the sea', async () => {
      if (!(await bert.page.locator('[data-tile]', { hasText: 'Anna L' }).locator('video').count())) return false;
      const colour = await corner(bert, 'Anna L').catch(() => undefined);
      if (colour) seen.push(colour);
      return colour && isSea(colour);
    }, { within: 30_000, every: 30, show: () => JSON.stringify(seen) });
    assert.deepEqual(seen.filter(isGreen), []);
  });
});
