// A closer look at a shared screen, what its owner is told, and the small window.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from '../support/axe.mjs';
import { meeting } from '../support/meeting.mjs';
import { until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();

const call = (owner, ...guests) => meeting('Picture', owner, ...guests);

test('one looks closer at a shared screen with buttons, keys, the wheel and the pointer', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    await call(anna, bert);
    await bert.page.click('#share');
    const picture = anna.page.locator('.share__picture');
    await picture.waitFor();
    const zoom = () => picture.locator('video').evaluate((video) => {
      const { a, e, f } = new DOMMatrix(getComputedStyle(video).transform);
      return { scale: Math.round(a * 100) / 100, x: Math.round(e), y: Math.round(f) };
    });
    const is = (what, wanted) => until(what, async () => wanted(await zoom()), { show: zoom });
    const press = (name) => picture.getByRole('button', { name, exact: true }).click();
    await press('Larger');
    await is('larger', ({ scale, x }) => scale === 1.5 && x < 0);
    await accessible(anna.page, 'zoomed');
    await press('Smaller');
    await is('as it was', ({ scale, x, y }) => scale === 1 && x === 0 && y === 0);
    const box = await picture.boundingBox();
    await anna.page.mouse.dblclick(box.x + 10, box.y + box.height / 2);
    await is('twice, where it was pressed', ({ scale, x }) => scale === 2 && Math.abs(x) < 15);
    await anna.page.mouse.move(box.x + 300, box.y + 300);
    await anna.page.mouse.down();
    await anna.page.mouse.move(box.x + 200, box.y + 250, { steps: 4 });
    await anna.page.mouse.up();
    await is('moved with the pointer', ({ x }) => x < -80);
    const { x } = await zoom();
    // Let go where nobody heard of it: the picture does not stick to a mouse that presses nothing.
    await picture.evaluate((frame) => {
      const mouse = { pointerId: 77, pointerType: 'mouse', bubbles: true };
      frame.setPointerCapture = () => {};
      frame.dispatchEvent(new PointerEvent('pointerdown', { ...mouse, buttons: 1, clientX: 200, clientY: 200 }));
      for (const clientX of [300, 400]) frame.dispatchEvent(new PointerEvent('pointermove', { ...mouse, buttons: 0, clientX, clientY: 300 }));
    });
    assert.equal((await zoom()).x, x);
    await picture.focus();
    await anna.page.keyboard.press('ArrowLeft');
    await is('moved with a key', (now) => now.x > x);
    await anna.page.keyboard.press('0');
    await is('fits', ({ scale }) => scale === 1);
    await anna.page.keyboard.down('Control');
    await anna.page.mouse.wheel(0, -200);
    await anna.page.keyboard.up('Control');
    await is('the wheel with Ctrl', ({ scale }) => scale > 1.5);
    await anna.page.mouse.wheel(0, -200);
    const { scale } = await zoom();
    await press('Fit');
    await is('fits again', (now) => now.scale === 1 && scale > 1);
  });
});

/** Keeps hold of what the browser gives to share, as its own bar does. */
const hold = (person) => person.context.addInitScript(() => {
  const real = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getDisplayMedia = async (...wishes) => (window.screenStream = await real(...wishes));
});

test('who shares a whole screen is warned once, says what it is for, and may stop in the browser’s own bar', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    await hold(bert);
    await call(anna, bert);
    const sees = (count) => until(`Anna sees ${count} screens`, async () => (await anna.page.locator('.share__picture').count()) === count);
    const card = bert.page.getByRole('group', { name: 'You are sharing a whole screen' });
    await bert.page.click('#share');
    await sees(1);
    await card.waitFor();
    await accessible(bert.page, 'mirror');
    await card.getByRole('button', { name: 'Stop sharing' }).click();
    await sees(0);
    await card.waitFor({ state: 'detached' });

    await bert.page.click('#share');
    await sees(1);
    await card.getByRole('button', { name: 'Go on' }).click();
    await card.waitFor({ state: 'detached' });
    const hint = () => bert.page.evaluate(() => window.screenStream.getVideoTracks()[0].contentHint);
    assert.equal(await hint(), 'detail');
    await bert.page.getByRole('button', { name: 'Video', exact: true }).click();
    await until('movement', async () => (await hint()) === 'motion');
    assert.equal(await bert.page.getByRole('button', { name: 'Video', exact: true }).getAttribute('aria-pressed'), 'true');
    assert.equal(await bert.page.getByRole('button', { name: 'Text', exact: true }).getAttribute('aria-pressed'), 'false');

    // The browser's own bar ends the track, which only the track says.
    await bert.page.evaluate(() => window.screenStream.getTracks().forEach((track) => {
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }));
    await sees(0);
    await until('the button says so', async () => (await bert.page.locator('#share').getAttribute('aria-label')) === 'Share your screen');
    await bert.page.click('#share');
    await sees(1);
    await bert.page.click('#share');
    await sees(0);
  });
});

