// The door: who asks to come in waits until a host decides.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Lobby } from '../support/lobby.mjs';
import { everybodyReceives } from '../support/person.mjs';
import { world } from '../support/world.mjs';

const here = world();
const lobby = new Lobby(here);

test('a guest knocks, is admitted from the call, and comes straight in after a reload', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    const slug = await lobby.room(anna);
    await anna.join(slug);
    await lobby.knock(bert, slug);
    await bert.page.getByRole('heading', { name: 'The host knows you are here' }).waitFor();
    const card = anna.page.locator('.knock');
    await card.getByText('Bert B').waitFor();
    await card.getByRole('button', { name: 'Admit', exact: true }).click();
    await bert.inState('call');
    await everybodyReceives([anna, bert]);
    assert.equal(await card.count(), 0);
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
    await anna.page.locator('.knock').getByRole('button', { name: 'Refuse', exact: true }).click();
    await bert.page.getByRole('heading', { name: 'You were not let in' }).waitFor();
    await bert.page.locator('#wait button[data-do=ask]:not([disabled])').click({ timeout: 20_000 });
    await bert.page.getByRole('heading', { name: 'The host knows you are here' }).waitFor();
    await anna.page.locator('.knock').getByRole('button', { name: 'Admit', exact: true }).click();
    await bert.inState('call');
  });
});
