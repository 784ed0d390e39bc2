// Raised hands, another name, and reactions: in the call, over the real LiveKit.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from '../support/axe.mjs';
import { SERVER_AWAY } from '../support/guard.mjs';
import { nameOf, participants } from '../support/livekit.mjs';
import { bare, meeting } from '../support/meeting.mjs';
import { receives } from '../support/person.mjs';
import { alive } from '../support/server.mjs';
import { pause, until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();

const call = (owner, ...guests) => meeting('Hands', owner, ...guests);

const hand = (person) => person.page.locator('#hand');
/** What the badges on the tiles say, by the name on the tile. */
const badges = (person) => person.page.locator('[data-tile]').evaluateAll((tiles) => Object.fromEntries(tiles.flatMap((tile) => {
  const mark = tile.querySelector('.tile__tag--hand [aria-hidden=true]:not(svg)');
  return mark ? [[tile.querySelector('.tile__name > span[dir]').textContent, mark.textContent]] : [];
})));
/** One’s own button may be a moment later than the tiles of others. */
const says = (person, label) => until(`${person.name}’s button says “${label}”`, async () => (await hand(person).getAttribute('aria-label')) === label);
const see = (person, expected) => until(`${person.name} sees ${JSON.stringify(expected)}`, async () => {
  return JSON.stringify(await badges(person)) === JSON.stringify(expected);
}, { show: () => badges(person) });
/** Everything the voice for screen readers says from now on. */
const listen = (person) => person.page.evaluate(() => {
  window.said = [];
  const voice = document.querySelector('[data-part=call-said]');
  new MutationObserver(() => window.said.push(voice.textContent)).observe(voice, { childList: true });
});
const said = (person) => person.page.evaluate(() => window.said);

test('hands are numbered in their order, for everybody, in tiles and in the list; hosts see who is first', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    const slug = await call(anna, bert, cleo);
    await listen(anna);
    await hand(cleo).click();
    await see(anna, { 'Cleo C': '1' });
    await hand(bert).click();
    await see(anna, { 'Bert B': '2', 'Cleo C': '1' });
    await see(bert, { 'Cleo C': '1', You: '2' });
    await see(cleo, { 'Bert B': '2', You: '1' });
    await says(bert, 'Lower your hand, number 2 in line');
    const pill = anna.page.locator('hand-first');
    await pill.getByText('First of 2 hands: Cleo C').waitFor();
    assert.equal(await bert.page.locator('hand-first .pill').count(), 0, 'for hosts alone');
    await pill.getByRole('button', { name: 'See all' }).click();
    const list = anna.page.locator('hand-queue');
    await list.getByText('Hands up (2)').waitFor();
    assert.deepEqual(await list.locator('.person__name').allTextContents(), ['Cleo C', 'Bert B']);
    // Who comes late sees the same order.
    await until('each is told once', async () => (await said(anna)).length === 2, { show: () => said(anna) });
    assert.deepEqual(await said(anna), ['Cleo C raised a hand', 'Bert B raised a hand']);
    await bert.page.reload();
    await bert.pressJoin();
    await see(bert, { 'Cleo C': '1' });
    await hand(cleo).click();
    await see(anna, {});
    await pill.locator('.pill').waitFor({ state: 'detached' });
    assert.equal(await list.locator('li').count(), 0);
    await says(cleo, 'Raise your hand');
    const room = await nameOf(here.server, slug);
    const inside = await participants(here.server, room);
    assert.ok(inside.every(({ attributes }) => !attributes.handRaisedAt && attributes.color), 'the other attributes stay');
  });
});

test('a hand survives a lost connection, and so does the name taken in the call', async () => {
  const { server } = here;
  server.expected.push(/LiveKit server ended/);
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    for (const each of [anna, bert]) each.guard.allow(...SERVER_AWAY);
    await call(anna, bert);
    await rename(bert, 'Bertram Bos');
    await hand(bert).click();
    await see(anna, { 'Bertram Bos': '1' });
    const pid = server.livekitPid();
    process.kill(pid, 'SIGKILL');
    await until('LiveKit is gone', () => !alive(pid));
    for (const each of [anna, bert]) await until('it was noticed', async () => (await each.state()) === 'reconnecting');
    for (const each of [anna, bert]) await each.inState('call');
    await see(anna, { 'Bertram Bos': '1' });
    await until('Bert’s own button says so', async () => /^Lower/.test(await hand(bert).getAttribute('aria-label')));
    // Another clock would put it elsewhere: the server's has gone on.
    await hand(anna).click();
    await see(bert, { 'Anna L': '2', You: '1' });
  });
});

/** By the button in the list of people. */
async function rename(person, name) {
  here.server.keepSecret(name);
  if (!(await person.page.locator('#rename').isVisible())) await person.page.locator('#people:visible, #people-top:visible').click();
  await person.page.click('#rename');
  await person.page.fill('#new-name', name);
  await person.page.keyboard.press('Enter');
  await person.page.locator('dialog').waitFor({ state: 'detached' });
}

