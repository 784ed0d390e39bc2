// The door: who asks to come in waits until a host decides.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Lobby } from '../support/lobby.mjs';
import { everybodyReceives } from '../support/person.mjs';
import { until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();
const lobby = new Lobby(here);

test('a guest knocks, is admitted from the call, and comes straight in after a reload', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    const slug = await lobby.room(anna);
    await anna.join(slug);
    await lobby.knock(bert, slug);
    await lobby.reads(bert, 'The host knows you are here');
    await lobby.reads(bert, 'You are next in line');
    await lobby.card(anna).getByText('Bert B').waitFor();
    assert.match(await anna.page.title(), /^🔔 1 · /u);
    await lobby.press(anna, 'Admit');
    await bert.inState('call');
    await everybodyReceives([anna, bert]);
    assert.equal(await lobby.card(anna).count(), 0);
    await until('the bell leaves the title', async () => !(await anna.page.title()).includes('🔔'));
    await bert.page.reload();
    await bert.pressJoin();
    await everybodyReceives([anna, bert]);
  });
});

test('refused: one is told so, may ask again, and is admitted then', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    const slug = await lobby.room(anna);
    await anna.join(slug);
    await lobby.knock(bert, slug);
    await lobby.press(anna, 'Refuse');
    await lobby.reads(bert, 'You were not let in');
    await bert.page.locator('#wait button[data-do=ask]:not([disabled])').click({ timeout: 20_000 });
    await lobby.reads(bert, 'The host knows you are here');
    await lobby.press(anna, 'Admit');
    await bert.inState('call');
  });
});

test('who comes before any host waits, is told when one comes, reads the host’s message, and keeps the place over a reload', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    const slug = await lobby.room(anna);
    await lobby.knock(bert, slug);
    await lobby.reads(bert, 'No host is here yet');
    await lobby.knock(cleo, slug);
    await lobby.reads(cleo, 'Number 2 in line');
    await anna.join(slug);
    await lobby.reads(bert, 'The host knows you are here');
    const door = await anna.context.newPage();
    await door.goto(`/${slug}/lobby`);
    await door.fill('#message', 'Five <b>minutes</b>');
    here.server.keepSecret('Five <b>minutes</b>');
    await door.getByRole('button', { name: 'Tell them' }).click();
    await lobby.reads(cleo, 'Five <b>minutes</b>');
    await bert.page.reload();
    await bert.inState('waiting');
    await lobby.reads(bert, 'You are next in line');
    await lobby.reads(cleo, 'Number 2 in line');
    await bert.page.getByRole('link', { name: 'Stop waiting' }).click();
    await lobby.reads(cleo, 'You are next in line');
    await door.getByRole('button', { name: 'Admit Cleo C' }).click();
    await cleo.inState('call');
    await door.getByText('Nobody is waiting.').waitFor();
    await everybodyReceives([anna, cleo]);
  });
});

test('twelve wait, and all are admitted at once', async () => {
  const guests = Array.from({ length: 12 }, (_, number) => ({ name: `Guest ${number + 1}`, permissions: [] }));
  await here.with([{ name: 'Anna L' }, ...guests], async (anna, ...all) => {
    // Thirteen browsers on one machine: who is not connected in time is connected anew, and LiveKit's script says so.
    for (const each of [anna, ...all]) each.guard.allow(/negotiation timed out/, /cannot send signal request before connected/);
    const slug = await lobby.room(anna);
    await anna.join(slug);
    for (const guest of all) await lobby.knock(guest, slug);
    await lobby.reads(all[11], 'Number 12 in line');
    await lobby.card(anna).getByRole('button', { name: 'See all (12)' }).click();
    const panel = anna.page.locator('.aside');
    await panel.getByText('At the door (12)').waitFor();
    await panel.getByRole('button', { name: 'Admit all' }).click();
    await Promise.all(all.map((guest) => guest.inState('call', 60_000)));
    await panel.getByText('Nobody is waiting.').waitFor();
    await panel.getByText('In the meeting (13)').waitFor({ timeout: 30_000 });
  });
});

