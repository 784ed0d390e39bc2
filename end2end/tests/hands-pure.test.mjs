// The pure parts of raised hands: whose turn it is, how often is too often, and when somebody has been speaking for a while.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from '../support/typescript.mjs';

const { queue } = await load('hands/order.ts');
const { Limiter, Speech } = await load('inside/pace.ts');
const at = (micros) => `2026-11-21T09:09:29.${micros}+00:00`;

test('the first hand comes first, to the microsecond, and no order of arrival changes it', () => {
  const hands = [
    { identity: 'late', at: '2026-11-21T09:09:30.000001+00:00' },
    { identity: 'b', at: at('561271') },
    { identity: 'a', at: at('561272') },
    { identity: 'twin2', at: at('999999') },
    { identity: 'twin1', at: at('999999') },
    { identity: 'whole', at: '2026-11-21T09:09:29+00:00' },
    { identity: 'elsewhere', at: '2026-11-21T10:09:29.4+01:00' },
  ];
  const expected = ['whole', 'elsewhere', 'b', 'a', 'twin1', 'twin2', 'late'];
  for (let turn = 0; turn < hands.length; turn += 1) {
    hands.push(hands.shift());
    assert.deepEqual(queue(hands), expected);
    assert.deepEqual(queue([...hands].reverse()), expected);
  }
});

test('what is no time is no hand', () => {
  const hands = [undefined, '', 'now', '0x10', 'NaN', '<b>1</b>'].map((value, index) => ({ identity: `p${index}`, at: value }));
  assert.deepEqual(queue(hands), []);
  assert.deepEqual(queue([]), []);
});

test('ten a second, and then ten more', () => {
  const limiter = new Limiter(10, 1000);
  const sent = (from) => Array.from({ length: 30 }, (_, step) => limiter.allows(from + step)).filter(Boolean).length;
  assert.equal(sent(0), 10);
  assert.equal(sent(500), 0);
  assert.equal(sent(1100), 10);
});

test('speaking lasts through a breath, not through a silence', () => {
  const speech = new Speech(3000);
  assert.equal(speech.lasts(10_000), false);
  speech.note(true, 10_000);
  assert.equal(speech.lasts(12_900), false);
  speech.note(false, 11_000);
  speech.note(true, 12_000);
  assert.equal(speech.lasts(13_000), true, 'one breath of a second');
  speech.note(false, 13_100);
  assert.equal(speech.lasts(15_000), false, 'silent');
  speech.note(true, 16_000);
  assert.equal(speech.lasts(17_000), false, 'begun anew');
  assert.equal(speech.lasts(19_000), true);
});
