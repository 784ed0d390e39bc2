// The chat where things come together: a loss of the network, a wrong clock, a reload, a switch of hosts, another name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from '../support/axe.mjs';
import { Cable } from '../support/cable.mjs';
import { SERVER_AWAY } from '../support/guard.mjs';
import { meeting, withoutHistory } from '../support/meeting.mjs';
import { until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();
const PAIR = [{ name: 'Anna L' }, { name: 'Bert B' }];

const call = (...all) => meeting('Odd', ...all);
const texts = (person) => person.page.locator('.msg p:not(.msg__quote)').allTextContents();
const sees = (person, expected, within) => until(`${person.name} reads ${expected}`, async () => JSON.stringify(await texts(person)) === JSON.stringify(expected), { show: () => texts(person), within });
const focused = (person) => person.page.evaluate(() => document.activeElement?.id);

test('what was written while the connection was going already comes to the others once it is back, once, and to those who come later', async () => {
  await here.with([...PAIR, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    const cable = await Cable.of(bert);
    bert.guard.allow(...SERVER_AWAY);
    const slug = await call(anna, bert);
    await anna.chatOpen();
    await bert.say('Heard');
    await sees(anna, ['Heard']);
    await cable.pull();
    // Nobody knows of it yet.
    assert.equal(await bert.state(), 'call');
    await bert.say('Unheard');
    await sees(bert, ['Heard', 'Unheard']);
    await bert.inState('reconnecting', 40_000);
    assert.deepEqual(await texts(anna), ['Heard']);
    await cable.plugIn();
    await bert.inState('call', 40_000);
    await sees(anna, ['Heard', 'Unheard'], 20_000);
    await bert.say('Later');
    await sees(anna, ['Heard', 'Unheard', 'Later']);
    await sees(bert, ['Heard', 'Unheard', 'Later']);
    // The server was handed it before the loss was noticed, in vain.
    await until('it is kept', async () => {
      await cleo.join(slug);
      await cleo.chatOpen();
      return sees(cleo, ['Heard', 'Unheard', 'Later'], 3000).then(() => true, () => false);
    }, { within: 40_000, every: 1000 });
  });
});

test('whose clock is wrong reads everything in its order all the same', async () => {
  await here.with([...PAIR, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    for (const [person, minutes] of [[bert, -10], [cleo, 10]]) {
      await person.context.addInitScript((off) => {
        const now = Date.now.bind(Date);
        Date.now = () => now() + off;
      }, minutes * 60_000);
    }
    const slug = await call(anna);
    for (const text of ['One', 'Two']) await anna.say(text);
    for (const person of [bert, cleo]) {
      await person.join(slug);
      await person.chatOpen();
      await sees(person, ['One', 'Two']);
      assert.deepEqual(await person.page.locator('.chat-new').allTextContents(), ['Before you came'], person.name);
    }
    await anna.say('Three');
    await sees(bert, ['One', 'Two', 'Three']);
    await bert.say('Four');
    for (const person of [anna, bert, cleo]) await sees(person, ['One', 'Two', 'Three', 'Four']);
  });
});

test('a reload keeps what one was typing, and what it answers; who else uses the tab gets neither', async () => {
  await here.with(PAIR, async (anna, bert) => {
    await call(anna, bert);
    await anna.say('A question?');
    await bert.chatOpen();
    await bert.page.getByRole('button', { name: 'Reply to Anna L' }).click();
    await bert.page.locator('#say').pressSequentially('Half an answ');
    await bert.page.reload();
    await bert.pressJoin();
    await bert.chatOpen();
    await until('the draft is back', async () => (await bert.page.inputValue('#say')) === 'Half an answ');
    await bert.page.locator('.say__reply').getByText('A question?').waitFor();
    await bert.page.locator('#say').pressSequentially('er');
    await bert.page.keyboard.press('Enter');
    await sees(anna, ['A question?', 'Half an answer']);
    await anna.page.locator('.msg__quote', { hasText: 'A question?' }).waitFor();
    // Sent is sent.
    await bert.page.reload();
    await bert.pressJoin();
    await bert.chatOpen();
    await sees(bert, ['A question?', 'Half an answer']);
    assert.equal(await bert.page.inputValue('#say'), '');
    assert.equal(await bert.page.locator('.say__reply').innerText(), '');
    // Somebody else in the same tab.
    await bert.page.fill('#say', 'A secret');
    await bert.context.clearCookies();
    await bert.page.reload();
    await bert.pressJoin('Somebody');
    await bert.chatOpen();
    await bert.page.getByText('Half an answer').waitFor();
    assert.equal(await bert.page.inputValue('#say'), '');
  });
});

test('whoever types while the chat is switched off keeps draft and place, and reads why', async () => {
  await here.with(PAIR, async (anna, bert) => {
    await call(anna, bert);
    await bert.chatOpen();
    await bert.page.locator('#say').pressSequentially('Just a mom');
    await anna.page.click('#host-tools-open');
    await anna.page.click('#may-chat');
    const why = bert.page.getByText('The chat is switched off. Hosts can still write.');
    await why.waitFor();
    assert.equal(await focused(bert), 'say', 'the focus stays');
    assert.equal(await bert.page.locator('#say').evaluate((field) => document.getElementById(field.getAttribute('aria-describedby')).textContent), await why.innerText());
    await bert.page.keyboard.type('x');
    await bert.page.keyboard.press('Enter');
    assert.equal(await bert.page.inputValue('#say'), 'Just a mom', 'nothing is typed and nothing is sent');
    await accessible(bert.page, 'chat off');
    await anna.page.click('#may-chat');
    await why.waitFor({ state: 'hidden' });
    // That the room allows it is known before LiveKit does.
    await until('Bert can write', () => bert.page.locator('#say').evaluate((field) => !field.readOnly));
    await bert.page.keyboard.type('ent');
    await bert.page.keyboard.press('Enter');
    await anna.page.keyboard.press('Escape');
    await anna.chatOpen();
    await sees(anna, ['Just a moment']);
  });
});

test('in the open chat old messages and new names come without taking the focus', async () => {
  await here.with(PAIR, async (anna, bert) => {
    const slug = await call(anna);
    await anna.say('Old');
    const open = await withoutHistory(bert);
    await bert.join(slug);
    await bert.chatOpen();
    await anna.say('New');
    await sees(bert, ['New']);
    await bert.page.getByRole('button', { name: 'Reply to Anna L' }).focus();
    open();
    await sees(bert, ['Old', 'New']);
    const held = () => bert.page.evaluate(() => [document.activeElement.closest('.msg')?.querySelector('p').textContent, document.activeElement.getAttribute('aria-label')]);
    assert.deepEqual(await held(), ['New', 'Reply to Anna L']);
    await anna.page.click('#people');
    await anna.page.click('#rename');
    await anna.page.fill('#new-name', 'Anna Lind');
    await anna.page.keyboard.press('Enter');
    await until('the name in the chat', async () => (await bert.page.locator('.msg__by b').allTextContents()).every((name) => name === 'Anna Lind'));
    assert.deepEqual(await held(), ['New', 'Reply to Anna Lind']);
  });
});
