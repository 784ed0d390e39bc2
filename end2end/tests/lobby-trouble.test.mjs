// The door when something is in the way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from '../support/axe.mjs';
import { SERVER_AWAY } from '../support/guard.mjs';
import { Lobby } from '../support/lobby.mjs';
import { everybodyReceives } from '../support/person.mjs';
import { until } from '../support/wait.mjs';
import { Wire } from '../support/wire.mjs';
import { world } from '../support/world.mjs';

const here = world();
const lobby = new Lobby(here);

test('a host without script admits, refuses and reads who waits', async () => {
  await here.with([{ name: 'Anna L', script: false }, { name: 'Bert B' }, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    const slug = await lobby.room(anna);
    await lobby.knock(bert, slug);
    await lobby.knock(cleo, slug);
    await anna.page.goto(`/${slug}/lobby`);
    await anna.page.getByText('At the door (2)').waitFor();
    assert.equal(await anna.page.locator('meta[http-equiv=refresh]').count(), 1, 'fetched anew by itself');
    await anna.page.getByRole('button', { name: 'Refuse Cleo C' }).click();
    await lobby.reads(cleo, 'You were not let in');
    await anna.page.getByRole('button', { name: 'Admit Bert B' }).click();
    await anna.page.getByText('Nobody is waiting.').waitFor();
    await bert.inState('call');
    await anna.page.getByRole('link', { name: 'Stop that to write a message' }).click();
    assert.equal(await anna.page.locator('meta[http-equiv=refresh]').count(), 0, 'not while somebody writes');
    await anna.page.fill('#message', 'x'.repeat(280));
    await anna.page.getByRole('button', { name: 'Tell them' }).click();
  });
});

test('a proxy that lets no events through: visitor and host ask instead', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    // Taken, and never answered, as by a proxy that waits for the end of an answer.
    for (const person of [anna, bert]) await person.context.route(/\/(wait|lobby)\/events/, () => {});
    const slug = await lobby.room(anna);
    await anna.join(slug);
    await bert.page.goto(`/${slug}`);
    await bert.page.locator('#join:not([disabled])').waitFor();
    await bert.page.fill('#name', 'Bert B');
    await bert.page.click('#join');
    await lobby.reads(bert, 'The host knows you are here', 20_000);
    await lobby.card(anna).waitFor({ timeout: 20_000 });
    await lobby.press(anna, 'Admit');
    await bert.inState('call');
  });
});

test('Visavis is restarted while somebody waits: the place is kept, and both sides hear again', async () => {
  const { server } = here;
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    [anna, bert, cleo].forEach((person) => person.guard.allow(...SERVER_AWAY, /ERR_INCOMPLETE_CHUNKED_ENCODING|EventSource/));
    const slug = await lobby.room(anna);
    await lobby.knock(bert, slug);
    await lobby.knock(cleo, slug);
    await anna.page.goto(`/${slug}/lobby`);
    await anna.page.getByText('At the door (2)').waitFor();
    await server.stop();
    await bert.page.locator('.wait__lost').waitFor({ state: 'visible', timeout: 20_000 });
    await server.launch();
    await bert.page.locator('.wait__lost').waitFor({ state: 'hidden', timeout: 30_000 });
    await lobby.reads(cleo, 'Number 2 in line', 30_000);
    await lobby.reads(bert, 'You are next in line', 30_000);
    await anna.page.getByRole('button', { name: 'Admit Bert B' }).click({ timeout: 30_000 });
    await bert.inState('call', 30_000);
    await lobby.reads(cleo, 'You are next in line');
  });
});

test('LiveKit is killed while somebody waits: the place is kept, and the way in works once it is back', async () => {
  const { server } = here;
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    [anna, bert].forEach((person) => person.guard.allow(...SERVER_AWAY));
    const slug = await lobby.room(anna);
    await anna.join(slug);
    await lobby.knock(bert, slug);
    await lobby.card(anna).waitFor();
    server.expected.push(/the LiveKit server ended/);
    process.kill(server.livekitPid(), 'SIGKILL');
    await lobby.press(anna, 'Admit');
    await bert.inState('call', 40_000);
    await anna.inState('call', 40_000);
    await everybodyReceives([anna, bert], 30_000);
  });
});

test('the network of somebody who waits is gone for a while: the place is kept', async () => {
  const wire = await Wire.lay();
  await here.with([{ name: 'Anna L' }, { name: 'Bert B', proxy: wire.proxy }, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    bert.guard.allow(...SERVER_AWAY);
    const slug = await lobby.room(anna);
    await lobby.knock(bert, slug);
    await lobby.knock(cleo, slug);
    await lobby.reads(cleo, 'Number 2 in line');
    wire.cut();
    await bert.page.locator('.wait__lost').waitFor({ state: 'visible', timeout: 20_000 });
    // Long enough that hosts do not see who is not there.
    await lobby.reads(cleo, 'You are next in line', 30_000);
    wire.mend();
    await lobby.reads(bert, 'You are next in line', 30_000);
    await lobby.reads(cleo, 'Number 2 in line');
  });
  await wire.remove();
});

test('waiting and deciding by keyboard and screen reader', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    const slug = await lobby.room(anna);
    await lobby.knock(bert, slug);
    await lobby.knock(cleo, slug);
    await accessible(bert.page, 'waiting');
    assert.equal(await bert.page.evaluate(() => document.activeElement?.id), 'wait', 'the focus goes to what is said');
    await anna.page.goto(`/${slug}/lobby`);
    await anna.page.getByText('At the door (2)').waitFor();
    await accessible(anna.page, 'the door');
    await anna.page.getByRole('button', { name: 'Admit Bert B' }).focus();
    await anna.page.keyboard.press('Enter');
    await bert.inState('call');
    await until('the focus is on the next', async () => (await anna.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))) === 'Admit Cleo C');
    await anna.join(slug);
    await lobby.card(anna).waitFor();
    await accessible(anna.page, 'the card in the call');
    await anna.page.click('#people');
    await accessible(anna.page, 'the list in the call');
    assert.equal(await lobby.card(anna).isVisible(), false, 'the open list says it already');
    await anna.page.locator('.aside').getByRole('button', { name: 'Refuse Cleo C' }).click();
    await lobby.reads(cleo, 'You were not let in');
    await accessible(cleo.page, 'refused');
  });
});
