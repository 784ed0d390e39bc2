// Before the call: every way in which a microphone or a camera can fail, what is remembered, and coming in without either.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from '../support/axe.mjs';
import { until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();
let made = 0;

async function room(owner) {
  made += 1;
  const email = `prejoin${made}-${process.pid}@example.org`;
  await here.server.addUser(email, owner.name);
  await owner.signIn(email);
  return owner.makeRoom(`Prejoin ${made}`);
}

/** Runs in the page before its scripts: a device that fails as browsers say it. `window.fail` can be changed later. */
const broken = (fail) => {
  window.fail = fail;
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = (wanted) => {
    const kind = [wanted.audio && 'mic', wanted.video && 'camera'].find((each) => each && window.fail[each]);
    const [name, message] = window.fail[kind] ?? [];
    return name ? Promise.reject(new DOMException(message ?? '', name)) : real(wanted);
  };
};

const ready = (person) => person.page.locator('#join:not([disabled])').waitFor();
const device = (person, kind) => person.page.locator(`.device:has(#${kind}-device)`);
const told = (person, kind) => device(person, kind).locator('.notice');

test('refused by the browser, by the system, taken, missing: told apart, each with its steps; and one comes in all the same', async () => {
  await here.with([{ name: 'Anna L' }], async (anna) => {
    const slug = await room(anna);
    const cases = [
      [['NotAllowedError', 'Permission denied by system'], 'Your system blocks the camera', /privacy settings/],
      [['NotReadableError', 'Could not start video source'], 'Your camera is in use elsewhere', /./],
      [['OverconstrainedError'], 'Your system blocks the camera', /./],
      [['TypeError'], 'Your camera does not start', /./],
    ];
    for (const [fail, title, help] of cases) {
      const page = await anna.context.newPage();
      await page.addInitScript(broken, { camera: fail });
      await page.goto(`/${slug}`);
      const notice = page.locator('.device:has(#camera-device) .notice');
      await notice.waitFor();
      assert.equal(await notice.locator('b').innerText(), title);
      assert.match(await notice.locator('p').innerText(), help);
      assert.equal(await page.locator('#camera').getAttribute('aria-label'), 'The camera cannot be used. Try again');
      assert.equal(await page.locator('#mic').getAttribute('aria-label'), 'Turn microphone off', 'the other goes on');
      await page.close();
    }
    await anna.page.addInitScript(broken, { camera: ['NotReadableError'] });
    await anna.page.goto(`/${slug}`);
    await told(anna, 'camera').waitFor();
    await accessible(anna.page, 'a camera that is taken');
    // The other program is closed; a press tries again.
    await anna.page.evaluate(() => { window.fail = {}; });
    await anna.page.click('#camera');
    await told(anna, 'camera').waitFor({ state: 'detached' });
    await until('the picture moves', () => anna.page.locator('.preview__video').evaluate((video) => !video.hidden && video.videoWidth > 0));
    await anna.page.evaluate(() => { window.fail = { mic: ['NotReadableError'], camera: ['NotReadableError'] }; });
    await anna.page.click('#camera');
    await anna.pressJoin();
    await anna.hasTiles(1);
  });
});

test('refused by the visitor: the steps of this browser; allowed later, it starts by itself', async () => {
  const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
  await here.with([{ name: 'Anna L' }, { name: 'Bert B', permissions: [], userAgent: chrome }], async (anna, bert) => {
    const slug = await room(anna);
    await bert.page.addInitScript(broken, { mic: ['NotAllowedError', 'Permission denied'], camera: ['NotAllowedError', 'Permission denied'] });
    await bert.page.goto(`/${slug}`);
    for (const kind of ['mic', 'camera']) {
      await told(bert, kind).waitFor();
      assert.match(await told(bert, kind).locator('b').innerText(), /^The browser blocks your /);
      assert.match(await told(bert, kind).locator('p').innerText(), /two sliders/);
    }
    assert.equal(await bert.page.locator('.preview__say').isVisible(), true);
    await bert.page.evaluate(() => { window.fail = {}; });
    await bert.context.grantPermissions(['camera', 'microphone']);
    for (const kind of ['mic', 'camera']) await told(bert, kind).waitFor({ state: 'detached' });
    await until('seen', () => bert.page.locator('.preview__video').isVisible());
  });
});

test('no device at all: one joins, sees and hears the others', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    const slug = await room(anna);
    await bert.page.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('Requested device not found', 'NotFoundError'));
      navigator.mediaDevices.enumerateDevices = () => Promise.resolve([]);
    });
    await anna.join(slug);
    await bert.page.goto(`/${slug}`);
    await told(bert, 'mic').waitFor();
    assert.equal(await told(bert, 'mic').locator('b').innerText(), 'No microphone found');
    assert.equal(await told(bert, 'camera').locator('b').innerText(), 'No camera found');
    await bert.pressJoin();
    await bert.hasTiles(2);
    await until('Bert sees Anna', () => bert.page.locator('[data-tile] video').first().evaluate((video) => video.videoWidth > 0));
    await anna.page.locator('.tile', { hasText: 'Bert B' }).getByText('Muted').waitFor({ state: 'attached' });
  });
});

