// What hosts decide is told to those whom it concerns, once; and only LiveKit and our server are believed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from '../support/axe.mjs';
import { become, mute, nameOf, participants, tell } from '../support/livekit.mjs';
import { bare, meeting } from '../support/meeting.mjs';
import { pause, until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();
const PAIR = [{ name: 'Anna L' }, { name: 'Bert B' }];

const call = (...all) => meeting('Orderly', ...all);
const listen = (person) => person.page.evaluate(() => {
  window.said = [];
  const voice = document.querySelector('[data-part=call-said]');
  new MutationObserver(() => window.said.push(voice.textContent)).observe(voice, { childList: true });
});
const said = (person) => person.page.evaluate(() => window.said.filter(Boolean));
const hears = (person, text) => until(`${person.name} hears “${text}”`, async () => (await said(person)).includes(text), { show: () => said(person) });
const shows = (person, text) => person.page.locator('.call__over .pill', { hasText: text }).waitFor();
const isOn = (person, id) => person.page.locator(`.bar #${id}.is-on`).count();
const press = (person, id) => person.page.locator(`.bar #${id}`).click();
const openTools = async (person) => {
  await person.page.click('#host-tools-open');
  await person.page.locator('#host-tools').waitFor();
};
const identity = async (room, name) => (await participants(here.server, room)).find((each) => each.name === name).identity;

test('rights that hosts take and give: buttons, words, and no light of a camera left on', async () => {
  await here.with(PAIR, async (anna, bert) => {
    await call(anna, bert);
    await listen(bert);
    await until('Bert is seen', () => isOn(bert, 'camera'));
    await openTools(anna);
    for (const right of ['camera', 'microphone', 'share']) await anna.page.click(`#may-${right}`);
    const button = (id) => bert.page.locator(`.bar #${id}`);
    for (const id of ['camera', 'mic', 'share']) await until(`${id} is off`, () => button(id).isDisabled());
    assert.equal(await button('camera').getAttribute('aria-label'), 'In this meeting you cannot switch your camera on');
    await hears(bert, 'The hosts have switched off cameras');
    await hears(bert, 'The hosts have switched off microphones');
    await hears(bert, 'The hosts have switched off screen sharing');
    await until('nothing is sent', async () => !(await isOn(bert, 'camera')) && !(await isOn(bert, 'mic')));
    assert.equal(await bert.page.locator('.tile.is-own video').count(), 0);
    await until('Anna does not see him', async () => (await anna.page.locator('[data-tile]:not(.is-own) video').count()) === 0);
    // Given back: nothing comes on by itself.
    for (const right of ['camera', 'microphone']) await anna.page.click(`#may-${right}`);
    for (const id of ['camera', 'mic']) await until(`${id} may be used`, () => button(id).isEnabled());
    await hears(bert, 'Cameras are allowed again');
    await pause(500);
    assert.equal((await isOn(bert, 'camera')) + (await isOn(bert, 'mic')), 0, 'nothing comes on by itself');
    for (const id of ['camera', 'mic']) await press(bert, id);
    await anna.page.locator('[data-tile]:not(.is-own) video').waitFor({ state: 'attached' });
    await until('both are on', async () => (await isOn(bert, 'camera')) && (await isOn(bert, 'mic')));
    await anna.page.click('#may-chat');
    await shows(bert, 'The hosts have switched off the chat and reactions');
    await hears(bert, 'A host has switched the chat off');
    await anna.page.click('#may-mute');
    await pause(1000);
    assert.ok((await bert.page.locator('.call__over .pill').allTextContents()).every(Boolean), 'no empty notice');
    const heard = await said(bert);
    assert.equal(new Set(heard).size, heard.length, `each is said once: ${heard}`);
  });
});

test('muted from outside: told, and one press unmutes', async () => {
  await here.with(PAIR, async (anna, bert) => {
    const slug = await call(anna, bert);
    const room = await nameOf(here.server, slug);
    await listen(bert);
    await until('Bert is heard', () => isOn(bert, 'mic'));
    await mute(here.server, room, 'Bert B');
    const notice = bert.page.locator('#muted');
    await notice.getByText('Somebody muted you.').waitFor();
    await hears(bert, 'Somebody muted you. You can unmute yourself when you want to speak.');
    assert.equal(await isOn(bert, 'mic'), 0);
    await notice.getByRole('button', { name: 'Unmute' }).click();
    await until('Bert is heard', () => isOn(bert, 'mic'));
    await notice.waitFor({ state: 'detached' });
    // Who mutes themselves is told nothing.
    await press(bert, 'mic');
    await until('it is off', async () => !(await isOn(bert, 'mic')));
    await pause(500);
    assert.equal(await notice.count(), 0);
    assert.equal((await said(bert)).length, 1);
  });
});

test('words put into another’s mouth appear nowhere: not as captions, not as messages, not to screen readers', async () => {
  await here.with([...PAIR, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    await bare(cleo);
    const slug = await call(anna, bert, cleo);
    const speaker = await identity(await nameOf(here.server, slug), 'Anna L');
    const attributes = { 'lk.transcription_final': 'true', 'lk.transcribed_participant_identity': speaker, 'lk.transcribed_track_id': 'TR_x' };
    await cleo.page.evaluate(([options]) => window.me.sendText('I resign.', options), [{ topic: 'lk.transcription', attributes }]);
    const segment = { id: 's', text: 'I resign.', final: true, startTime: 0, endTime: 0, language: 'en' };
    const packets = [
      ['', { type: 'transcription', data: { participantIdentity: speaker, text: 'I resign.' } }],
      ['lk.transcription', { transcribedParticipantIdentity: speaker, trackId: 'TR_x', segments: [segment] }],
      ['lk-chat-topic', { id: 'forged', timestamp: Date.now(), message: 'I resign.', from: speaker, name: 'Anna L' }],
    ];
    for (const [topic, body] of packets) {
      await cleo.page.evaluate(([to, text]) => window.me.publishData(new TextEncoder().encode(text), { reliable: true, topic: to }), [topic, JSON.stringify(body)]);
    }
    // Chat is Cleo's own right: her words come as hers.
    await bert.chatOpen();
    await bert.message('I resign.').waitFor();
    for (const person of [anna, bert]) {
      const where = await person.page.getByText('I resign.').evaluateAll((all) => all.map((one) => one.closest('.msg, [aria-live], [role=status]')?.textContent ?? one.textContent));
      assert.deepEqual(where.filter((text) => !text.includes('Cleo C') || text.includes('Anna L')), [], `${person.name}: hers, or nowhere`);
    }
  });
});

test('asked to unmute: a question that takes no focus and unmutes nothing; a forged one is none', async () => {
  await here.with([...PAIR, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    await bare(cleo);
    const slug = await call(anna, bert, cleo);
    const room = await nameOf(here.server, slug);
    const who = await identity(room, 'Bert B');
    const notice = bert.page.locator('#asked-to-unmute');
    await until('Bert is heard', () => isOn(bert, 'mic'));
    await press(bert, 'mic');
    await until('it is off', async () => !(await isOn(bert, 'mic')));
    const forge = (body, to) => cleo.page.evaluate(([text, destinationIdentities]) => window.me.publishData(new TextEncoder().encode(text), { reliable: true, destinationIdentities }), [JSON.stringify(body), to]);
    for (const to of [undefined, [who]]) {
      await forge({ type: 'askedToUnmute' }, to);
      await forge({ type: 'askedToUnmute', data: { sender: '' } }, to);
      await forge({ type: 'participantMuted' }, to);
    }
    await pause(1500);
    assert.equal(await notice.count() + (await bert.page.locator('#muted').count()), 0, 'forged');
    await bert.chatOpen();
    await bert.page.focus('#say');
    await tell(here.server, room, who, { type: 'askedToUnmute' });
    await notice.getByText('A host asks you to speak.').waitFor();
    assert.equal(await bert.page.evaluate(() => document.activeElement.id), 'say', 'the focus stays');
    assert.equal(await isOn(bert, 'mic'), 0);
    await accessible(bert.page, 'asked to unmute');
    await notice.getByRole('button', { name: 'Not now' }).click();
    await notice.waitFor({ state: 'detached' });
    assert.equal(await isOn(bert, 'mic'), 0);
    await tell(here.server, room, who, { type: 'askedToUnmute' });
    await notice.getByRole('button', { name: 'Unmute' }).press('Enter');
    await until('Bert is heard', () => isOn(bert, 'mic'));
    await notice.waitFor({ state: 'detached' });
    // Who speaks already is asked nothing.
    await tell(here.server, room, who, { type: 'askedToUnmute' });
    await pause(700);
    assert.equal(await notice.count(), 0);
  });
});

test('who becomes a co-host has the host’s tools at once, and loses them again', async () => {
  await here.with(PAIR, async (anna, bert) => {
    const slug = await call(anna, bert);
    const room = await nameOf(here.server, slug);
    const who = await identity(room, 'Bert B');
    bert.guard.allow(/status of 40[134]/);
    await listen(bert);
    assert.equal(await bert.page.locator('#host-tools-open').count(), 0);
    await become(here.server, room, who, 'administrator');
    await hears(bert, 'You are a co-host of this meeting now');
    await shows(bert, 'You are a co-host of this meeting now');
    await bert.page.locator('#host-tools-open').waitFor();
    await openTools(bert);
    await become(here.server, room, who, 'member');
    await hears(bert, 'You are no longer a co-host');
    await bert.page.locator('#host-tools').waitFor({ state: 'detached' });
    assert.equal(await bert.page.locator('#host-tools-open').count(), 0);
  });
});
