// Each way a call ends, and what the page says then.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ENDED_BY_LIVEKIT } from '../support/guard.mjs';
import { destroy, nameOf, participants, remove } from '../support/livekit.mjs';
import { everybodyReceives } from '../support/person.mjs';
import { world } from '../support/world.mjs';

const here = world();
let made = 0;

async function room(host) {
  made += 1;
  await here.server.addUser(`end${made}@example.org`, host.name);
  await host.signIn(`end${made}@example.org`);
  return host.makeRoom(`Ending ${made}`);
}

test('left, and back by “Rejoin”', async () => {
  await here.with([{ name: 'Anna L' }], async (anna) => {
    await anna.join(await room(anna));
    await anna.leave();
    assert.equal(await anna.ended(), 'left');
    await anna.page.click('#rejoin');
    await anna.pressJoin();
    await anna.leave();
    await anna.page.click('#home');
    await anna.page.waitForURL(`${here.server.origin}/`);
  });
});

test('removed: one is told so, and others stay', async () => {
  const { server } = here;
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    [anna, bert].forEach((person) => person.guard.allow(...ENDED_BY_LIVEKIT));
    const slug = await room(anna);
    await anna.join(slug);
    await bert.join(slug);
    await everybodyReceives([anna, bert]);
    const name = await nameOf(server, slug);
    const guest = (await participants(server, name)).find((each) => each.name === 'Bert B');
    await remove(server, name, guest.identity);
    assert.equal(await bert.ended(), 'removed');
    assert.equal(await bert.page.locator('#rejoin').count(), 0);
    await anna.hasTiles(1);
    assert.equal(await anna.state(), 'call');
  });
});

test('the room is deleted: everybody is told that it is over', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    [anna, bert].forEach((person) => person.guard.allow(...ENDED_BY_LIVEKIT));
    const slug = await room(anna);
    await anna.join(slug);
    await bert.join(slug);
    await everybodyReceives([anna, bert]);
    await destroy(here.server, await nameOf(here.server, slug));
    assert.equal(await anna.ended(), 'closed');
    assert.equal(await bert.ended(), 'closed');
  });
});

test('replaced: the same browser joins in a second tab', async () => {
  await here.with([{ name: 'Anna L' }], async (anna) => {
    anna.guard.allow(...ENDED_BY_LIVEKIT);
    const slug = await room(anna);
    await anna.join(slug);
    const tab = await anna.newTab();
    await tab.join(slug);
    assert.equal(await anna.ended(), 'replaced');
    await tab.hasTiles(1);
    assert.equal(await tab.state(), 'call');
  });
});

test('no such room: the page keeps the code to be put right', async () => {
  await here.with([{}], async ({ page, guard }) => {
    guard.allow(/status of 404/);
    const answer = await page.goto('/abc-defg-hix');
    assert.equal(answer.status(), 404);
    await page.getByRole('heading', { name: 'There is no room at this address' }).waitFor();
    assert.equal(await page.inputValue('#code'), 'abc-defg-hix');
  });
});
