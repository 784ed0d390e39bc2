// Removal holds: out on every tab, refused at the door, refused with an old token, back once a host says so.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from '../support/axe.mjs';
import { Lobby } from '../support/lobby.mjs';
import { bare, meeting } from '../support/meeting.mjs';
import { everybodyReceives } from '../support/person.mjs';
import { until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();
const lobby = new Lobby(here);

/** What the page of a host asks of the server. */
const ask = (host, what, method, body) => host.page.evaluate(async ([what, method, body]) => {
  const csrf = /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? '';
  const headers = { 'content-type': 'application/json', 'x-csrftoken': csrf };
  const answer = await fetch(`/api/v1.0/rooms/${window.room.name}/${what}/`, { method, headers, body: body && JSON.stringify(body) });
  return { status: answer.status, json: await answer.json().catch(() => undefined) };
}, [what, method, body]);

const identity = (person) => person.page.evaluate(() => window.me.identity);
/** How the way to LiveKit answers to a token. */
const status = (person, token) => person.page.evaluate((token) => fetch(`/livekit/rtc/validate?access_token=${token}`).then((answer) => answer.status), token);

test('who was removed stays out, whatever they try, until a host lets them back', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Karim H' }], async (anna, karim) => {
    for (const person of [anna, karim]) await bare(person);
    const slug = await meeting('Removed', anna, karim);
    const [who, token] = [await identity(karim), await karim.page.evaluate(() => window.room.engine.token)];
    assert.equal(await status(karim, token), 200);
    karim.guard.allow(/the server responded with a status of 403/, /User-Initiated Abort/, /closed unexpectedly/);
    assert.equal((await ask(anna, 'remove-participant', 'POST', { participant_identity: who })).status, 200);
    assert.equal(await karim.ended(), 'removed');
    await anna.hasTiles(1);
    assert.equal(await status(karim, token), 403, 'the token of before');

    // Again from the beginning, in a tab of its own.
    const tab = await karim.newTab();
    await tab.page.goto(`/${slug}`);
    await tab.page.fill('#name', 'Somebody Else');
    await tab.page.click('#join');
    await tab.page.getByRole('heading', { name: 'You were removed from this meeting' }).waitFor();
    assert.equal(await anna.tiles(), 1);

    const { json } = await ask(anna, 'removed', 'GET');
    assert.deepEqual(json.removed.map(({ name, blocked }) => ({ name, blocked })), [{ name: 'Karim H', blocked: false }]);
    assert.equal((await ask(anna, `removed/${json.removed[0].id}`, 'DELETE')).status, 204);
    await tab.inState('call', 30_000);
    await anna.hasTiles(2);
  });
});

test('who was removed waits to be let back in with one press, and comes in then', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Karim H' }], async (anna, karim) => {
    for (const person of [anna, karim]) await bare(person);
    await meeting('Back', anna, karim);
    karim.guard.allow(/the server responded with a status of 403/, /User-Initiated Abort/, /closed unexpectedly/);
    assert.equal((await ask(anna, 'remove-participant', 'POST', { participant_identity: await identity(karim) })).status, 200);
    assert.equal(await karim.ended(), 'removed');
    await accessible(karim.page, 'removed');
    await karim.page.getByRole('link', { name: 'Wait to be let back in' }).click();
    // With the name of before, without another press.
    await karim.page.getByRole('heading', { name: 'You were removed from this meeting' }).waitFor();
    assert.equal(await karim.state(), 'waiting');
    const { json } = await ask(anna, 'removed', 'GET');
    assert.equal((await ask(anna, `removed/${json.removed[0].id}`, 'DELETE')).status, 204);
    await karim.inState('call', 30_000);
    await anna.hasTiles(2);
    await anna.page.locator('.tile', { hasText: 'Karim H' }).first().waitFor();
    // Whoever was not removed has nothing to wait for at that address.
    await karim.page.goto(`${karim.page.url().split('?')[0]}?wait`);
    await karim.page.locator('#join:not([disabled])').waitFor();
    assert.equal(await karim.state(), 'prejoin');
  });
});

test('while the meeting is locked everybody new asks, and who was in comes back', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }, { name: 'Chloé C' }], async (anna, bert, chloe) => {
    await bare(anna);
    const slug = await meeting('Locked', anna, bert);
    // LiveKit tells of who is in as soon as media flow, not before.
    await everybodyReceives([anna, bert]);
    // So that there is a moment between coming and locking that LiveKit's clock of whole seconds sees.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal((await ask(anna, 'lock', 'PUT', { locked: true })).status, 200);
    await lobby.knock(chloe, slug);
    await lobby.card(anna).waitFor();
    await bert.page.reload();
    await bert.pressJoin();
    await anna.hasTiles(2);
    await lobby.press(anna, 'Admit');
    await chloe.inState('call', 30_000);
    assert.equal((await ask(anna, 'lock', 'PUT', { locked: false })).status, 200);
  });
});

test('the meeting ends for everybody at once', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    await bare(anna);
    await meeting('Over', anna, bert);
    for (const person of [anna, bert]) person.guard.allow(/User-Initiated Abort/, /closed unexpectedly/);
    assert.equal((await ask(anna, 'end', 'POST', {})).status, 200);
    await until('both know', async () => (await anna.ended()) === (await bert.ended()));
  });
});
