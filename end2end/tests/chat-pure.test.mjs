// The pure parts of the chat: the order of messages, links, and the text file.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from '../support/typescript.mjs';

const { Log, isFine, LONGEST } = await load('chat/log.ts');
const { pieces } = await load('chat/links.ts');
const { asText } = await load('chat/save.ts');

const message = (id, at, more = {}) => ({ id, from: 'karim', name: 'Karim', at, text: id, own: false, replyTo: undefined, color: '', ...more });

test('messages stand in their order, each once', () => {
  const log = new Log();
  assert.deepEqual(log.add(message('b', 20)), { fresh: true, last: true });
  assert.deepEqual(log.add(message('a', 10)), { fresh: true, last: false });
  assert.deepEqual(log.add(message('c', 20)), { fresh: true, last: true }, 'of one moment: as they came');
  assert.deepEqual(log.add(message('a', 99)), { fresh: false, last: false });
  assert.deepEqual(log.add(message('a', 15, { from: 'lea' })), { fresh: true, last: false }, 'an id is the sender’s own');
  assert.deepEqual(log.all.map(({ from, id }) => `${from} ${id}`), ['karim a', 'lea a', 'karim b', 'karim c']);
  assert.ok(log.has('lea', 'a') && !log.has('lea', 'b'));
});

test('an answer finds the latest message of that id before it', () => {
  const log = new Log();
  for (const one of [message('a', 1), message('a', 2, { from: 'lea' }), message('b', 3, { replyTo: 'a' }), message('c', 4, { replyTo: 'd' }), message('d', 5)]) log.add(one);
  assert.equal(log.answered(log.all[2]).from, 'lea');
  assert.equal(log.answered(log.all[3]), undefined, 'nobody answers what comes later');
  assert.equal(log.answered(log.all[4]), undefined);
});

test('a long meeting does not make the page slow, and nothing comes back', () => {
  const log = new Log();
  for (let number = 0; number < 2100; number += 1) log.add(message(`m${number}`, number));
  assert.equal(log.all.length, 2000);
  assert.equal(log.add(message('m0', 0)).fresh, false);
});

test('what can be shown', () => {
  assert.ok(isFine('6f-A.b:c_d', ' x ') && isFine('a', 'x'.repeat(LONGEST)));
  for (const [id, text] of [['', 'x'], ['a b', 'x'], ['a'.repeat(65), 'x'], [7, 'x'], ['a', ' \n'], ['a', 'x'.repeat(LONGEST + 1)], ['a', 7], ['<b>', 'x']]) {
    assert.ok(!isFine(id, text), `${id} ${String(text).slice(0, 10)}`);
  }
});

test('links are found and punctuation stays outside', () => {
  const link = (text, target = text) => ({ text, target });
  assert.deepEqual(pieces('See https://a.example/x_(y), or (www.b.example).'), [
    { text: 'See ' }, link('https://a.example/x_(y)'), { text: ', or (' }, link('www.b.example', 'https://www.b.example'), { text: ').' },
  ]);
  assert.deepEqual(pieces('javascript:alert(1) xhttps://a'), [{ text: 'javascript:alert(1) xhttps://a' }]);
  assert.deepEqual(pieces('https:// 👏'), [{ text: 'https:// 👏' }]);
  assert.deepEqual(pieces('https://a.example\nhttp://b.example'), [link('https://a.example'), { text: '\n' }, link('http://b.example')]);
  assert.deepEqual(pieces(''), []);
});

test('the text file says who answered whom', () => {
  const [first, second] = [message('a', Date.UTC(2026, 10, 21, 9, 5), { text: 'One\ntwo' }), message('b', Date.UTC(2026, 10, 21, 9, 6), { name: 'Lea' })];
  const text = asText('Round', [first, second], ({ name }) => name, (one) => (one === second ? first : undefined));
  assert.match(text, /^Round\n\n\[2026-11-21 \d\d:\d\d\] Karim: One\n {4}two\n\[2026-11-21 \d\d:\d\d\] Lea \(↪ Karim, 2026-11-21 \d\d:\d\d\): b\n$/);
});
