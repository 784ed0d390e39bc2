// axe on each way a call ends, on what is said while it is away, at the door for who was removed, and on the first page of all.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import { accessible } from '../support/axe.mjs';
import { ENDED_BY_LIVEKIT, SERVER_AWAY } from '../support/guard.mjs';
import { destroy, nameOf, participants } from '../support/livekit.mjs';
import { Lobby } from '../support/lobby.mjs';
import { meeting } from '../support/meeting.mjs';
import { Person } from '../support/person.mjs';
import { Server } from '../support/server.mjs';
import { inTerminal } from '../support/terminal.mjs';
import { pause, until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();
const lobby = new Lobby(here);
/** What LiveKit's script says of a clock that is moved on. */
const LATE = [/signal timed out after/, /negotiation timed out/];
const PAIR = [{ name: 'Anna L' }, { name: 'Bert B' }];

/** Light and dark, on a phone and on a desk: axe finds nothing, the focus is on what happened, and the title of the page says it. */
async function look({ page }, what) {
  const before = page.viewportSize();
  for (const [width, height] of [[390, 844], [1280, 800]]) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await accessible(page, `${what}, ${width}, ${colorScheme}`);
    }
  }
  await page.setViewportSize(before);
}

async function ends(person, how) {
  assert.equal(await person.ended(20_000), how);
  const title = await person.page.locator('#ended').innerText();
  assert.equal(await person.page.evaluate(() => document.activeElement.id), 'ended', 'the focus is on what happened');
  assert.ok((await person.page.title()).startsWith(title), 'the title of the page says it');
  await look(person, how);
}

/** Moves the page's clock on until it has ended. */
async function waitOut(person, step, most = 80) {
  for (let times = 0; times < most && (await person.state()) !== 'ended'; times += 1) {
    await person.context.clock.fastForward(step);
    await pause(200);
  }
}

test('removed, back at the door, replaced, closed', async () => {
  await here.with(PAIR, async (anna, bert) => {
    // The chat of a meeting that has just ended is not there to be asked.
    [anna, bert].forEach((person) => person.guard.allow(...ENDED_BY_LIVEKIT, /status of 40[34]/));
    const slug = await meeting('Ends', anna, bert);
    const name = await nameOf(here.server, slug);
    const { identity } = (await participants(here.server, name)).find((each) => each.name === 'Bert B');
    await lobby.rest(anna, 'POST', `/api/v1.0/rooms/${name}/remove-participant/`, { participant_identity: identity });
    await ends(bert, 'removed');
    await bert.page.goto(`/${slug}`);
    await bert.page.locator('#join:not([disabled])').waitFor();
    await bert.page.fill('#name', 'Bert B');
    await bert.page.click('#join');
    await bert.page.getByRole('heading', { name: 'You were removed from this meeting' }).waitFor();
    assert.equal(await bert.page.evaluate(() => document.activeElement.id), 'wait', 'the focus is on what is said');
    await look(bert, 'waiting to be let back');
    const tab = await anna.newTab();
    await tab.join(slug);
    await ends(anna, 'replaced');
    await tab.page.locator('#hand').waitFor();
    await destroy(here.server, name);
    await ends(tab, 'closed');
  });
});

test('the connection is gone: while it is tried, and when it is given up', async () => {
  await here.with([{ name: 'Anna L' }], async (anna) => {
    anna.guard.allow(...SERVER_AWAY, ...LATE);
    await anna.context.clock.install();
    await meeting('Away', anna);
    await here.server.stop();
    await anna.inState('reconnecting');
    await anna.page.locator('.call__over .pill--amber').waitFor();
    await look(anna, 'reconnecting');
    await waitOut(anna, 60_000);
    await ends(anna, 'network');
    await anna.page.click('#rejoin');
    await anna.page.getByText('The server does not answer yet.').waitFor();
    await look(anna, 'the server does not answer yet');
    await here.server.launch();
    await anna.page.locator('#join:not([disabled])').waitFor();
  });
});

test('refused: the room is gone when the connection is back', async () => {
  await here.with(PAIR, async (anna, bert) => {
    bert.guard.allow(...SERVER_AWAY, ...LATE);
    anna.guard.allow(...SERVER_AWAY);
    here.server.expected.push(/the LiveKit server ended/);
    await bert.context.clock.install();
    await here.server.addUser('refused@example.org', 'Anna L');
    await anna.signIn('refused@example.org');
    const slug = await anna.makeRoom('Refused');
    await bert.join(slug);
    // Nothing of ours gets through to him; what does is LiveKit's end.
    await bert.context.route(/\/fn\//, (route) => route.abort());
    process.kill(here.server.livekitPid(), 'SIGKILL');
    await bert.inState('reconnecting');
    await anna.page.goto(`/${slug}/delete`);
    await anna.page.locator('main form[method=post] button').first().click();
    await anna.page.waitForURL(`${here.server.origin}/`);
    await bert.context.unroute(/\/fn\//);
    await waitOut(bert, 10_000);
    await ends(bert, 'refused');
    await until('LiveKit is back', async () => (await fetch(`${here.server.origin}/readyz`)).ok, { within: 30_000 });
  });
});

test('failed: let in, and neither sound nor picture finds a way', async () => {
  await here.with([{ name: 'Anna L' }], async (anna) => {
    anna.guard.allow(...SERVER_AWAY, ...LATE, /could not establish pc connection|ConnectionError/);
    await anna.context.addInitScript(() => {
      window.RTCPeerConnection = class extends RTCPeerConnection {
        constructor(configuration) {
          super({ ...configuration, iceServers: [], iceTransportPolicy: 'relay' });
        }

        setConfiguration() {}
      };
    });
    await anna.context.clock.install();
    await here.server.addUser('walled@example.org', 'Anna L');
    await anna.signIn('walled@example.org');
    await anna.page.goto(`/${await anna.makeRoom('Walled')}`);
    await anna.page.locator('#join:not([disabled])').waitFor();
    await anna.page.click('#join');
    await waitOut(anna, 10_000);
    await ends(anna, 'failed');
    assert.equal(await anna.page.locator('#rejoin').innerText(), 'Try again');
  });
});

test('the first page of a new instance', async () => {
  const server = await Server.start();
  await server.stop();
  try {
    await inTerminal(server, async (link) => {
      const person = await Person.arrive(here.browser, server);
      const { page } = person;
      await page.goto(link);
      await look(person, 'first');
      await page.locator('#email').evaluate((field) => (field.type = 'text'));
      await page.fill('#email', 'not an address@');
      await page.fill('#password', 'short');
      await page.locator('main form button').click();
      await page.locator('#email-error').waitFor();
      await look(person, 'first, with what is wrong');
      person.check();
      await person.go();
    });
  } finally {
    rmSync(server.data, { recursive: true, force: true });
  }
});
