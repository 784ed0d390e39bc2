// Microphone, camera and screen during the call, when something is in the way: off is off, and nothing goes on unasked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from '../support/axe.mjs';
import { Cable } from '../support/cable.mjs';
import { ENDED_BY_LIVEKIT, SERVER_AWAY } from '../support/guard.mjs';
import { nameOf, participants } from '../support/livekit.mjs';
import { Lobby } from '../support/lobby.mjs';
import { bare, lose, meeting } from '../support/meeting.mjs';
import { AUDIBLE, everybodyReceives, receives } from '../support/person.mjs';
import { pause, until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();
const lobby = new Lobby(here);
const press = (person, id) => person.page.locator(`.bar #${id}`).click();
const isOn = (person, id) => person.page.locator(`.bar #${id}`).evaluate((button) => button.classList.contains('is-on'));
const becomes = (person, id, on) => until(`${person.name}: ${id} ${on ? 'on' : 'off'}`, async () => (await isOn(person, id)) === on);
const label = (person, id, text) => until(`${id} is called “${text}”`, async () => (await person.page.locator(`#${id}`).first().getAttribute('aria-label')) === text, {
  show: () => person.page.locator(`#${id}`).first().getAttribute('aria-label'),
});

/** What LiveKit has of somebody, which is what the others are sent: `microphone`, `camera`, … A camera that is off it may have, or not. */
async function sends(slug, name) {
  const all = await participants(here.server, await nameOf(here.server, slug));
  const tracks = all.find((each) => each.name === name)?.tracks ?? [];
  const told = tracks.map(({ source = 'CAMERA', muted }) => `${source.toLowerCase()}${muted ? ' muted' : ''}`);
  return told.filter((each) => each !== 'camera muted').sort();
}
const sent = (slug, name, what) => until(`${name} sends ${what.join() || 'nothing'}`, async () => (await sends(slug, name)).join() === what.join(), { within: 20_000, show: () => sends(slug, name) });

/** Nothing of anybody else is heard or seen for a moment. */
async function silent(watcher) {
  const sum = async () => (await watcher.stats()).reduce((all, { totalAudioEnergy, framesDecoded }) => all + totalAudioEnergy + framesDecoded, 0);
  const before = await sum();
  await pause(1500);
  const more = (await sum()) - before;
  assert.ok(more < AUDIBLE, `${watcher.name} neither hears nor sees anything: ${more}`);
}

/** Before the page: devices that fail as browsers say it (`window.fail`), can be held (`window.hold`), and are kept in `window.opened`. */
const watched = (person) => person.page.addInitScript(() => {
  Object.assign(window, { fail: {}, opened: [], hold: undefined });
  const { mediaDevices } = navigator;
  for (const way of ['getUserMedia', 'getDisplayMedia']) {
    const real = mediaDevices[way].bind(mediaDevices);
    mediaDevices[way] = async (wanted) => {
      const kind = way === 'getDisplayMedia' ? 'screen' : [wanted.audio && 'mic', wanted.video && 'camera'].find((each) => each && window.fail[each]);
      const [name, message] = window.fail[kind] ?? [];
      if (name) throw new DOMException(message ?? '', name);
      const stream = await real(wanted);
      window.opened.push(...stream.getTracks());
      await window.hold;
      return stream;
    };
  }
});

test('while the network is gone: muted, camera off and no longer sharing is what others get when it is back', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    bert.guard.allow(...SERVER_AWAY);
    await bare(bert);
    const cable = await Cable.of(bert);
    const slug = await meeting('Cable', anna, bert);
    await everybodyReceives([anna, bert]);
    await press(bert, 'share');
    await sent(slug, 'Bert B', ['camera', 'microphone', 'screen_share', 'screen_share_audio']);
    await bert.page.getByRole('button', { name: 'Go on' }).click();
    await cable.pull();
    await until('LiveKit’s own attempts are over', () => bert.page.evaluate(() => window.room.state === 'disconnected'), { within: 60_000 });
    await press(bert, 'mic');
    await becomes(bert, 'mic', false);
    await press(bert, 'camera');
    await becomes(bert, 'camera', false);
    await label(bert, 'share', 'Stop sharing');
    await press(bert, 'share');
    await label(bert, 'share', 'Share your screen');
    await cable.plugIn();
    await bert.inState('call', 40_000);
    await sent(slug, 'Bert B', ['microphone muted']);
    await anna.hasTiles(2);
    await anna.page.locator('[data-tile]', { hasText: 'Bert B' }).getByText('Muted').waitFor({ state: 'attached' });
    await silent(anna);
    // And everything works as before.
    await press(bert, 'mic');
    await press(bert, 'camera');
    await receives(anna);
  });
});

