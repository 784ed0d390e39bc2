// Nobody stays before a dead screen: whatever goes away (the room, the server, the network, an hour of sleep), the page ends in a
// call that works, or in a sentence with a way on. Long waits are made short by the page's own clock.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from '../support/axe.mjs';
import { Cable } from '../support/cable.mjs';
import { ENDED_BY_LIVEKIT, SERVER_AWAY } from '../support/guard.mjs';
import { destroy, nameOf, participants } from '../support/livekit.mjs';
import { Lobby } from '../support/lobby.mjs';
import { bare, lose } from '../support/meeting.mjs';
import { everybodyReceives } from '../support/person.mjs';
import { pause, until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();
const lobby = new Lobby(here);
let made = 0;

async function room(host) {
  made += 1;
  await here.server.addUser(`more${made}@example.org`, host.name);
  await host.signIn(`more${made}@example.org`);
  return host.makeRoom(`Ending more ${made}`);
}

/** A page whose clock can be moved on; the time of the page flows as it always does. */
async function withClock(person) {
  await person.context.clock.install();
  return person;
}

/** What is on the screen says something, and something there can be pressed. */
async function hasWayOn(person) {
  const main = person.page.locator('main');
  assert.ok((await main.innerText()).trim().length > 20, 'a sentence');
  const ways = main.locator('a:visible, button:visible:not([disabled])');
  assert.ok((await ways.count()) > 0, 'a way on');
}

/** It is back by itself, or says what happened and comes back at a press. */
async function comesBack(person, within = 30_000) {
  await until(`${person.name} is back, or is told`, async () => /^(call|ended|prejoin)$/.test(await person.state()), { within, show: () => person.state() });
  const how = await person.state();
  if (how === 'call') return how;
  await hasWayOn(person);
  if (how === 'ended') await person.page.click('#rejoin');
  await person.pressJoin();
  return how;
}

test('the laptop sleeps for an hour: the room is over meanwhile, the session too; whoever wakes it is in again', async (t) => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    anna.guard.allow(...SERVER_AWAY, /status of 401/);
    await withClock(anna);
    const cable = await Cable.of(anna);
    const slug = await room(anna);
    await anna.join(slug);
    const name = await nameOf(here.server, slug);
    await until('LiveKit knows of one', async () => (await participants(here.server, name)).length === 1);
    // The lid is closed: nothing runs, nothing comes in, nothing goes out.
    await cable.devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
    await cable.pull();
    await destroy(here.server, name);
    await anna.context.clearCookies({ name: 'sessionid' });
    await pause(1000);
    await cable.devtools.send('Page.setWebLifecycleState', { state: 'active' });
    await anna.context.clock.fastForward(3_600_000);
    // The network is there some seconds after the page.
    await pause(4000);
    assert.match(await anna.state(), /^(reconnecting|ended)$/);
    await cable.plugIn();
    t.diagnostic(`back from: ${await comesBack(anna)}`);
    await bert.join(slug);
    await everybodyReceives([anna, bert]);
  });
});

test('the owner deletes the room: who is in it and who waits at its door are both told, and can go on', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    [anna, bert, cleo].forEach((person) => person.guard.allow(...ENDED_BY_LIVEKIT, /status of (404|410)/));
    const slug = await lobby.room(anna);
    await anna.join(slug);
    await lobby.knock(bert, slug);
    await lobby.press(anna, 'Admit');
    await bert.inState('call');
    await everybodyReceives([anna, bert]);
    await lobby.knock(cleo, slug);
    const page = await anna.context.newPage();
    await page.goto(`/${slug}/delete`);
    await page.locator('main form[method=post] button').first().click();
    await page.waitForURL(`${here.server.origin}/`);
    for (const person of [anna, bert]) {
      assert.equal(await person.ended(), 'closed');
      await hasWayOn(person);
    }
    await lobby.reads(cleo, 'You are not in the queue any more', 20_000);
    await hasWayOn(cleo);
    await cleo.page.getByRole('button', { name: 'Ask again' }).click();
    await cleo.page.locator('#refusal').waitFor();
    await hasWayOn(cleo);
    await bert.page.click('#home');
    await bert.page.waitForURL(`${here.server.origin}/`);
  });
});

test('the server is gone for good: within ten minutes the page says so; at the door and before it too; then it is there again', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    for (const person of [anna, bert, cleo]) {
      person.guard.allow(...SERVER_AWAY);
      await withClock(person);
    }
    const slug = await lobby.room(anna);
    await anna.join(slug);
    await lobby.knock(bert, slug);
    await cleo.page.goto(`/${slug}`);
    await cleo.page.locator('#join:not([disabled])').waitFor();
    await cleo.page.fill('#name', cleo.name);
    await here.server.stop();
    await anna.inState('reconnecting');
    await anna.page.getByText('connection is gone', { exact: false }).or(anna.page.locator('.pill--amber')).first().waitFor();
    assert.ok(await anna.page.locator('#leave').isEnabled(), 'one can leave at any time');
    await cleo.page.click('#join');
    // By the page's clock ten minutes are over long before; on a busy machine some jumps only end a pause between two tries.
    for (let minutes = 0; minutes < 12 || (minutes < 60 && !(await anna.page.locator('[data-ended]').count())); minutes += 1) {
      for (const person of [anna, cleo]) await person.context.clock.fastForward(60_000);
      await pause(150);
    }
    assert.equal(await anna.ended(20_000), 'network');
    await hasWayOn(anna);
    await cleo.page.locator('#refusal').waitFor();
    await hasWayOn(cleo);
    await until('who waits is told that the connection is gone', async () => bert.page.locator('#wait.is-lost').count(), { within: 20_000 });
    assert.equal(await bert.state(), 'waiting');
    await hasWayOn(bert);

    // Pressed too early: the page stays, and goes on once the server is there.
    await anna.page.click('#rejoin');
    await anna.page.getByText('The server does not answer yet.').waitFor();
    await here.server.launch();
    await anna.pressJoin();
    // The place at the door is still there: a place is kept for two minutes, or is asked for again.
    await until('the door is watched again', async () => !(await bert.page.locator('#wait.is-lost').count()), { within: 30_000 });
    await cleo.page.click('#join');
    await cleo.inState('waiting');
  });
});

