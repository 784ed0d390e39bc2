// Large meetings, long solitude, and the two cameras of a phone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from '../support/axe.mjs';
import { bare } from '../support/meeting.mjs';
import { pause, until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const IDLE = 4000;
const here = world({ env: { VISAVIS_FRONTEND_AUTO_MUTE_ON_JOIN_THRESHOLD: '1', VISAVIS_FRONTEND_IDLE_DISCONNECT_WARNING_DELAY: String(IDLE) } });
let made = 0;

async function room(owner) {
  made += 1;
  const email = `care${made}-${process.pid}@example.org`;
  await here.server.addUser(email, owner.name);
  await owner.signIn(email);
  return owner.makeRoom(`Care ${made}`);
}
const enter = async (person, slug) => {
  await person.join(slug);
  await person.page.locator('#hand').waitFor();
};
const isOn = (person, id) => person.page.locator(`.bar #${id}`).evaluate((button) => button.classList.contains('is-on'));
const remembered = (person) => person.page.evaluate(() => JSON.parse(localStorage.getItem('visavis.choices')).mic);

test('who comes into a large meeting starts muted, is told, and unmutes with one press; who does not want that does not', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    await bare(anna);
    const slug = await room(anna);
    await enter(anna, slug);
    await enter(bert, slug);
    await pause(1500);
    assert.deepEqual([await isOn(anna, 'mic'), await isOn(bert, 'mic')], [true, true], 'one other is not more than one');
    await anna.page.evaluate(() => {
      window.born = [];
      window.room.on('trackPublished', ({ source, isMuted }, { name }) => window.born.push([name, source, isMuted]));
    });
    await enter(cleo, slug);
    const notice = cleo.page.locator('#auto-muted');
    await notice.getByText('You came in muted, because 2 others are here.').waitFor();
    assert.equal(await isOn(cleo, 'mic'), false);
    assert.equal(await remembered(cleo), true, 'no choice of hers');
    await accessible(cleo.page, 'muted on coming in');
    const muted = () => anna.page.locator('[data-tile]', { hasText: 'Cleo C' }).locator('.tile__name .sr').evaluateAll((all) => all.some((each) => each.textContent === 'Muted'));
    await until('Anna sees it', muted);
    const born = () => anna.page.evaluate(() => window.born.find(([, source]) => source === 'microphone'));
    assert.deepEqual(await until('the microphone was published', born), ['Cleo C', 'microphone', true], 'not open for a moment');
    await notice.getByRole('button', { name: 'Unmute' }).click();
    await until('she is heard', async () => !(await muted()));
    assert.equal(await notice.count(), 0);
    await cleo.page.keyboard.press('Control+,');
    await cleo.page.click('#settings-audio');
    await cleo.page.getByText('When more than 1 others are in already.').waitFor();
    await cleo.page.uncheck('#settings-auto-mute');
    await cleo.page.reload();
    await cleo.pressJoin();
    await cleo.page.locator('#hand').waitFor();
    await pause(1500);
    assert.equal(await isOn(cleo, 'mic'), true);
  });
});

test('alone for long: a question, a countdown that is said, and without an answer the call ends', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    await anna.context.addInitScript(() => {
      const real = Date.now.bind(Date);
      window.later = 0;
      Date.now = () => real() + window.later;
    });
    const slug = await room(anna);
    await enter(anna, slug);
    const question = anna.page.locator('#idle');
    await question.waitFor();
    await accessible(anna.page, 'still there');
    assert.equal(await anna.page.evaluate(() => document.activeElement.textContent), 'Stay');
    await question.getByRole('button', { name: 'Stay' }).click();
    await question.waitFor({ state: 'detached' });
    await question.waitFor();
    const jump = (seconds) => anna.page.evaluate((by) => (window.later += 1000 * by), seconds);
    await jump(30);
    await question.getByRole('status').getByText('90 seconds left').waitFor();
    assert.match(await question.locator('.idle__count').textContent(), /^1:\d\d$/);
    // Somebody comes: the question is answered.
    await enter(bert, slug);
    await question.waitFor({ state: 'detached' });
    await pause(1500);
    assert.equal(await question.count(), 0);
    await bert.leave();
    await question.waitFor();
    await jump(112);
    await question.getByRole('status').getByText('10 seconds left').waitFor();
    await jump(10);
    assert.equal(await anna.ended(), 'left');
    assert.equal(await anna.page.locator('dialog').count(), 0);
  });
});

test('the question can be switched off', async () => {
  await here.with([{ name: 'Anna L' }], async (anna) => {
    await enter(anna, await room(anna));
    await anna.page.keyboard.press('Control+,');
    await anna.page.click('#settings-notifications');
    await anna.page.uncheck('#settings-idle');
    await anna.page.keyboard.press('Escape');
    await pause(IDLE + 2500);
    assert.equal(await anna.page.locator('#idle').count(), 0);
  });
});

test('a phone with two cameras changes between them; what the back sees is no mirror image', async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };
  await here.with([{ name: 'Anna L', ...phone }, { name: 'Bert B', ...phone }], async (anna, bert) => {
    // Chromium's camera does not say where it looks.
    await anna.context.addInitScript(() => {
      let facing = 'user';
      const devices = navigator.mediaDevices;
      const [user, list] = [devices.getUserMedia.bind(devices), devices.enumerateDevices.bind(devices)];
      devices.getUserMedia = (wanted) => {
        const asked = wanted.video?.facingMode;
        if (asked) facing = asked;
        return user(wanted);
      };
      devices.enumerateDevices = async () => {
        const all = await list();
        const camera = all.find(({ kind }) => kind === 'videoinput');
        return [...all, { kind: 'videoinput', deviceId: 'second', label: camera?.label && 'Second', groupId: '' }];
      };
      const settings = MediaStreamTrack.prototype.getSettings;
      MediaStreamTrack.prototype.getSettings = function () {
        return this.kind === 'video' ? { ...settings.call(this), facingMode: facing } : settings.call(this);
      };
    });
    const slug = await room(anna);
    await enter(anna, slug);
    await enter(bert, slug);
    await anna.page.click('#more');
    const flip = anna.page.locator('#flip-camera');
    await flip.waitFor();
    await accessible(anna.page, 'more');
    await flip.click();
    const scale = () => anna.page.locator('.tile.is-own video').evaluate((view) => getComputedStyle(view).scale);
    await until('no mirror', async () => (await scale()) === 'none', { show: scale });
    await anna.page.click('#more');
    await flip.click();
    await until('a mirror again', async () => (await scale()) === '-1 1', { show: scale });
    await bert.page.click('#more');
    await pause(500);
    assert.equal(await bert.page.locator('#flip-camera').count(), 0, 'with one camera there is nothing to change');
  });
});
