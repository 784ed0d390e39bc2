// The settings of the call: the dialog, sound, and what makes itself heard.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from '../support/axe.mjs';
import { mute, nameOf } from '../support/livekit.mjs';
import { Lobby } from '../support/lobby.mjs';
import { meeting } from '../support/meeting.mjs';
import { AUDIBLE } from '../support/person.mjs';
import { pause, until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();
const lobby = new Lobby(here);

const call = (owner, ...guests) => meeting('Settings', owner, ...guests);

async function open(person, tab) {
  await person.page.click('#more');
  await person.page.click('#open-settings');
  await person.page.click(`#settings-${tab}`);
}
const focused = (person) => person.page.evaluate(() => document.activeElement.id);
/** Writes down what sounds. */
const listen = (person) => person.context.addInitScript(() => {
  window.sounds = [];
  window.addEventListener('visavis:sound', ({ detail }) => window.sounds.push(detail));
});
const sounds = (person) => person.page.evaluate(() => window.sounds.splice(0));

test('the dialog: by keyboard, by axe, on a phone; the focus comes back', async () => {
  await here.with([{ name: 'Anna L' }], async (anna) => {
    await call(anna);
    const { keyboard } = anna.page;
    await anna.page.focus('#hand');
    await keyboard.press('Control+,');
    await anna.page.locator('#settings').waitFor();
    await anna.page.click('#settings-audio');
    const panel = await anna.page.locator('.settings__panel').boundingBox();
    const first = await anna.page.locator('#settings-noise').boundingBox();
    assert.ok(first.y + first.height < panel.y + panel.height, 'the first switches are in sight');
    const selected = () => anna.page.locator('[role=tab][aria-selected=true]').getAttribute('id');
    assert.equal(await selected(), 'settings-audio');
    await keyboard.press('ArrowDown');
    assert.deepEqual([await selected(), await focused(anna)], ['settings-video', 'settings-video']);
    await keyboard.press('ArrowUp');
    await keyboard.press('ArrowUp');
    assert.equal(await selected(), 'settings-keyboard');
    await keyboard.press('Home');
    await keyboard.press('ArrowRight');
    await keyboard.press('End');
    assert.equal(await focused(anna), 'settings-keyboard');
    await keyboard.press('Tab');
    assert.equal(await focused(anna), 'settings-panel', 'one stop, then what it shows');
    for (const tab of ['audio', 'video', 'notifications', 'keyboard']) {
      await anna.page.click(`#settings-${tab}`);
      await accessible(anna.page, tab);
    }
    await keyboard.press('Escape');
    await anna.page.locator('#settings').waitFor({ state: 'detached' });
    assert.equal(await focused(anna), 'hand');
    // On a phone: nothing is wider than the screen, and every target is large enough.
    await anna.page.setViewportSize({ width: 390, height: 844 });
    await open(anna, 'notifications');
    assert.equal(await anna.page.evaluate(() => document.documentElement.scrollWidth), 390);
    const small = await anna.page.locator('#settings button, #settings label.switch').evaluateAll((all) => all.filter((each) => each.getBoundingClientRect().height < 44).length);
    assert.equal(small, 0);
    await anna.page.locator('.settings__head button').click();
    await until('the focus comes back', async () => (await focused(anna)) === 'more');
  });
});

test('what the browser does to the own sound is chosen, holds for those who are muted, and next time', async () => {
  await here.with([{ name: 'Anna L' }], async (anna) => {
    await anna.context.addInitScript(() => {
      window.asked = [];
      const user = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = (wanted) => {
        if (wanted.audio) window.asked.push(wanted.audio);
        return user(wanted);
      };
      const add = RTCPeerConnection.prototype.addTransceiver;
      window.senders = [];
      RTCPeerConnection.prototype.addTransceiver = function (...all) {
        const made = add.apply(this, all);
        window.senders.push(made.sender);
        return made;
      };
    });
    const slug = await call(anna);
    const sent = () => anna.page.evaluate(() => {
      const track = window.senders.map((sender) => sender.track).filter((each) => each?.kind === 'audio').at(-1);
      const { noiseSuppression, echoCancellation } = track.getSettings();
      return { noiseSuppression, echoCancellation, enabled: track.enabled, state: track.readyState };
    });
    await until('the sound is sent', () => sent().then(() => true, () => false));
    assert.deepEqual(await sent(), { noiseSuppression: true, echoCancellation: true, enabled: true, state: 'live' });
    await open(anna, 'audio');
    await until('the level moves', () => anna.page.locator('#settings .meter .is-on').count());
    await anna.page.uncheck('#settings-noise');
    await until('it is as chosen', async () => !(await sent()).noiseSuppression, { show: sent });
    assert.deepEqual(await sent(), { noiseSuppression: false, echoCancellation: true, enabled: true, state: 'live' });
    await anna.page.keyboard.press('Escape');
    await anna.page.click('.bar #mic');
    await until('muted', async () => !(await sent()).enabled);
    await open(anna, 'audio');
    await anna.page.getByText('Your microphone is off. Nobody hears you.').waitFor();
    assert.equal(await anna.page.locator('#settings .meter .is-on').count(), 0);
    await anna.page.uncheck('#settings-echo');
    await until('it is as chosen', async () => !(await sent()).echoCancellation, { show: sent });
    assert.equal((await sent()).enabled, false, 'and still muted');
    await anna.page.goto(`/${slug}`);
    await anna.page.locator('#join:not([disabled])').waitFor();
    await anna.page.click('#mic');
    await until('asked for so', () => anna.page.evaluate(() => window.asked.some((each) => each.noiseSuppression === false && each.echoCancellation === false)));
  });
});

test('who comes, goes, raises a hand and writes is heard, each once, and only as chosen', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    await listen(anna);
    const slug = await call(anna, bert);
    await until('Bert is heard coming', () => anna.page.evaluate(() => window.sounds.length));
    assert.deepEqual(await sounds(anna), ['join']);
    await bert.page.click('#hand');
    await until('his hand', () => anna.page.evaluate(() => window.sounds.length));
    assert.deepEqual(await sounds(anna), ['hand']);
    // Back at once, with the hand still up or not: nothing.
    await bert.page.reload();
    await bert.pressJoin();
    await anna.hasTiles(2);
    await pause(500);
    assert.deepEqual((await sounds(anna)).filter((each) => each === 'join' || each === 'leave'), []);
    const message = (name, text) => anna.page.evaluate((detail) => window.dispatchEvent(new CustomEvent('visavis:message', { detail })), { name, text });
    await message('Bert B', 'Good morning');
    await message('Bert B', 'and welcome');
    await message(7, 'no name');
    await anna.page.evaluate(() => window.dispatchEvent(new CustomEvent('visavis:message')));
    assert.deepEqual(await sounds(anna), ['message'], 'two in a moment are one');
    await open(anna, 'notifications');
    await anna.page.check('#settings-sound-leave');
    assert.deepEqual(await sounds(anna), ['leave'], 'a taste of what it sounds like');
    await anna.page.uncheck('#settings-sound-join');
    await anna.page.uncheck('#settings-sound-message');
    await anna.page.keyboard.press('Escape');
    await cleo.join(slug);
    await anna.hasTiles(3);
    await pause(2100);
    await message('Cleo C', 'hello');
    await cleo.leave();
    await anna.hasTiles(2);
    await until('Cleo is heard going', () => anna.page.evaluate(() => window.sounds.length));
    assert.deepEqual(await sounds(anna), ['leave']);
    // Silence is silence.
    await open(anna, 'notifications');
    await anna.page.locator('#settings-volume').fill('0');
    await anna.page.check('#settings-sound-message');
    await pause(100);
    assert.deepEqual(await sounds(anna), []);
    // Remembered in this browser.
    await anna.page.reload();
    await anna.pressJoin();
    await anna.page.locator('#hand').waitFor();
    await open(anna, 'notifications');
    const is = (id) => anna.page.isChecked(`#settings-sound-${id}`);
    assert.deepEqual([await is('join'), await is('leave'), await is('message'), await anna.page.inputValue('#settings-volume')], [false, true, true, '0']);
  });
});

