// The chat over the real LiveKit: history, answers, what is new, forged messages, the switch of hosts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { accessible } from '../support/axe.mjs';
import { SERVER_AWAY } from '../support/guard.mjs';
import { bare, meeting, withoutHistory } from '../support/meeting.mjs';
import { alive } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();

const call = (owner, ...guests) => meeting('Chat', owner, ...guests);

/** Each message as it is shown: its author where it is named, and its text. */
const shown = (person) => person.page.locator('.msg').evaluateAll((lines) => lines.map((line) => {
  const author = line.querySelector('.msg__by b')?.textContent;
  return `${author ? `${author}: ` : ''}${line.querySelector('p:not(.msg__quote)').textContent}`;
}));
const sees = (person, expected) => until(`${person.name} reads ${JSON.stringify(expected)}`, async () => JSON.stringify(await shown(person)) === JSON.stringify(expected), { show: () => shown(person) });
const count = (person) => person.page.locator('#chat').getAttribute('aria-label');

test('who comes later reads what was written, once; and so does who reloads; with the meeting it is gone', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    const slug = await call(anna, bert);
    await anna.say('The agenda: https://agenda.example/42.');
    await bert.say('مرحبا، شكرا');
    await bert.say('and more');
    await sees(anna, ['You: The agenda: https://agenda.example/42.', 'Bert B: مرحبا، شكرا', 'and more']);
    await cleo.join(slug);
    await cleo.chatOpen();
    const all = ['Anna L: The agenda: https://agenda.example/42.', 'Bert B: مرحبا، شكرا', 'and more'];
    await sees(cleo, all);
    assert.equal(await cleo.page.locator('.chat-new').innerText(), 'Before you came');
    assert.equal(await cleo.page.locator('.msg a').getAttribute('href'), 'https://agenda.example/42');
    await cleo.say('Thank you');
    await sees(cleo, [...all, 'You: Thank you']);
    await bert.page.reload();
    await bert.join(slug, { reload: false }).catch(() => bert.pressJoin());
    await bert.chatOpen();
    await sees(bert, ['Anna L: The agenda: https://agenda.example/42.', 'You: مرحبا، شكرا', 'and more', 'Cleo C: Thank you']);
    assert.equal(await count(bert), 'Chat', 'what was there is no news');
    await bert.say('Back again');
    await sees(cleo, [...all, 'You: Thank you', 'Bert B: Back again']);
  });
});

test('old messages that come late are put in their place at once, and are no news to anybody', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    const slug = await call(anna);
    for (let number = 1; number <= 20; number += 1) await anna.say(`Old ${number}`);
    const open = await withoutHistory(bert);
    await bert.join(slug);
    await bert.chatOpen();
    await anna.say('New');
    await sees(bert, ['Anna L: New']);
    await bert.page.locator('call-chat [role=log] ol').evaluate((list) => {
      window.redrawn = 0;
      new MutationObserver((changes) => (window.redrawn += changes.filter(({ removedNodes }) => removedNodes.length).length)).observe(list, { childList: true });
      const log = list.closest('[role=log]');
      window.busy = [];
      new MutationObserver(() => window.busy.push(log.ariaBusy)).observe(log, { attributes: true, attributeFilter: ['aria-busy'] });
    });
    open();
    await until('all are there', async () => (await shown(bert)).length === 21, { show: () => shown(bert) });
    assert.match((await shown(bert)).at(-1), /New$/);
    assert.equal(await bert.page.evaluate(() => window.redrawn), 1, 'drawn once, not once for each');
    await until('not read out', async () => (await bert.page.evaluate(() => window.busy.join())).endsWith('false'));
    assert.equal(await count(bert), 'Chat');
  });
});

test('nothing is kept where the room says so', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    const slug = await call(anna);
    const settings = await anna.context.newPage();
    await settings.goto(`/${slug}/settings`);
    await settings.locator('#chat input[name=history]').uncheck();
    await settings.locator('#chat button').click();
    await settings.getByText('Saved.').waitFor();
    await settings.close();
    await anna.chatOpen();
    await anna.page.getByText('Everyone here now reads this, nobody later.').waitFor();
    await anna.say('Off the record');
    await bert.join(slug);
    await bert.chatOpen();
    await anna.say('Hello Bert');
    await sees(bert, ['Anna L: Hello Bert']);
  });
});