test('a small window shows who matters and presses the same buttons; it ends when it is closed, and with the call', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    await call(anna, bert, cleo);
    const open = async () => {
      await anna.page.click('#more');
      const [small] = await Promise.all([anna.context.waitForEvent('page'), anna.page.click('#small-window')]);
      await small.locator('[data-seat]').first().waitFor();
      return small;
    };
    const small = await open();
    await until('three seats', async () => (await small.locator('[data-seat]').count()) === 3);
    assert.deepEqual((await small.locator('.tile__name > span[dir]').allInnerTexts()).sort(), ['Bert B', 'Cleo C', 'You']);
    assert.equal(await small.evaluate(() => document.documentElement.lang), 'en');
    await until('pictures move', () => small.locator('video').evaluateAll((all) => all.length === 3 && all.every((video) => video.videoWidth > 0 && video.currentTime > 0)));
    assert.equal(await small.locator('.tile').first().evaluate((tile) => getComputedStyle(tile).borderRadius), '12px', 'the styles came along');
    await small.getByRole('button', { name: 'Turn your microphone off' }).or(small.locator('[data-for=mic]')).first().click();
    await anna.page.locator('#mic.is-off').waitFor();
    await small.locator('[data-for=mic].is-off').waitFor();
    await anna.page.getByText('The meeting is also in a small window.').waitFor();
    await accessible(anna.page, 'small window open');
    await bert.page.click('#share');
    await until('the screen comes first', async () => /^screen_share /.test(await small.locator('[data-seat]').first().getAttribute('data-seat')));
    await bert.page.click('#share');
    await until('and goes', async () => (await small.locator('[data-seat^=screen_share]').count()) === 0);
    // From the large window.
    await Promise.all([small.waitForEvent('close'), anna.page.getByRole('button', { name: 'Bring it back' }).click()]);
    const again = await open();
    await Promise.all([again.waitForEvent('close'), anna.page.evaluate(() => window.documentPictureInPicture.window.close())]);
    await until('the large one knows', async () => !(await anna.page.getByText('The meeting is also in a small window.').count()));
    const last = await open();
    await Promise.all([last.waitForEvent('close'), last.locator('[data-for=leave]').click()]);
    assert.equal(await anna.ended(), 'left');
  });
});

test('where a small window cannot be a page, it is one picture; where it cannot be at all, nobody is offered it', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    await anna.context.addInitScript(() => {
      delete window.documentPictureInPicture;
      // Headless browsers show no windows: what is asked for is noted.
      window.asked = [];
      HTMLVideoElement.prototype.requestPictureInPicture = async function () {
        window.asked.push(this);
        Object.defineProperty(document, 'pictureInPictureElement', { configurable: true, value: this });
      };
      document.exitPictureInPicture = async () => {
        Object.defineProperty(document, 'pictureInPictureElement', { configurable: true, value: null });
      };
    });
    await bert.context.addInitScript(() => {
      delete window.documentPictureInPicture;
      Object.defineProperty(Document.prototype, 'pictureInPictureEnabled', { value: false });
    });
    await call(anna, bert);
    await bert.page.click('#more');
    await bert.page.locator('#layout').waitFor();
    assert.equal(await bert.page.locator('#small-window').count(), 0);
    await anna.page.click('#more');
    await anna.page.click('#small-window');
    await until('a picture of Bert is shown', () => anna.page.evaluate(() => window.asked.length === 1 && window.asked[0].isConnected && window.asked[0].videoWidth > 0));
    await anna.page.evaluate(() => window.asked[0].dispatchEvent(new Event('leavepictureinpicture')));
    await until('closing it cleans up', () => anna.page.evaluate(() => !window.asked[0].isConnected));
    await anna.page.click('#more');
    await anna.page.click('#small-window');
    await until('it opens again', () => anna.page.evaluate(() => window.asked.length === 2));
    await anna.leave();
    await until('and ends with the call', () => anna.page.evaluate(() => !document.pictureInPictureElement && !window.asked[1].isConnected));
  });
});