test('two hosts decide in the same moment: one decision holds, and nobody sees an error', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Ben H' }, { name: 'Bert B' }], async (anna, ben, bert) => {
    const slug = await lobby.room(anna);
    await lobby.cohost(anna, ben, slug);
    await anna.join(slug);
    await ben.join(slug);
    await lobby.knock(bert, slug);
    await Promise.all([anna, ben].map((host) => lobby.card(host).waitFor()));
    // Pressed in the page itself: Playwright's click would wait for the other's to be over.
    const pressed = (host, name) => lobby.card(host).getByRole('button', { name, exact: true }).evaluate((button) => button.click());
    await Promise.all([pressed(anna, 'Admit'), pressed(ben, 'Refuse')]);
    await until('it is decided', async () => {
      const state = await bert.state();
      return state === 'call' || (state === 'waiting' && (await bert.page.locator('#wait').innerText()).includes('You were not let in'));
    });
    await Promise.all([anna, ben].map((host) => lobby.card(host).waitFor({ state: 'detached' })));
    for (const host of [anna, ben]) assert.equal(await host.page.locator('.door__trouble:not(:empty)').count(), 0);
  });
});

test('a host who reloads sees at once who waits; a role that is taken away closes the door’s list', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Ben H' }, { name: 'Bert B' }], async (anna, ben, bert) => {
    ben.guard.allow(/status of 403/);
    const slug = await lobby.room(anna);
    const access = await lobby.cohost(anna, ben, slug);
    await anna.join(slug);
    await lobby.knock(bert, slug);
    await lobby.card(anna).waitFor();
    await anna.page.reload();
    await anna.pressJoin();
    await lobby.card(anna).getByText('Bert B').waitFor();
    await ben.page.goto(`/${slug}/lobby`);
    await ben.page.getByRole('button', { name: 'Admit Bert B' }).waitFor();
    await lobby.rest(anna, 'DELETE', `/api/v1.0/resource-accesses/${access}/`);
    await ben.page.getByRole('button', { name: 'Admit Bert B' }).waitFor({ state: 'detached' });
  });
});

test('a change of the access level judges those who wait at once, and hosts never wait', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }, { name: 'Mia M' }], async (anna, bert, mia) => {
    const slug = await lobby.room(anna);
    await here.server.addUser('mia@example.org', 'Mia M');
    await mia.signIn('mia@example.org');
    await lobby.knock(mia, slug);
    await lobby.knock(bert, slug);
    await lobby.level(anna, slug, 'trusted');
    await mia.inState('call');
    assert.equal(await bert.state(), 'waiting');
    await bert.page.getByRole('link', { name: 'Sign in to skip the wait' }).waitFor();
    await lobby.level(anna, slug, 'public');
    await bert.inState('call');
    await anna.join(slug);
  });
});

test('a hidden tab rings: sound, title, and a notification of the system', async () => {
  await here.with([{ name: 'Anna L', permissions: ['camera', 'microphone', 'notifications'] }, { name: 'Bert B' }], async (anna, bert) => {
    const slug = await lobby.room(anna);
    await anna.context.addInitScript(() => {
      window.shown = [];
      window.tones = 0;
      window.Notification = class {
        static permission = 'granted';
        constructor(text) {
          window.shown.push(text);
        }
      };
      const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (...rest) {
        window.tones += 1;
        return start.apply(this, rest);
      };
      Object.defineProperty(document, 'hidden', { get: () => true });
    });
    await anna.join(slug);
    await lobby.knock(bert, slug);
    await lobby.card(anna).waitFor();
    await until('it rings', async () => (await anna.page.evaluate(() => window.tones)) >= 2);
    assert.deepEqual(await anna.page.evaluate(() => window.shown), ['Bert B is at the door']);
    assert.match(await anna.page.title(), /^🔔 1 · Door/u);
  });
});
