// What ends at the door by itself: patience, and decisions with their meeting.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Lobby } from '../support/lobby.mjs';
import { world } from '../support/world.mjs';

const here = world({ env: { VISAVIS_LOBBY_PATIENCE: '6' } });
const lobby = new Lobby(here);

test('nobody answers: one is told so, leaves the hosts’ list, and may ask again', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    const slug = await lobby.room(anna);
    await lobby.knock(bert, slug);
    await lobby.reads(bert, 'Nobody has answered');
    await anna.page.goto(`/${slug}/lobby`);
    await anna.page.getByText('Nobody is waiting.').waitFor();
    await bert.page.getByRole('button', { name: 'Ask again' }).click();
    await lobby.reads(bert, 'No host is here yet');
    await anna.page.getByRole('button', { name: 'Admit Bert B' }).click();
    await bert.inState('call');
  });
});

test('an admission ends with its meeting: the next time one asks again', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    const slug = await lobby.room(anna);
    await anna.join(slug);
    await lobby.knock(bert, slug);
    await lobby.press(anna, 'Admit');
    await bert.inState('call');
    await bert.page.goto(`/${slug}`);
    await bert.page.getByRole('button', { name: 'Join', exact: true }).waitFor();
    assert.match(await bert.page.locator('.pre__form').innerText(), /Anna L/, 'who was admitted sees who is in');
    await anna.leave();
    // LiveKit keeps the room for twenty seconds after the last one left.
    await bert.page.waitForTimeout(24_000);
    await bert.page.goto(`/${slug}`);
    await bert.page.getByRole('button', { name: 'Ask to join' }).waitFor();
    assert.doesNotMatch(await bert.page.locator('.pre__form').innerText(), /Anna L/);
  });
});