test('while LiveKit itself comes back: off is what others get', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    // LiveKit's script, of a camera that is off.
    bert.guard.allow(...SERVER_AWAY, /could not determine track dimensions/);
    await bare(bert);
    const slug = await meeting('Signal', anna, bert);
    await everybodyReceives([anna, bert]);
    for (const how of ['signal-reconnect', 'full-reconnect']) {
      const before = bert.page.evaluate((how) => new Promise((done) => {
        window.room.once(how === 'full-reconnect' ? 'reconnecting' : 'signalReconnecting', () => {
          document.querySelector('.bar #mic').click();
          document.querySelector('.bar #camera').click();
          done();
        });
        void window.room.simulateScenario(how);
      }), how);
      await before;
      await becomes(bert, 'mic', false);
      await until('it is back', () => bert.page.evaluate(() => window.room.state === 'connected'), { within: 30_000 });
      await sent(slug, 'Bert B', ['microphone muted']);
      await silent(anna);
      await press(bert, 'mic');
      await press(bert, 'camera');
      await receives(anna);
    }
  });
});

test('the key of push to talk is let go during a loss, and a press falls into the moment of connecting', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    bert.guard.allow(...ENDED_BY_LIVEKIT);
    await bare(bert);
    const slug = await meeting('Talk', anna, bert);
    await press(bert, 'mic');
    await sent(slug, 'Bert B', ['camera', 'microphone muted']);
    await bert.page.keyboard.down('v');
    await sent(slug, 'Bert B', ['camera', 'microphone']);
    let back = await lose(bert);
    await bert.page.keyboard.up('v');
    await becomes(bert, 'mic', false);
    await back();
    await bert.inState('call');
    await sent(slug, 'Bert B', ['camera', 'microphone muted']);
    // Between the beginning of a connection and its end.
    back = await lose(bert);
    await bert.page.evaluate(() => {
      const real = window.WebSocket;
      window.WebSocket = class extends real {
        constructor(...all) {
          super(...all);
          document.querySelector('.bar #camera').click();
        }
      };
    });
    await back();
    await bert.inState('call');
    await becomes(bert, 'camera', false);
    await sent(slug, 'Bert B', ['microphone muted']);
    // A device that was never open, opened during a loss.
    await bert.page.reload();
    await bert.pressJoin();
    await becomes(bert, 'mic', false);
    back = await lose(bert);
    await press(bert, 'mic');
    await becomes(bert, 'mic', true);
    await back();
    await bert.inState('call');
    await sent(slug, 'Bert B', ['microphone']);
  });
});

test('from the call to the door: preview and buttons live, and others get what they say', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    [anna, bert].forEach((person) => person.guard.allow(...ENDED_BY_LIVEKIT, /status of (404|500)/));
    for (const person of [anna, bert]) await bare(person);
    await watched(bert);
    const slug = await lobby.room(anna);
    await anna.join(slug);
    await lobby.knock(bert, slug);
    await lobby.press(anna, 'Admit');
    await bert.inState('call');
    await everybodyReceives([anna, bert]);
    const back = await lose(bert);
    const before = await bert.page.evaluate(() => window.opened.length);
    const { status } = await anna.page.evaluate(async () => {
      const csrf = /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? '';
      const answer = await fetch(`/api/v1.0/rooms/${window.room.name}/end/`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-csrftoken': csrf }, body: '{}' });
      return { status: answer.status };
    });
    assert.equal(status, 200);
    await anna.ended();
    await back();
    await bert.inState('waiting');
    const seen = () => bert.page.locator('.preview__video').evaluate((video) => !video.hidden && video.videoWidth > 0 && !video.paused);
    await until('he sees himself', seen);
    assert.equal(await bert.page.evaluate((before) => window.opened.slice(0, before).some(({ readyState }) => readyState === 'live'), before), false, 'what the call had open is closed');
    await label(bert, 'camera', 'Turn camera off');
    await bert.page.click('#camera');
    await label(bert, 'camera', 'Turn camera on');
    await anna.join(slug);
    await lobby.card(anna).waitFor();
    // Something is wrong in the moment of coming in: the form is whole, with the name.
    await bert.context.route('**/fn/enter', (route) => route.fulfill({ status: 404, contentType: 'application/json', body: '{"code":"not_found"}' }));
    await lobby.press(anna, 'Admit');
    await bert.inState('prejoin');
    await bert.page.locator('#refusal .notice').waitFor();
    assert.equal(await bert.page.inputValue('#name'), 'Bert B');
    await bert.page.click('#camera');
    await until('he sees himself again', seen);
    await until('the level moves', async () => (await bert.page.locator('.meter .is-on').count()) > 0);
    await bert.page.click('#camera');
    await label(bert, 'camera', 'Turn camera on');
    await bert.context.unroute('**/fn/enter');
    await bert.page.click('#join');
    await bert.inState('call');
    await sent(slug, 'Bert B', ['microphone']);
    await becomes(bert, 'camera', false);
    await becomes(bert, 'mic', true);
    await press(bert, 'camera');
    await receives(anna);
  });
});