test('the chosen speaker sounds, and a host’s muting is heard', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    await listen(bert);
    await bert.context.addInitScript(() => {
      window.sinks = [];
      const set = AudioContext.prototype.setSinkId;
      AudioContext.prototype.setSinkId = function (id) {
        window.sinks.push(id);
        return set.call(this, id);
      };
    });
    const slug = await call(anna, bert);
    await open(bert, 'audio');
    const speakers = await bert.page.locator('#settings-speaker option').evaluateAll((all) => all.map(({ value }) => value));
    assert.ok(speakers.length > 1, speakers.join());
    await bert.page.selectOption('#settings-speaker', speakers[1]);
    await bert.page.click('#settings-notifications');
    await bert.page.uncheck('#settings-sound-hand');
    await bert.page.check('#settings-sound-hand');
    await until('it went there', () => bert.page.evaluate((id) => window.sinks.includes(id), speakers[1]), { show: () => bert.page.evaluate(() => window.sinks) });
    await bert.page.keyboard.press('Escape');
    // The menu of the bar knows of it.
    await bert.page.click('#mic-menu');
    const current = bert.page.getByRole('group', { name: 'Speaker' }).locator('.is-current');
    await until('one is current', async () => (await current.count()) === 1);
    await sounds(bert);
    await mute(here.server, await nameOf(here.server, slug), 'Bert B');
    await until('he hears of it', () => bert.page.evaluate(() => window.sounds.includes('own')));
  });
});