test('another name is seen by the others at once, and stays after a reload', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    await call(anna, bert);
    const shown = (person, name) => person.page.locator('.tile__name').getByText(name, { exact: true }).waitFor();
    await rename(bert, 'Bertram <b>Bos</b>');
    await shown(anna, 'Bertram <b>Bos</b>');
    assert.equal(await bert.page.evaluate(() => document.activeElement.id), 'rename', 'the focus comes back');
    // What the server does not take is said beside the field, and nothing is lost.
    await bert.page.click('#rename');
    await bert.page.fill('#new-name', '\u200b');
    await bert.page.keyboard.press('Enter');
    await bert.page.getByText('Type a name.').waitFor();
    bert.guard.allow(/status of 400/);
    await bert.page.keyboard.press('Escape');
    await bert.page.locator('dialog').waitFor({ state: 'detached' });
    assert.equal(await bert.page.locator('#panel-close').count(), 1, 'Escape closed the question alone');
    await bert.page.reload();
    await bert.page.locator('#join:not([disabled])').waitFor();
    await until('the name is there', async () => (await bert.page.inputValue('#name')) === 'Bertram <b>Bos</b>');
    await bert.page.click('#join');
    await bert.inState('call');
    await shown(anna, 'Bertram <b>Bos</b>');
    // Also where the account has another one.
    await rename(anna, 'Anna at home');
    await shown(bert, 'Anna at home');
    await anna.page.reload();
    await anna.page.locator('#join:not([disabled])').waitFor();
    await until('the name is there', async () => (await anna.page.inputValue('#name')) === 'Anna at home');
    await anna.pressJoin('Anna again');
    await shown(bert, 'Anna again');
    // Whatever LiveKit's script says of the tracks of one who was there a moment ago: her picture and sound come all the same.
    await receives(bert);
    await anna.page.reload();
    await anna.page.locator('#join:not([disabled])').waitFor();
    await pause(500);
    assert.equal(await anna.page.inputValue('#name'), 'Anna L', 'who typed another name meant it');
  });
});

test('reactions reach the others, say so once, and end by themselves', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    await call(anna, bert);
    await listen(anna);
    await bert.page.click('#react');
    await bert.page.getByRole('button', { name: 'Applause' }).click();
    const seen = (person) => person.page.locator('.float').evaluateAll((all) => all.map((one) => `${one.dataset.reaction} ${one.querySelector('.float__name').textContent}`));
    await until('Anna sees it', async () => (await seen(anna)).includes('clapping-hands Bert B'), { every: 30, show: () => seen(anna) });
    assert.deepEqual(await seen(bert), ['clapping-hands You']);
    await until('it is said', async () => (await said(anna)).includes('Bert B: Applause'), { show: () => said(anna) });
    await until('it is gone', async () => (await seen(anna)).length + (await seen(bert)).length === 0);
    // A finger that stays on the button is ten a second, and one sentence.
    await anna.page.evaluate(() => {
      window.most = 0;
      new MutationObserver((all) => all.forEach(({ addedNodes }) => (window.most += [...addedNodes].filter((one) => one.matches?.('.float')).length)))
        .observe(document.querySelector('.floats'), { childList: true });
    });
    await bert.page.getByRole('button', { name: 'Heart' }).evaluate((button) => {
      for (let times = 0; times < 40; times += 1) button.click();
    });
    await until('it is said', async () => (await said(anna)).includes('10 reactions'), { show: () => said(anna) });
    assert.equal(await anna.page.evaluate(() => window.most), 10);
    assert.equal((await said(anna)).length, 2, 'and nothing more');
  });
});

test('packets that are forged, unknown or too large do nothing; those of other clients do', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    await bare(bert);
    await call(anna, bert);
    await anna.page.evaluate(() => {
      window.floats = [];
      new MutationObserver(() => document.querySelectorAll('.float').forEach((one) => window.floats.push(one.dataset.reaction)))
        .observe(document.querySelector('.call__stage'), { childList: true, subtree: true });
    });
    const send = (text, topic) => bert.page.evaluate(([body, to]) => window.me.publishData(new TextEncoder().encode(body), { reliable: true, topic: to }), [text, topic]);
    const reaction = (emoji, more = {}) => JSON.stringify({ type: 'reactionReceived', data: { emoji }, ...more });
    for (const bad of [
      'nonsense', 'null', '[]', '{"type":"reactionReceived"}', reaction('<img src=x onerror=alert(1)>'), reaction('constructor'), reaction(7),
      reaction('red-heart', { padding: 'x'.repeat(5000) }), '{"type":"handRaised","data":{"identity":"x"}}', '{"type":"participantMuted"}',
    ]) await send(bad);
    await send(reaction('red-heart'), 'another-topic');
    // Nobody raises another's hand, or their own past the server.
    await bert.page.evaluate(() => window.me.setAttributes({ handRaisedAt: '1970-01-01T00:00:00.000000+00:00' }).catch(() => undefined));
    await send(reaction('thumbs-up'));
    await until('the good one comes', () => anna.page.evaluate(() => window.floats.includes('thumbs-up')));
    assert.deepEqual([...new Set(await anna.page.evaluate(() => window.floats))], ['thumbs-up']);
    await see(anna, {});
    bert.guard.allow(/./);
  });
});

