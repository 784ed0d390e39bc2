// What a room's settings ask of those who come: a limit, a host, an account.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from '../support/axe.mjs';
import { Lobby } from '../support/lobby.mjs';
import { world } from '../support/world.mjs';

const here = world();
const lobby = new Lobby(here);

/** Fills the section of the conditions in another tab, as a host would during the meeting. */
async function conditions(host, slug, { most = '', hosts = false, verified = false }, saved = 'Saved. It holds at once.') {
  const page = await host.context.newPage();
  await page.goto(`/${slug}/settings#door`);
  await page.fill('#max_participants', most);
  await page.locator('input[name=hosts_required]').setChecked(hosts);
  await page.locator('input[name=verified_only]').setChecked(verified);
  await page.locator('#door button').click();
  await page.getByText(saved).waitFor();
  await page.close();
}

test('a full meeting says so, and lets the next one in once somebody leaves', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    const slug = await lobby.room(anna, 'public');
    await conditions(anna, slug, { most: '2' });
    await anna.join(slug);
    await bert.join(slug);
    await lobby.knock(cleo, slug);
    await lobby.reads(cleo, 'The meeting is full');
    await bert.page.click('#leave');
    await cleo.inState('call', 30_000);
  });
});

test('a limit that is raised during the meeting: nobody is sent to a LiveKit that refuses them, and it holds from the next one', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    const slug = await lobby.room(anna, 'public');
    await conditions(anna, slug, { most: '2' });
    await anna.join(slug);
    await bert.join(slug);
    await conditions(anna, slug, { most: '5' }, 'The new limit holds from the next meeting.');
    await lobby.knock(cleo, slug);
    await lobby.reads(cleo, 'The meeting is full');
    // LiveKit keeps a place for each host besides: it is the owner's alone.
    await anna.page.reload();
    await anna.pressJoin();
    await bert.page.click('#leave');
    await cleo.inState('call', 30_000);
  });
});

test('where a host is needed everybody waits, and comes in when one does', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    const slug = await lobby.room(anna, 'public');
    await conditions(anna, slug, { hosts: true });
    await lobby.knock(bert, slug);
    await lobby.reads(bert, 'No host is here yet');
    await anna.join(slug);
    await bert.inState('call', 30_000);
  });
});

test('where accounts alone come in a guest is asked to sign in, and keeps the name of the account', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    const slug = await lobby.room(anna, 'public');
    await bert.page.goto(`/${slug}`);
    await bert.page.locator('#join:not([disabled])').waitFor();
    await conditions(anna, slug, { verified: true });
    // The page was open already: the answer is said beside the button.
    await bert.page.fill('#name', 'Mallory');
    bert.guard.allow(/403/);
    await bert.page.click('#join');
    await bert.page.getByText('Only people with an account come in here.').waitFor();
    await bert.page.reload();
    await bert.page.getByRole('heading', { name: /Door/ }).waitFor();
    await accessible(bert.page, 'an account is needed');
    assert.equal(await bert.page.locator('#join').count(), 0);
    const email = `bert-${process.pid}@example.org`;
    await here.server.addUser(email, 'Bert B');
    await bert.signIn(email);
    await bert.page.goto(`/${slug}`);
    await bert.page.locator('#join:not([disabled])').waitFor();
    assert.equal(await bert.page.inputValue('#name'), 'Bert B');
    assert.equal(await bert.page.locator('#name').isEditable(), false);
    await bert.page.click('#join');
    await bert.inState('call');
  });
});

test('settings, the log and the defaults of new rooms can be used by everybody', async () => {
  await here.with([{ name: 'Anna L', viewport: { width: 390, height: 844 } }], async (anna) => {
    const slug = await lobby.room(anna, 'public');
    await conditions(anna, slug, { most: '2', hosts: true });
    await anna.page.goto(`/${slug}/settings`);
    await anna.page.fill('#max_participants', '1');
    await anna.page.locator('#door button').click();
    await anna.page.getByText('Type a whole number from 2 to 1,000, or nothing.').waitFor();
    await accessible(anna.page, 'settings with an error');
    await anna.page.fill('#name', 'Renamed');
    await anna.page.locator('#name-form button').click();
    await anna.page.getByText('Give up…').click();
    await accessible(anna.page, 'giving up a link');
    await anna.page.getByRole('button', { name: 'Give up this link' }).click();
    await anna.page.getByText('That link leads nowhere now.').waitFor();
    await anna.page.getByRole('link', { name: 'Open the log' }).click();
    await anna.page.getByText('changed the settings (a former link given up)').waitFor();
    await accessible(anna.page, 'the log');
    await anna.page.goto('/account/rooms');
    await accessible(anna.page, 'defaults of new rooms');
    await anna.page.locator('input[name=access_level][value=trusted]').check();
    await anna.page.locator('main form button').click();
    await anna.page.getByText('Saved.').waitFor();
    const next = await anna.makeRoom('After that');
    await anna.page.goto(`/${next}/settings`);
    assert.ok(await anna.page.locator('input[name=access_level][value=trusted]').isChecked());
  });
});