test('what is new is counted, told and marked; a press leads there; answers lead to what they answer', async () => {
  const viewport = { width: 1200, height: 600 };
  await here.with([{ name: 'Anna L', viewport }, { name: 'Bert B', viewport }], async (anna, bert) => {
    await call(anna, bert);
    for (let number = 1; number <= 30; number += 1) await anna.say(`Line ${number}`);
    await until('Bert knows', async () => (await count(bert)) === 'Chat, 30 new', { show: () => count(bert) });
    assert.match(await bert.page.title(), /^\(30\) Chat/);
    await bert.page.locator('.toast').getByText('Anna L: Line 30').click();
    await bert.page.locator('#say').waitFor();
    await until('all is seen', async () => (await count(bert)) === 'Chat', { show: () => count(bert) });
    assert.doesNotMatch(await bert.page.title(), /\(/);
    assert.equal(await bert.page.locator('.chat-new').innerText(), 'New');
    await bert.page.locator('.chat-new').evaluate((mark) => {
      const { top, bottom } = mark.closest('[role=log]').getBoundingClientRect();
      const at = mark.getBoundingClientRect().top;
      if (at < top - 40 || at > bottom) throw new Error(`the mark stands at ${at}, not between ${top} and ${bottom}`);
    });
    // By keyboard: the message's own button, the answer, and back.
    const first = bert.page.locator('.msg').first();
    await first.scrollIntoViewIfNeeded();
    await first.getByRole('button', { name: 'Reply to Anna L' }).focus();
    await bert.page.keyboard.press('Enter');
    await bert.page.getByText('Reply to Anna L Line 1', { exact: true }).waitFor();
    assert.equal(await bert.page.evaluate(() => document.activeElement.id), 'say');
    await bert.page.keyboard.type('I agree');
    await bert.page.keyboard.press('Enter');
    const quote = anna.page.locator('.msg__quote');
    await quote.waitFor();
    assert.equal(await quote.innerText(), 'You Line 1');
    await quote.click();
    await until('the focus is there', () => anna.page.evaluate(() => document.activeElement.textContent.includes('Line 1')));
    await until('the list has come to rest there', () => anna.page.evaluate(() => {
      const [line, list] = [document.activeElement, document.activeElement.closest('[role=log]')].map((each) => each.getBoundingClientRect());
      return line.top >= list.top && line.bottom <= list.bottom;
    }));
    // Scrolled up: nothing jumps, and what is new is told.
    await bert.say('One more');
    await anna.page.getByRole('button', { name: '1 new below' }).click();
    await until('Anna sees it', () => anna.message('One more').isVisible());
    assert.equal(await anna.page.getByRole('button', { name: 'new below' }).count(), 0);
    // Escape takes the answer back, not the panel.
    await bert.page.locator('.msg').last().getByRole('button', { name: /^Reply/ }).focus();
    await bert.page.keyboard.press('Enter');
    await bert.page.keyboard.type('half a thought');
    await bert.page.keyboard.press('Escape');
    assert.equal(await bert.page.locator('.say__reply').innerText(), '');
    // The draft outlives the panel.
    await bert.page.keyboard.press('Escape');
    await bert.page.locator('call-chat').waitFor({ state: 'detached' });
    await bert.chatOpen();
    assert.equal(await bert.page.inputValue('#say'), 'half a thought');
  });
});

test('who was away reads what was missed', async () => {
  const { server } = here;
  server.expected.push(/LiveKit server ended/);
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    for (const each of [anna, bert]) each.guard.allow(...SERVER_AWAY);
    await call(anna, bert);
    await anna.say('before');
    await until('Bert has it', async () => (await count(bert)) === 'Chat, 1 new');
    const pid = server.livekitPid();
    process.kill(pid, 'SIGKILL');
    await until('LiveKit is gone', () => !alive(pid));
    for (const each of [anna, bert]) await each.inState('call');
    await anna.say('after');
    await bert.chatOpen();
    await sees(bert, ['Anna L: before', 'after']);
  });
});

test('emoji, and the chat as a text file', async () => {
  await here.with([{ name: 'Anna L' }], async (anna) => {
    const slug = await call(anna);
    await anna.chatOpen();
    assert.ok((await anna.page.locator('.aside__body > p').boundingBox()).height < 100, 'what is said above the messages leaves room for them');
    await anna.page.locator('#say').pressSequentially('Well done ');
    await anna.page.getByRole('button', { name: 'Emoji' }).click();
    await anna.page.keyboard.press('ArrowRight');
    await anna.page.keyboard.press('ArrowDown');
    await anna.page.keyboard.press('Enter');
    assert.match(await anna.page.inputValue('#say'), /^Well done \p{Extended_Pictographic}/u);
    await anna.page.keyboard.press('Enter');
    await until('it is there', async () => (await shown(anna)).length === 1);
    const [download] = await Promise.all([anna.page.waitForEvent('download'), anna.page.getByRole('button', { name: 'Save as text' }).click()]);
    assert.equal(download.suggestedFilename(), `${slug}-chat.txt`);
    assert.match(readFileSync(await download.path(), 'utf8'), /^\ufeffChat \d+\n\n\[\d{4}-\d\d-\d\d \d\d:\d\d\] You: Well done /u);
  });
});

