// The rules behind the settings of the call, without a browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from '../support/typescript.mjs';

test('what is stored is believed as far as it makes sense', async () => {
  const { read } = await load('settings/store.ts');
  const first = read({});
  assert.deepEqual([first.join, first.leave, first.volume, first.quality, first.notify], [true, false, 50, 'high', false]);
  for (const nonsense of [null, 7, 'x', [], undefined, { join: 'yes', volume: '9', quality: 'best', __proto__: { hand: false } }, { volume: NaN }, { volume: -1 }, { volume: 101 }, { constructor: 1, toString: 2 }]) {
    assert.deepEqual(read(nonsense), first, JSON.stringify(nonsense));
  }
  assert.deepEqual(read({ leave: true, volume: 0, quality: 'none', other: 1 }), { ...first, leave: true, volume: 0, quality: 'none' });
});

test('who flaps, who comes to a large meeting, and what comes twice makes no sound', async () => {
  const { Ear, BACK, TOGETHER } = await load('sounds/rules.ts');
  const ear = new Ear(5);
  assert.equal(ear.joined('a', 2, 0), true);
  assert.equal(ear.joined('b', 3, TOGETHER - 1), false, 'within the same moment');
  assert.equal(ear.may('hand', TOGETHER - 1), true, 'another kind');
  assert.equal(ear.left('a', 2, 5000), true);
  assert.equal(ear.joined('a', 3, 5000 + BACK - 1), false, 'back at once');
  assert.equal(ear.left('a', 2, 5000 + BACK - 1), false, 'and gone again');
  assert.equal(ear.joined('a', 3, 5000 + 2 * BACK), true, 'back after a while');
  assert.equal(ear.joined('c', 5, 50_000), true, 'the fifth');
  assert.equal(ear.joined('d', 6, 60_000), false, 'the sixth');
  assert.equal(ear.left('c', 6, 60_000), false);
  assert.equal(ear.left('d', 5, 60_000), true, 'what made no sound does not keep others from it');
});

test('a weak connection is told of whoever has it, and when it lasts', async () => {
  const { Links, LONG, OWN } = await load('care/links.ts');
  const links = new Links();
  links.note('b', true, 0);
  assert.equal(links.whose(LONG - 1), undefined, 'it may pass');
  links.note('b', true, LONG - 1);
  assert.equal(links.whose(LONG), 'b', 'told again does not begin it anew');
  links.note(OWN, true, LONG);
  assert.equal(links.whose(LONG), undefined, 'while ours is weak, theirs may only look so');
  assert.equal(links.whose(2 * LONG), OWN);
  links.note(OWN, false, 2 * LONG);
  links.note('c', true, 2 * LONG);
  assert.equal(links.whose(2 * LONG), 'b');
  assert.equal(links.whose(3 * LONG), undefined, 'of several nobody is named');
  links.forget('c');
  assert.equal(links.whose(3 * LONG), 'b');
  links.note('b', false, 3 * LONG);
  assert.equal(links.any, false);
});

test('only a large meeting mutes who comes, and only who wants that', async () => {
  const { startsMuted } = await load('care/large.ts');
  assert.deepEqual([[50, 50, true], [51, 50, true], [51, 50, false], [0, 0, true], [1, 0, true]].map((each) => startsMuted(...each)), [false, true, false, false, true]);
});

test('alone for long: a question with two minutes to answer it', async () => {
  const { Alone, COUNTDOWN, due } = await load('care/alone.ts');
  const alone = new Alone(60_000);
  assert.equal(alone.left(0, 0), undefined);
  assert.equal(alone.left(0, 59_999), undefined);
  assert.equal(alone.left(0, 60_000), COUNTDOWN);
  assert.equal(alone.left(0, 60_999), COUNTDOWN);
  assert.equal(alone.left(0, 90_000), 90);
  assert.equal(alone.left(0, 999_000), 0);
  alone.stay(999_000);
  assert.equal(alone.left(0, 1_000_000), undefined, 'from the beginning');
  assert.equal(alone.left(1, 1_050_000), undefined);
  assert.equal(alone.left(0, 1_070_000), undefined, 'somebody was there meanwhile');
  assert.equal(alone.left(0, 1_130_000), COUNTDOWN);
  assert.equal(new Alone(0).left(0, 1e12), undefined, 'never asked');
  const said = [];
  for (let left = 119, before = 120; left >= 0; before = left, left -= 1) if (due(before, left) !== undefined) said.push(left);
  assert.deepEqual(said, [90, 60, 30, 10]);
  assert.equal(due(100, 25), 30, 'a tab that slept says the latest');
});

test('who speaks while muted is told once, a cough is no speech', async () => {
  const { Unheard, VOICE } = await load('care/unheard.ts');
  const muted = new Unheard();
  const hear = (levels, from) => levels.map((level, at) => muted.look(level, from + at * 150)).filter(Boolean).length;
  const [loud, quiet] = [VOICE, VOICE / 2];
  assert.equal(hear(Array(40).fill(quiet), 0), 0);
  assert.equal(hear([loud, loud, loud, ...Array(30).fill(quiet)], 10_000), 0, 'a cough');
  assert.equal(hear(Array(40).fill(loud), 20_000), 1);
  assert.equal(hear(Array(40).fill(loud), 40_000), 0, 'said already');
  muted.reset();
  assert.equal(hear([loud, loud, quiet].flatMap((each) => Array(10).fill(each)), 60_000), 1, 'with a breath');
});