test('the network is gone for good: the page says so, by itself, and “Rejoin” works once it is there', async () => {
  await here.with([{ name: 'Lone L' }], async (lone) => {
    lone.guard.allow(...SERVER_AWAY);
    await withClock(lone);
    const cable = await Cable.of(lone);
    await lone.join(await room(lone));
    await cable.pull();
    await lone.inState('reconnecting', 30_000);
    // LiveKit's own attempts come first, then ours for ten minutes.
    for (let minutes = 0; minutes < 40 && (await lone.state()) !== 'ended'; minutes += 1) {
      await lone.context.clock.fastForward(60_000);
      await pause(150);
    }
    assert.equal(await lone.ended(20_000), 'network');
    await hasWayOn(lone);
    await cable.plugIn();
    await lone.page.click('#rejoin');
    await lone.pressJoin();
  });
});

test('replaced by a tab of the same browser: “Rejoin” takes the meeting back, and the two do not fight for it', async () => {
  await here.with([{ name: 'Anna L' }], async (anna) => {
    anna.guard.allow(...ENDED_BY_LIVEKIT);
    const slug = await room(anna);
    await anna.join(slug);
    const tab = await anna.newTab();
    await tab.join(slug);
    assert.equal(await anna.ended(), 'replaced');
    await hasWayOn(anna);
    await anna.page.click('#rejoin');
    await anna.pressJoin();
    assert.equal(await tab.ended(), 'replaced');
    await pause(3000);
    assert.equal(await anna.state(), 'call', 'nobody comes back uncalled');
    assert.equal(await tab.state(), 'ended');
  });
});

test('gone by a link and back by the browser’s button: the meeting is offered again, and works', async (t) => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    const slug = await room(anna);
    await anna.join(slug);
    await bert.join(slug);
    await everybodyReceives([anna, bert]);
    await anna.page.evaluate(() => (window.before = true));
    // As from the address bar, in the middle of the call.
    await anna.page.goto('/account');
    await bert.hasTiles(1);
    await anna.page.goBack();
    t.diagnostic(`kept by the browser: ${await anna.page.evaluate(() => window.before === true)}`);
    t.diagnostic(`back from: ${await comesBack(anna)}`);
    await everybodyReceives([anna, bert]);
    await anna.leave();
    await anna.ended();
    await anna.page.click('#home');
    await anna.page.waitForURL(`${here.server.origin}/`);
    await anna.page.goBack();
    await comesBack(anna);
    await everybodyReceives([anna, bert]);
  });
});

/** Away from LiveKit for a moment; `changed` happens before the way back is asked for. */
async function awayWhile(person, changed) {
  const back = await lose(person);
  await changed();
  await back();
}

test('no longer signed in where accounts alone come in: “Sign in” leads back to the room', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    await bare(bert);
    bert.guard.allow(...ENDED_BY_LIVEKIT, /status of (401|403)/);
    const slug = await room(anna);
    await anna.page.goto(`/${slug}/settings#door`);
    await anna.page.locator('input[name=verified_only]').check();
    await anna.page.locator('#door button').click();
    await anna.page.getByText('Saved. It holds at once.').waitFor();
    const email = `signed-out-${process.pid}@example.org`;
    await here.server.addUser(email, bert.name);
    await bert.signIn(email);
    await bert.join(slug);
    await awayWhile(bert, () => bert.context.clearCookies({ name: 'sessionid' }));
    assert.equal(await bert.ended(), 'signed-out');
    await accessible(bert.page, 'no longer signed in');
    assert.equal(await bert.page.locator('#sign-in').getAttribute('href'), `/sign-in?next=/${slug}`);
    await bert.page.click('#sign-in');
    await bert.page.waitForURL(/\/sign-in\?next=/);
    await bert.page.locator('input[name=email]').first().waitFor();
  });
});

test('the room is gone when somebody comes back: said, and “Rejoin” says what became of it', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    await bare(bert);
    bert.guard.allow(...ENDED_BY_LIVEKIT, /status of 404/);
    const slug = await room(anna);
    await bert.join(slug);
    await awayWhile(bert, async () => {
      await anna.page.goto(`/${slug}/delete`);
      await anna.page.locator('main form[method=post] button').first().click();
      await anna.page.waitForURL(`${here.server.origin}/`);
    });
    assert.equal(await bert.ended(), 'refused');
    await bert.page.click('#rejoin');
    await bert.page.getByRole('heading', { name: 'There is no room at this address' }).waitFor();
  });
});
