// What a call survives: LiveKit's death, ours, a reload, a lost network.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SERVER_AWAY } from '../support/guard.mjs';
import { destroy, nameOf, participants, rooms } from '../support/livekit.mjs';
import { everybodyReceives, receives } from '../support/person.mjs';
import { alive } from '../support/server.mjs';
import { Cable } from '../support/cable.mjs';
import { pause, until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();
let made = 0;

/** A host's room; its slug and LiveKit's name of it. */
async function room(host) {
  made += 1;
  const email = `host${made}@example.org`;
  await here.server.addUser(email, host.name);
  await host.signIn(email);
  return host.makeRoom(`Lasting ${made}`);
}

test('LiveKit is killed: everybody is back, seeing and hearing, within 15 s', async (t) => {
  const { server } = here;
  server.expected.push(/LiveKit server ended/);
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }, { name: 'Chloé Ø' }], async (anna, bert, chloe) => {
    const all = [anna, bert, chloe];
    all.forEach((person) => person.guard.allow(...SERVER_AWAY));
    const slug = await room(anna);
    for (const person of all) await person.join(slug);
    await everybodyReceives(all);
    const pid = server.livekitPid();
    const began = Date.now();
    process.kill(pid, 'SIGKILL');
    await until('LiveKit is gone', () => !alive(pid));
    // Statistics of the dead connection must not pass for those of the new one: these count from nothing again.
    await Promise.all(all.map((person) => until(`${person.name} has noticed`, async () => (await person.state()) === 'reconnecting')));
    await Promise.all(all.map((person) => person.inState('call', 15_000)));
    await everybodyReceives(all, 15_000);
    const took = Date.now() - began;
    t.diagnostic(`everybody was back after ${(took / 1000).toFixed(1)} s`);
    assert.ok(took < 15_000, `${took} ms`);
    for (const person of all) await person.hasTiles(3);
  });
});

test('visavis itself is started again during the call: media goes on, newcomers come in soon', async (t) => {
  const { server } = here;
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }, { name: 'Dora D' }], async (anna, bert, dora) => {
    [anna, bert].forEach((person) => person.guard.allow(...SERVER_AWAY));
    const slug = await room(anna);
    for (const person of [anna, bert]) await person.join(slug);
    await everybodyReceives([anna, bert]);
    const began = Date.now();
    await server.stop();
    await server.launch();
    t.diagnostic(`the server was away for ${Date.now() - began} ms`);
    await everybodyReceives([anna, bert], 20_000);
    t.diagnostic(`pictures and sound were back after ${((Date.now() - began) / 1000).toFixed(1)} s`);
    await Promise.all([anna, bert].map((person) => person.inState('call', 15_000)));
    await dora.join(slug);
    await everybodyReceives([anna, bert, dora]);
    await anna.page.goto('/');
    await anna.page.getByRole('heading', { name: 'Your rooms' }).waitFor();
  });
});

test('a reload replaces itself; the same account on a second device stays beside the first', async () => {
  const { server } = here;
  await here.with([{ name: 'Anna L' }, { name: 'Anna L' }, { name: 'Bert B' }], async (laptop, phone, bert) => {
    const slug = await room(laptop);
    await phone.signIn(`host${made}@example.org`);
    await laptop.join(slug);
    await bert.join(slug);
    await everybodyReceives([laptop, bert]);
    await laptop.page.evaluate(() => {
      const voice = document.querySelector('.meeting > [role=status]');
      window.said = [];
      new MutationObserver(() => window.said.push(voice.textContent.trim())).observe(voice, { childList: true, characterData: true, subtree: true });
    });
    for (const person of [bert, laptop]) {
      if (person === laptop) {
        await pause(5000);
        assert.deepEqual((await laptop.page.evaluate(() => window.said)).filter((text) => /Bert/.test(text)), [], 'who is back at once has not been away');
      }
      await person.page.reload();
      await person.pressJoin();
      await everybodyReceives([laptop, bert]);
      for (const each of [laptop, bert]) await each.hasTiles(2);
    }
    await phone.join(slug);
    await everybodyReceives([laptop, phone, bert]);
    await pause(1000);
    for (const person of [laptop, phone, bert]) {
      assert.equal(await person.state(), 'call');
      await person.hasTiles(3);
    }
    const identities = (await participants(server, await nameOf(server, slug))).map((each) => each.identity);
    assert.equal(new Set(identities.map((identity) => identity.split('~')[0])).size, 2, 'one account, one guest');
  });
});

test('the only participant loses the network for 40 s, the room is gone meanwhile, and comes back', async (t) => {
  const { server } = here;
  await here.with([{ name: 'Lone L' }, { name: 'Bert B' }], async (lone, bert) => {
    lone.guard.allow(...SERVER_AWAY);
    const cable = await Cable.of(lone);
    const slug = await room(lone);
    await lone.join(slug);
    const name = await nameOf(server, slug);
    await until('LiveKit knows of one', async () => (await participants(server, name)).length === 1);
    const received = () => lone.page.evaluate(async () => {
      const reports = await Promise.all(window.peers.map((peer) => peer.getStats()));
      return reports.flatMap((report) => [...report.values()]).filter(({ type }) => type === 'transport').reduce((sum, { bytesReceived }) => sum + bytesReceived, 0);
    });
    const quiet = async (milliseconds) => {
      const before = await received();
      await pause(milliseconds);
      // Less when the client has given up a connection and its numbers with it.
      return (await received()) <= before;
    };
    assert.equal(await quiet(4000), false, 'media flows');
    const began = Date.now();
    await cable.pull();
    await pause(1000);
    assert.equal(await quiet(4000), true, 'no packet comes in any more');
    await lone.inState('reconnecting');
    t.diagnostic(`noticed after ${((Date.now() - began) / 1000).toFixed(1)} s`);
    await pause(began + 40_000 - Date.now());
    assert.equal(await lone.state(), 'reconnecting');
    // The worst case: LiveKit has forgotten the room too, as it does soon after the last one has left.
    await destroy(server, name).catch(() => undefined);
    await until('the room is gone', async () => !(await rooms(server)).some((each) => each.name === name));
    await cable.plugIn();
    const back = Date.now();
    await lone.inState('call', 15_000);
    t.diagnostic(`back after ${((Date.now() - back) / 1000).toFixed(1)} s`);
    await bert.join(slug);
    await everybodyReceives([lone, bert]);
    await receives(bert, 1);
  });
});
