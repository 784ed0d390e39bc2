// What hosts do, each act as the person concerned and the others see it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from '../support/axe.mjs';
import { ENDED_BY_LIVEKIT } from '../support/guard.mjs';
import { Lobby } from '../support/lobby.mjs';
import { meeting } from '../support/meeting.mjs';
import { pause, until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();
const lobby = new Lobby(here);
const PAIR = [{ name: 'Anna L' }, { name: 'Bert B' }];
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const call = (...all) => meeting('Acts', ...all);
const isOn = (person, id) => person.page.locator(`.bar #${id}.is-on`).count();
const on = (person, id) => until(`${person.name}’s ${id} is on`, () => isOn(person, id));
const off = (person, id) => until(`${person.name}’s ${id} is off`, async () => !(await isOn(person, id)));
const pill = (person, text) => person.page.locator('.call__over .pill', { hasText: text }).waitFor();
const row = (person, name) => person.page.locator('.aside__body > ul .person', { hasText: name });

async function people(person) {
  if (!(await person.page.locator('#panel-close').count())) await person.page.locator('#people:visible, #people-top:visible').click();
}
/** Opens what can be done about somebody, and does it. */
async function act(person, name, deed) {
  await people(person);
  await row(person, name).locator('person-tools button').click();
  await person.page.locator(`dialog.deeds [data-deed=${deed}]`).click();
}
async function tools(person) {
  if (await person.page.locator('#host-tools').count()) return;
  if (await person.page.locator('#panel-close').count()) await person.page.click('#panel-close');
  if (await person.page.locator('#host-tools-open').isVisible()) await person.page.click('#host-tools-open');
  else {
    await person.page.click('#more');
    await person.page.click('#host-tools-more');
  }
  await person.page.locator('#host-tools').waitFor();
}
const close = (person) => person.page.keyboard.press('Escape');
const dialogsClosed = (person) => until('no dialog is open', async () => (await person.page.locator('dialog').count()) === 0);

/** Mutes, asks, lowers, stops, locks, removes, lets back: the same for a desk and for a phone. */
async function everything(anna, bert, cleo, slug) {
  await on(bert, 'mic');
  await act(anna, 'Bert B', 'mute');
  await bert.page.locator('#muted').waitFor();
  await off(bert, 'mic');
  await until('Anna sees it', () => row(anna, 'Bert B').getByText('Muted').count());
  await until('Cleo sees it', () => cleo.page.locator('[data-tile]', { hasText: 'Bert B' }).getByText('Muted').count());

  await act(anna, 'Bert B', 'ask');
  await pill(anna, 'Bert B has been asked to unmute');
  assert.equal(await isOn(bert, 'mic'), 0, 'nothing unmutes by itself');
  await bert.page.locator('#asked-to-unmute').getByRole('button', { name: 'Unmute' }).click();
  await on(bert, 'mic');

  for (const person of [bert, cleo]) await person.page.click('#hand');
  await until('two hands are up', async () => (await cleo.page.locator('.tile__tag--hand').count()) === 2);
  await act(anna, 'Bert B', 'lower-hand');
  await until('one is up', async () => (await cleo.page.locator('.tile__tag--hand').count()) === 1);
  await until('Bert’s button knows', async () => /^Raise/.test(await bert.page.locator('#hand').getAttribute('aria-label')));
  await tools(anna);
  await anna.page.click('#lower-hands');
  await until('none is up', async () => (await bert.page.locator('.tile__tag--hand').count()) === 0);
  await anna.page.getByText('All hands are down.').waitFor();

  await anna.page.click('#mute-everyone');
  await anna.page.getByText('Everyone except the hosts is muted.').waitFor();
  for (const person of [bert, cleo]) await off(person, 'mic');
  assert.ok(await isOn(anna, 'mic'), 'hosts are not');
  await bert.page.locator('#muted').waitFor();

  await anna.page.locator('#lock').click();
  for (const person of [anna, bert, cleo]) await person.page.locator('call-lock:visible .lock, call-lock .lock:visible').first().waitFor();
  await pill(bert, 'The meeting is locked');
  await anna.page.locator('#lock').click();
  for (const person of [anna, bert]) await person.page.locator('.lock').first().waitFor({ state: 'detached' });
  await close(anna);
  await dialogsClosed(anna);

  await act(anna, 'Bert B', 'remove');
  const asked = anna.page.locator('#remove');
  await asked.getByText('Remove Bert B?').waitFor();
  await asked.getByText('Bert B has no account').waitFor();
  await asked.getByRole('button', { name: 'Cancel' }).click();
  await dialogsClosed(anna);
  await anna.hasTiles(3);
  await act(anna, 'Bert B', 'remove');
  await asked.getByRole('button', { name: 'Remove', exact: true }).click();
  assert.equal(await bert.ended(), 'removed');
  await bert.page.getByText('You can come back only when a host lets you back in.').waitFor();
  await anna.hasTiles(2);
  await cleo.hasTiles(2);
  await bert.page.goto(`/${slug}`);
  await bert.page.locator('#join:not([disabled])').waitFor();
  await bert.page.click('#join');
  await pause(2500);
  assert.notEqual(await bert.state(), 'call', 'who was removed is not let in');
  await tools(anna);
  await anna.page.locator('#removed').getByRole('button', { name: 'Let back in Bert B' }).click();
  await anna.page.locator('#removed').waitFor({ state: 'hidden' });
  await close(anna);
  await dialogsClosed(anna);
  await bert.join(slug);
  await anna.hasTiles(3);
}

const quiet = (...all) => all.forEach((person) => person.guard.allow(...ENDED_BY_LIVEKIT, /status of 40[0-9]/));

test('everything a host does, on a desk', async () => {
  await here.with([...PAIR, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    quiet(anna, bert, cleo);
    await everything(anna, bert, cleo, await call(anna, bert, cleo));
  });
});

test('everything a host does, on a phone', async () => {
  await here.with([{ name: 'Anna L', ...PHONE }, { name: 'Bert B' }, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    quiet(anna, bert, cleo);
    await everything(anna, bert, cleo, await call(anna, bert, cleo));
    const beside = await anna.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(beside <= 0, `${beside} px beside the screen`);
  });
});

test('a shared screen that a host stops is gone for everybody, is told, and does not come back by itself', async () => {
  await here.with([...PAIR, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    await call(anna, bert, cleo);
    await bert.page.click('#share');
    for (const person of [anna, cleo]) await person.page.locator('.share__video').waitFor();
    await act(anna, 'Bert B', 'stop-share');
    await pill(bert, 'A host stopped your screen share');
    for (const person of [anna, cleo]) await person.page.locator('.share__video').waitFor({ state: 'detached' });
    await until('Bert’s button knows', async () => (await bert.page.locator('.bar #share').getAttribute('aria-label')) === 'Share your screen');
    assert.equal(await bert.page.locator('.pill', { hasText: 'Everyone sees your screen' }).count(), 0);
    await pause(1500);
    assert.equal(await anna.page.locator('.share__video').count(), 0);
    await bert.page.locator('.pill', { hasText: 'A host stopped' }).waitFor({ state: 'detached' });
    await until('Bert may share again', () => bert.page.locator('.bar #share').isEnabled());
    await bert.page.click('#share');
    await anna.page.locator('.share__video').waitFor();
    // Where sharing is switched off, that is what is said.
    await tools(anna);
    await anna.page.click('#may-share');
    await pill(bert, 'The hosts have switched off screen sharing');
    await pause(1000);
    assert.equal(await bert.page.locator('.pill', { hasText: 'A host stopped' }).count(), 0);
  });
});

test('everybody mutes others where the room lets them, and nobody else where it does not', async () => {
  await here.with([...PAIR, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    await call(anna, bert, cleo);
    await on(cleo, 'mic');
    await people(bert);
    assert.equal(await row(bert, 'You').locator('person-tools button').count(), 0, 'nothing about oneself');
    await row(bert, 'Cleo C').locator('person-tools button').click();
    assert.deepEqual(await bert.page.locator('dialog.deeds [data-deed]').evaluateAll((all) => all.map(({ dataset }) => dataset.deed)), ['mute']);
    await bert.page.locator('[data-deed=mute]').click();
    await cleo.page.locator('#muted').getByText('Somebody muted you.').waitFor();
    await off(cleo, 'mic');
    await tools(anna);
    await anna.page.click('#may-mute');
    await until('Bert has no such button', async () => (await bert.page.locator('person-tools button').count()) === 0);
    await close(anna);
    await cleo.page.locator('#muted').getByRole('button', { name: 'Unmute' }).click();
    await on(cleo, 'mic');
    await act(anna, 'Cleo C', 'mute');
    await cleo.page.locator('#muted').getByText('A host muted you.').waitFor();
  });
});

test('a co-host of the meeting, made and taken back; nobody without an account', async () => {
  await here.with([...PAIR, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    const email = `acts-cohost-${process.pid}@example.org`;
    await here.server.addUser(email, 'Bert B');
    await bert.signIn(email);
    await call(anna, bert, cleo);
    await people(anna);
    await row(anna, 'Cleo C').locator('person-tools button').click();
    assert.equal(await anna.page.locator('[data-deed=cohost]').count(), 0);
    await close(anna);
    await act(anna, 'Bert B', 'cohost');
    await pill(bert, 'You are a co-host of this meeting now');
    await row(anna, 'Bert B').getByText('Co-host', { exact: true }).waitFor();
    await on(cleo, 'mic');
    await act(bert, 'Cleo C', 'mute');
    await off(cleo, 'mic');
    // Not of the owner.
    await people(bert);
    await row(bert, 'Anna L').locator('person-tools button').click();
    assert.equal(await bert.page.locator('[data-deed=remove], [data-deed=no-cohost]').count(), 0);
    await close(bert);
    await act(anna, 'Bert B', 'no-cohost');
    await pill(bert, 'You are no longer a co-host');
    await bert.page.locator('#host-tools-open').waitFor({ state: 'detached' });
  });
});

test('a co-host decides for this meeting alone, and is removed like anybody', async () => {
  await here.with([...PAIR, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    quiet(anna, bert, cleo);
    const email = `acts-removed-${process.pid}@example.org`;
    await here.server.addUser(email, 'Bert B');
    await bert.signIn(email);
    const slug = await call(anna, bert, cleo);
    await act(anna, 'Bert B', 'cohost');
    await pill(bert, 'You are a co-host of this meeting now');
    await tools(bert);
    await bert.page.locator('#lock').waitFor();
    assert.equal(await bert.page.locator('#host-tools [id^=may-], #host-tools a').count(), 0, 'what outlasts the meeting is not there');
    await close(bert);
    await dialogsClosed(bert);
    await act(bert, 'Cleo C', 'remove');
    await bert.page.locator('#remove').getByText('Remove Cleo C?').waitFor();
    assert.equal(await bert.page.locator('#remove-block').count(), 0);
    await close(bert);
    await dialogsClosed(bert);
    await act(anna, 'Bert B', 'remove');
    await anna.page.locator('#remove-block').waitFor();
    await anna.page.locator('#remove').getByRole('button', { name: 'Remove', exact: true }).click();
    assert.equal(await bert.ended(), 'removed');
    await anna.hasTiles(2);
    await bert.page.goto(`/${slug}`);
    await bert.page.locator('#join:not([disabled])').waitFor();
    await bert.page.click('#join');
    await pause(2500);
    assert.notEqual(await bert.state(), 'call', 'the role is gone');
  });
});

test('removed, and from now on everybody asks', async () => {
  await here.with([...PAIR, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    quiet(anna, bert, cleo);
    const slug = await call(anna, bert);
    await act(anna, 'Bert B', 'remove');
    await anna.page.check('#remove-lock');
    await anna.page.locator('#remove').getByRole('button', { name: 'Remove', exact: true }).click();
    assert.equal(await bert.ended(), 'removed');
    await anna.page.locator('.lock').first().waitFor({ state: 'attached' });
    await until('the focus is somewhere', () => anna.page.evaluate(() => document.activeElement !== document.body));
    await lobby.knock(cleo, slug);
    await anna.page.locator('door-watch[data-view=panel]').getByText('Cleo C').waitFor();
  });
});

test('a host leaves, or ends it for everyone', async () => {
  await here.with([...PAIR], async (anna, bert) => {
    quiet(anna, bert);
    const slug = await call(anna, bert);
    await anna.page.click('#leave');
    const how = anna.page.locator('#leave-how');
    await how.getByText('No other host is here.').waitFor();
    await accessible(anna.page, 'leaving');
    await close(anna);
    assert.equal(await anna.page.evaluate(() => document.activeElement.id), 'leave');
    await anna.leave();
    assert.equal(await anna.ended(), 'left');
    assert.equal(await bert.state(), 'call');
    await bert.hasTiles(1);
    // Who is no host is not asked, and who is alone neither.
    await anna.join(slug);
    await bert.hasTiles(2);
    await bert.page.click('#leave');
    assert.equal(await bert.ended(), 'left');
    await bert.join(slug);
    await anna.hasTiles(2);
    await anna.page.click('#leave');
    await how.getByRole('button', { name: 'End for everyone' }).click();
    for (const person of [anna, bert]) assert.equal(await person.ended(), 'closed');
    // From the tools too, after a question.
    await anna.join(slug);
    await bert.join(slug);
    await anna.hasTiles(2);
    await tools(anna);
    await anna.page.click('#end-for-all');
    await anna.page.locator('#end').getByText('End the meeting for everyone?').waitFor();
    await anna.page.locator('#end').getByRole('button', { name: 'Cancel' }).click();
    assert.equal(await anna.page.evaluate(() => document.activeElement.id), 'end-for-all');
    await anna.page.click('#end-for-all');
    await anna.page.locator('#end').getByRole('button', { name: 'End for everyone' }).click();
    for (const person of [anna, bert]) assert.equal(await person.ended(), 'closed');
  });
});

test('by keyboard: the menu, the dialogs, and the focus that comes back; what the server refuses is said', async () => {
  await here.with(PAIR, async (anna, bert) => {
    quiet(anna, bert);
    await call(anna, bert);
    const { keyboard } = anna.page;
    const focus = () => anna.page.evaluate(() => document.activeElement.dataset.deed ?? (document.activeElement.id || document.activeElement.textContent.trim()));
    await people(anna);
    const button = row(anna, 'Bert B').locator('person-tools button');
    assert.equal(await button.getAttribute('aria-label'), 'What you can do about Bert B');
    await button.focus();
    await keyboard.press('Enter');
    assert.equal(await focus(), 'mute');
    await keyboard.press('ArrowUp');
    assert.equal(await focus(), 'remove');
    await keyboard.press('Enter');
    await anna.page.locator('#remove').waitFor();
    await keyboard.press('Escape');
    await dialogsClosed(anna);
    assert.ok(await button.evaluate((one) => one === document.activeElement), 'back at the button');
    await keyboard.press('Enter');
    await keyboard.press('Escape');
    await dialogsClosed(anna);
    assert.ok(await button.evaluate((one) => one === document.activeElement), 'back at the button');
    await anna.page.focus('#host-tools-open');
    await keyboard.press('Enter');
    await anna.page.locator('#host-tools').waitFor();
    await anna.page.focus('#may-camera');
    await anna.page.route('**/rights/', (route) => route.abort());
    await keyboard.press('Space');
    await anna.page.locator('#host-tools').getByText('That did not work.').waitFor();
    assert.ok(await anna.page.isChecked('#may-camera'), 'the switch says what holds');
    anna.guard.allow(/ERR_FAILED/);
    await keyboard.press('Escape');
    assert.equal(await focus(), 'host-tools-open');
  });
});

test('axe finds nothing', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    quiet(anna, bert, cleo);
    await call(anna, bert, cleo);
    await anna.page.emulateMedia({ reducedMotion: 'reduce' });
    await act(anna, 'Cleo C', 'remove');
    await anna.page.check('#remove-block');
    await anna.page.locator('#remove').getByRole('button', { name: 'Remove', exact: true }).click();
    await cleo.ended();
    for (const width of [1280, 390]) {
      await anna.page.setViewportSize({ width, height: 844 });
      await people(anna);
      await row(anna, 'Bert B').locator('person-tools button').click();
      await accessible(anna.page, `what to do about one, ${width}`);
      await anna.page.locator('[data-deed=remove]').click();
      await accessible(anna.page, `remove, ${width}`);
      await close(anna);
      await dialogsClosed(anna);
      await tools(anna);
      await anna.page.locator('#removed li').getByText('Blocked').waitFor();
      await accessible(anna.page, `tools, ${width}`);
      await anna.page.click('#end-for-all');
      await accessible(anna.page, `end, ${width}`);
      await close(anna);
      await anna.page.locator('#end').waitFor({ state: 'detached' });
      await close(anna);
      await dialogsClosed(anna);
    }
  });
});