test('who waited at the door hears that it opened', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    await listen(bert);
    const slug = await lobby.room(anna);
    await anna.join(slug);
    await lobby.knock(bert, slug);
    assert.deepEqual(await sounds(bert), []);
    await lobby.press(anna, 'Admit');
    await bert.inState('call');
    assert.deepEqual(await sounds(bert), ['own']);
  });
});

test('while the tab is hidden the system says it, if that was switched on and allowed', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    await anna.context.addInitScript(() => {
      window.shown = [];
      window.answer = 'denied';
      window.Notification = class {
        static permission = 'default';
        static async requestPermission() {
          this.permission = window.answer;
        }
        constructor(title, options) {
          window.shown.push([title, options.body, options.tag.split(' ')[0]]);
        }
        close() {}
      };
    });
    await call(anna, bert);
    const message = (name, text) => anna.page.evaluate((detail) => window.dispatchEvent(new CustomEvent('visavis:message', { detail })), { name, text });
    const hidden = (is) => anna.page.evaluate((now) => Object.defineProperty(document, 'hidden', { configurable: true, get: () => now }), is);
    await open(anna, 'notifications');
    await anna.page.locator('#settings-notify').click();
    await anna.page.getByText('Your browser does not allow it.').waitFor();
    assert.equal(await anna.page.isChecked('#settings-notify'), false);
    await accessible(anna.page, 'refused notifications');
    await anna.page.evaluate(() => {
      window.answer = 'granted';
      Notification.permission = 'default';
    });
    await anna.page.locator('#settings-notify').click();
    await until('it is on', () => anna.page.isChecked('#settings-notify'));
    await anna.page.keyboard.press('Escape');
    await message('Bert B', 'Somebody looks');
    await hidden(true);
    await message('Bert B', `Nobody looks${'!'.repeat(500)}`);
    await bert.page.click('#hand');
    const shown = () => anna.page.evaluate(() => window.shown);
    await until('both are told', async () => (await shown()).length === 2, { show: shown });
    const [first, second] = await shown();
    assert.deepEqual([first[0], first[1].slice(0, 14), first[1].length, first[2]], ['Bert B', 'Nobody looks!!', 160, 'message']);
    assert.deepEqual(second, ['Bert B raised a hand', '', 'hand']);
    await hidden(false);
    await open(anna, 'notifications');
    await anna.page.locator('#settings-notify').click();
    await anna.page.keyboard.press('Escape');
    await hidden(true);
    await message('Bert B', 'Off again');
    assert.equal((await shown()).length, 2);
  });
});

test('who speaks while muted is told, and others still hear nothing; only while that is wanted', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    await bert.context.addInitScript(() => {
      const user = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      window.opened = 0;
      navigator.mediaDevices.getUserMedia = async (wanted) => {
        window.opened += 1;
        const stream = await user(wanted);
        if (!wanted.audio) return stream;
        const context = new AudioContext();
        const [voice, volume, out] = [context.createOscillator(), context.createGain(), context.createMediaStreamDestination()];
        window.speak = (loud) => (volume.gain.value = loud);
        volume.gain.value = 0;
        voice.connect(volume).connect(out);
        voice.start();
        return new MediaStream([...out.stream.getAudioTracks(), ...stream.getVideoTracks()]);
      };
    });
    await call(anna, bert);
    const hint = bert.page.locator('#unheard');
    await bert.page.evaluate(() => window.speak(0.4));
    await pause(1000);
    assert.equal(await hint.count(), 0, 'heard by all');
    const energy = async () => (await anna.stats()).find(({ source }) => source === 'microphone')?.totalAudioEnergy ?? 0;
    await until('Anna hears him', async () => (await energy()) > AUDIBLE);
    const opened = await bert.page.evaluate(() => window.opened);
    await bert.page.click('.bar #mic');
    await hint.getByText('You are muted. Nobody hears you.').waitFor();
    await accessible(bert.page, 'speaking while muted');
    await pause(500);
    const before = await energy();
    await pause(1500);
    assert.ok((await energy()) - before < AUDIBLE, 'nothing is heard');
    assert.equal(await bert.page.evaluate(() => window.opened), opened, 'and nothing was opened for it');
    await hint.getByRole('button', { name: 'Unmute' }).click();
    await until('he is heard', async () => (await energy()) - before > 1e-4);
    assert.equal(await hint.count(), 0);
    await open(bert, 'audio');
    await bert.page.uncheck('#settings-hush');
    await bert.page.keyboard.press('Escape');
    await bert.page.click('.bar #mic');
    await pause(3500);
    assert.equal(await hint.count(), 0);
  });
});