test('unplugged while looking: off, told, and no new question', async () => {
  await here.with([{ name: 'Anna L' }], async (anna) => {
    const slug = await room(anna);
    await anna.page.addInitScript(() => {
      const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      window.asked = 0;
      navigator.mediaDevices.getUserMedia = async (wanted) => {
        window.asked += 1;
        window.stream = await real(wanted);
        return window.stream;
      };
    });
    await anna.page.goto(`/${slug}`);
    await until('it looks', () => anna.page.locator('.preview__video').isVisible());
    // As a browser does it when the cable is pulled.
    await anna.page.evaluate(() => window.stream.getVideoTracks()[0].dispatchEvent(new Event('ended')));
    await told(anna, 'camera').waitFor();
    assert.equal(await told(anna, 'camera').locator('b').innerText(), 'No camera found');
    assert.equal(await anna.page.evaluate(() => window.asked), 1);
    assert.equal(await anna.page.locator('#mic').getAttribute('aria-label'), 'Turn microphone off');
  });
});

test('a microphone from which nothing comes: told after ten seconds, and taken back with the first sound', async () => {
  await here.with([{ name: 'Anna L' }], async (anna) => {
    const slug = await room(anna);
    await anna.page.addInitScript(() => {
      const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = async (wanted) => {
        const stream = await real(wanted);
        if (!wanted.audio) return stream;
        const context = new AudioContext();
        const [voice, volume, out] = [context.createOscillator(), context.createGain(), context.createMediaStreamDestination()];
        volume.gain.value = 0;
        voice.connect(volume).connect(out);
        voice.start();
        window.voice = volume.gain;
        return new MediaStream([...out.stream.getAudioTracks(), ...stream.getVideoTracks()]);
      };
    });
    await anna.page.goto(`/${slug}`);
    await ready(anna);
    const begun = Date.now();
    const notice = anna.page.getByText('No sound reaches us from this microphone.');
    await notice.waitFor();
    assert.ok(Date.now() - begun > 8000, `${Date.now() - begun} ms`);
    const lit = () => anna.page.locator('.meter .is-on').count();
    assert.equal(await lit(), 0);
    await anna.page.evaluate(() => { window.voice.value = 0.5; });
    await notice.waitFor({ state: 'detached' });
    await until('the level moves', async () => (await lit()) > 3, { show: lit });
    // The speaker test sounds, and says so.
    await anna.page.click('#speaker-test');
    await anna.page.getByRole('button', { name: 'Playing' }).waitFor();
    await anna.page.getByRole('button', { name: 'Test' }).waitFor();
  });
});

test('what was chosen is remembered: name, muted, no camera; and others see it so', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    const slug = await room(anna);
    await anna.join(slug);
    await bert.page.goto(`/${slug}`);
    await ready(bert);
    assert.equal((await bert.page.locator('#join').innerText()).trim(), 'Join');
    await until('both are on', async () => (await bert.page.locator('#camera').getAttribute('aria-label')) === 'Turn camera off');
    await bert.page.click('#mic');
    await bert.page.click('#camera');
    await bert.pressJoin();
    await anna.hasTiles(2);
    const tile = anna.page.locator('.tile', { hasText: 'Bert B' });
    await tile.getByText('Muted').waitFor({ state: 'attached' });
    assert.equal(await tile.locator('video').count(), 0);
    await bert.leave();
    await bert.ended();
    await bert.page.goto(`/${slug}`);
    await ready(bert);
    assert.equal(await bert.page.inputValue('#name'), 'Bert B');
    assert.equal(await bert.page.locator('#mic').getAttribute('aria-label'), 'Turn microphone on');
    assert.equal(await bert.page.locator('#camera').getAttribute('aria-label'), 'Turn camera on');
  });
});