test('who speaks for a while with a hand up is asked, and answers with one press', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    await bert.context.addInitScript(() => {
      const user = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = async (wanted) => {
        const stream = await user(wanted);
        if (!wanted.audio) return stream;
        const context = new AudioContext();
        const [voice, volume, out] = [context.createOscillator(), context.createGain(), context.createMediaStreamDestination()];
        window.speak = (loud) => (volume.gain.value = loud);
        volume.gain.value = 0;
        voice.connect(volume).connect(out);
        voice.start();
        return new MediaStream([...out.stream.getAudioTracks(), ...stream.getVideoTracks()]);
      };
    });
    await call(anna, bert);
    await hand(bert).click();
    await see(anna, { 'Bert B': '1' });
    const hint = bert.page.locator('#hand-hint');
    await bert.page.evaluate(() => window.speak(0.5));
    await hint.getByText('Is your hand still needed?').waitFor({ timeout: 15_000 });
    await hint.getByRole('button', { name: 'Lower your hand' }).click();
    await see(anna, {});
    await hint.waitFor({ state: 'detached' });
    // Whoever keeps it up is not asked about this hand again.
    await hand(bert).click();
    await see(anna, { 'Bert B': '1' });
    await bert.page.evaluate(() => window.speak(0));
    await pause(2500);
    await bert.page.evaluate(() => window.speak(0.5));
    await hint.getByRole('button', { name: 'Keep it up' }).click({ timeout: 15_000 });
    await bert.page.evaluate(() => window.speak(0));
    await pause(2500);
    await bert.page.evaluate(() => window.speak(0.5));
    await pause(5000);
    assert.equal(await hint.count(), 0);
    await see(anna, { 'Bert B': '1' });
  });
});

test('everything by keyboard, and at a phone’s width by touch', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B', viewport: { width: 390, height: 844 }, hasTouch: true }], async (anna, bert) => {
    await call(anna, bert);
    const { keyboard } = anna.page;
    await keyboard.press('Control+Shift+H');
    await see(bert, { 'Anna L': '1' });
    await keyboard.press('Control+Shift+H');
    await see(bert, {});
    await anna.page.focus('#hand');
    await keyboard.press('Space');
    await see(bert, { 'Anna L': '1' });
    assert.equal(await anna.page.evaluate(() => document.activeElement.id), 'hand', 'the focus stays');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await keyboard.press('ArrowRight');
    await keyboard.press('Enter');
    await bert.page.locator('.float[data-reaction=clapping-hands]').waitFor();
    await keyboard.press('End');
    await keyboard.press('Enter');
    await bert.page.locator('.float[data-reaction=thumbs-down]').waitFor();
    await keyboard.press('Escape');
    assert.equal(await anna.page.evaluate(() => document.activeElement.id), 'react');
    assert.equal(await anna.page.locator('.reacts').count(), 0);
    await keyboard.press('Control+Shift+E');
    assert.equal(await anna.page.locator('.reacts').count(), 1);
    await keyboard.press('Control+Shift+E');
    assert.equal(await anna.page.locator('.reacts').count(), 0);
    // While typing, letters are letters.
    await anna.chatOpen();
    await anna.page.focus('#say');
    await keyboard.type('hhh');
    assert.equal(await anna.page.inputValue('#say'), 'hhh');
    // Bert has a finger.
    await bert.page.tap('#hand');
    await see(anna, { 'Bert B': '2', You: '1' });
    assert.equal(await bert.page.locator('#react').isVisible(), false);
    await bert.page.tap('#more');
    await bert.page.locator('#pop').getByRole('button', { name: 'Celebration' }).tap();
    await anna.page.locator('.float[data-reaction=party-popper]').waitFor();
    const wide = await bert.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${wide} px beside the screen`);
    const bar = await bert.page.locator('.bar .ctl:visible').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()));
    assert.ok(bar.every(({ left, right, width }) => left >= 0 && right <= 390 && width >= 44), JSON.stringify(bar));
  });
});

test('axe finds nothing', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    await call(anna, bert);
    for (const person of [anna, bert]) await person.page.emulateMedia({ reducedMotion: 'reduce' });
    await hand(anna).click();
    await hand(bert).click();
    await see(bert, { 'Anna L': '1', You: '2' });
    await hand(anna).click();
    await anna.page.locator('hand-first .pill').waitFor();
    await accessible(anna.page, 'somebody’s hand');
    await anna.page.click('#react');
    await accessible(anna.page, 'reactions');
    await anna.page.keyboard.press('Escape');
    await anna.page.click('#people');
    await anna.page.locator('hand-queue li').waitFor();
    await accessible(anna.page, 'the list of hands');
    await anna.page.click('#rename');
    await accessible(anna.page, 'another name');
    await anna.page.keyboard.press('Escape');
    await bert.page.setViewportSize({ width: 390, height: 844 });
    await bert.page.click('#more');
    await accessible(bert.page, 'reactions on a phone');
  });
});