test('forged, oversized and empty messages do no harm', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }], async (anna, bert) => {
    await bare(bert);
    await call(anna, bert);
    await anna.chatOpen();
    const stream = (text, more = {}) => bert.page.evaluate(([body, options]) => window.me.sendText(body, { topic: 'lk.chat', ...options }).then(() => undefined), [text, more]);
    const packet = (body, topic = 'lk-chat-topic') => bert.page.evaluate(([text, to]) => window.me.publishData(new TextEncoder().encode(text), { reliable: true, topic: to }), [body, topic]);
    await stream('x'.repeat(2001));
    await stream('   ');
    await stream('x', { topic: 'lk.other' });
    for (const bad of ['nonsense', '[]', '{}', '{"id":7,"message":"x"}', '{"id":"a b","message":"x"}', '{"id":"a","message":{"toString":"x"}}', `{"id":"long","message":"${'y'.repeat(9000)}"}`]) await packet(bad);
    await packet('{"type":"participantWaiting","id":"w","message":"not of the chat"}', '');
    await stream('<img src=x onerror=alert(1)> javascript:alert(1)', { attributes: { reply_to: '<b>', name: 'Boss' } });
    await packet('{"id":"old","timestamp":-99999999999999,"message":"From an old client"}');
    await packet('{"id":"old","timestamp":0,"message":"Twice"}');
    await sees(anna, ['Bert B: <img src=x onerror=alert(1)> javascript:alert(1)', 'From an old client']);
    assert.equal(await anna.page.locator('.msg img, .msg a, .msg__quote').count(), 0);
    const times = await anna.page.locator('.msg time').allInnerTexts();
    assert.match(times[0], /^\d\d:\d\d/);
  });
});

test('hosts switch it off for the others, and on again; reactions go with it', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B' }, { name: 'Cleo C' }], async (anna, bert, cleo) => {
    const slug = await call(anna, bert);
    await bert.chatOpen();
    await anna.chatOpen();
    assert.equal(await bert.page.locator('#chat-switch').count(), 0);
    await anna.page.locator('#chat-switch').click();
    await until('Bert cannot write', () => bert.page.locator('#say').isDisabled());
    assert.equal(await bert.page.locator('#say').getAttribute('placeholder'), 'The chat is switched off. Hosts can still write.');
    await anna.page.getByRole('button', { name: 'Switch on again' }).waitFor();
    await anna.say('Hosts write');
    await sees(bert, ['Anna L: Hosts write']);
    // LiveKit holds it, not the field: who lifts the field's lock sends nothing.
    await bert.page.locator('#say').evaluate((field) => {
      field.readOnly = false;
      for (const each of [field, field.nextElementSibling]) each.removeAttribute('aria-disabled');
    });
    await bert.page.fill('#say', 'Past the lock');
    await bert.page.locator('#send').evaluate((button) => button.click());
    await bert.page.locator('#react').click();
    await bert.page.locator('.reacts--pop [data-reaction=thumbs-up]').click();
    await bert.page.locator('.pill').getByText('A host has switched messages and reactions off').waitFor();
    await bert.page.keyboard.press('Escape');
    await cleo.join(slug);
    await cleo.chatOpen();
    assert.ok(await cleo.page.locator('#say').isDisabled(), 'who comes later as well');
    assert.equal(await anna.page.locator('.float').count(), 0);
    await anna.page.getByRole('button', { name: 'Switch on again' }).click();
    for (const each of [bert, cleo]) await until(`${each.name} writes again`, async () => !(await each.page.locator('#say').isDisabled()));
    await cleo.say('At last');
    await anna.message('At last').waitFor();
    assert.equal((await shown(anna)).length, 2);
  });
});

test('axe finds nothing, on a desk and on a phone', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B', viewport: { width: 390, height: 844 }, hasTouch: true }], async (anna, bert) => {
    await call(anna, bert);
    await anna.say('A question with a link: https://a.example');
    await bert.page.locator('#chat-narrow').click();
    await bert.message('A question with a link: https://a.example').or(bert.page.locator('.msg p')).first().waitFor();
    await bert.page.getByRole('button', { name: 'Reply to Anna L' }).click();
    await bert.page.getByRole('button', { name: 'Emoji' }).click();
    await accessible(bert.page, 'the chat on a phone');
    await bert.page.keyboard.press('Escape');
    await bert.page.fill('#say', 'An answer');
    await bert.page.click('#send');
    await anna.page.locator('.msg__quote').waitFor();
    await anna.page.getByRole('button', { name: 'Emoji' }).click();
    await accessible(anna.page, 'the chat');
  });
});