test('what the browser blocked, and allows during the call, does not go on by itself', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B', permissions: [] }], async (anna, bert) => {
    await bert.page.addInitScript(() => {
      const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      window.fail = true;
      navigator.mediaDevices.getUserMedia = (wanted) => (window.fail ? Promise.reject(new DOMException('Permission denied', 'NotAllowedError')) : real(wanted));
    });
    const slug = await meeting('Blocked', anna, bert);
    await bert.page.evaluate(() => (window.fail = false));
    await bert.context.grantPermissions(['camera', 'microphone']);
    await pause(2500);
    assert.deepEqual(await sends(slug, 'Bert B'), []);
    assert.deepEqual([await isOn(bert, 'mic'), await isOn(bert, 'camera')], [false, false]);
    await press(bert, 'mic');
    await sent(slug, 'Bert B', ['microphone']);
  });
});

test('a microphone or camera goes away during the call: one hears which takes its place, or that there is none', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    await watched(bert);
    const slug = await meeting('Gone', anna, bert);
    await sent(slug, 'Bert B', ['camera', 'microphone']);
    // As a browser does it when the cable is pulled.
    const pull = (kind) => bert.page.evaluate((kind) => {
      const track = window.opened.findLast((each) => each.kind === kind && each.readyState === 'live');
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }, kind);
    await pull('audio');
    const told = bert.page.locator('.pill', { hasText: 'Your microphone is gone.' });
    await told.waitFor();
    assert.match(await told.innerText(), /You are heard through Fake .+ now\./);
    await sent(slug, 'Bert B', ['camera', 'microphone']);
    await receives(anna);
    await accessible(bert.page, 'another microphone');
    await told.getByRole('button', { name: 'Close' }).click();
    await bert.page.evaluate(() => { window.fail = { mic: ['NotFoundError'], camera: ['NotFoundError'] }; });
    await pull('audio');
    await bert.page.locator('.pill').getByText('Your microphone is gone. You are muted now.').waitFor();
    await becomes(bert, 'mic', false);
    await pull('video');
    await bert.page.locator('.pill').getByText('Your camera is gone. Nobody sees you now.').waitFor();
    await becomes(bert, 'camera', false);
    await sent(slug, 'Bert B', ['microphone muted']);
    // It is plugged in again.
    await bert.page.evaluate(() => { window.fail = {}; });
    await press(bert, 'mic');
    await press(bert, 'camera');
    await receives(anna);
    assert.equal(await bert.page.locator('.pill').count(), 0, 'solved: no more words');
  });
});

test('a device that is refused in the call: its cause and what helps, until it is closed or solved', async () => {
  await here.with([{ name: 'Anna L' }], async (anna) => {
    await watched(anna);
    await meeting('Refused', anna);
    const notice = anna.page.locator('#refused');
    const reads = async (title, help) => {
      await until(`“${title}”`, async () => (await notice.locator('b').innerText()) === title, { show: () => notice.innerText() });
      assert.match(await notice.locator('p').innerText(), help);
    };
    const fails = (fail) => anna.page.evaluate((fail) => { window.fail = fail; }, fail);
    await press(anna, 'camera');
    await becomes(anna, 'camera', false);
    await fails({ camera: ['NotAllowedError', 'Permission denied by system'] });
    await press(anna, 'camera');
    await reads('Your system blocks the camera', /privacy settings/);
    await label(anna, 'camera', 'The camera cannot be used. Try again');
    await accessible(anna.page, 'a device that is refused');
    await pause(7000);
    await reads('Your system blocks the camera', /privacy settings/);
    await notice.getByRole('button', { name: 'Close' }).click();
    await notice.waitFor({ state: 'detached' });
    await until('the focus is on the button', () => anna.page.evaluate(() => document.activeElement.id === 'camera'));
    await fails({ camera: ['NotReadableError'] });
    await press(anna, 'camera');
    await reads('Your camera is in use elsewhere', /Close that program/);
    await fails({});
    await press(anna, 'camera');
    await becomes(anna, 'camera', true);
    await notice.waitFor({ state: 'detached' });
    await label(anna, 'camera', 'Turn camera off');
  });
});

test('a device or screen that comes after one has left is closed at once', async () => {
  await here.with([{ name: 'Anna L' }], async (anna) => {
    await watched(anna);
    await anna.page.addInitScript(() => localStorage.setItem('visavis.choices', JSON.stringify({ mic: false, camera: false })));
    await meeting('Late', anna);
    for (const id of ['camera', 'mic', 'share']) {
      await anna.page.evaluate(() => { window.hold = new Promise((done) => { window.free = done; }); });
      await press(anna, id);
      await until('it is being opened', () => anna.page.evaluate(() => window.opened.length > 0));
      await anna.leave();
      await anna.ended();
      await anna.page.evaluate(() => window.free());
      await until(`${id} is closed`, () => anna.page.evaluate(() => window.opened.every(({ readyState }) => readyState === 'ended')));
      await anna.page.click('#rejoin');
      await anna.pressJoin();
    }
  });
});
