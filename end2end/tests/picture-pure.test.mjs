// The pure parts of pictures: flags, who is in the spotlight, how far one looks in, who has a seat in the small window.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from '../support/typescript.mjs';

const { read, written, COUNTS } = await load('picture/flags.ts');
const { listed } = await load('picture/spot.ts');
const { FIT, MOST, moved, zoomed } = await load('picture/zoom.ts');
const { first, keyOf, seated } = await load('picture/seats.ts');

test('what is chosen is read back, and what older pages remembered still means the same', () => {
  for (const layout of ['tiles', 'side', 'alone']) {
    for (const most of COUNTS) {
      for (const hideOwn of [true, false]) {
        const seen = { layout, most, hideOwn, hideFaceless: !hideOwn };
        assert.deepEqual(read(written(seen)), seen);
      }
    }
  }
  assert.deepEqual(read('sof'), { layout: 'side', most: 30, hideOwn: true, hideFaceless: true });
  assert.deepEqual(read('§?!'), { layout: 'tiles', most: 30, hideOwn: false, hideFaceless: false });
});

test('only a list of identities makes a spotlight, and of three at most', () => {
  assert.deepEqual(listed('{"spotlight":["a","b"],"access_level":"public"}'), ['a', 'b']);
  assert.deepEqual(listed('{"spotlight":["a","a","b","c","d"]}'), ['a', 'b', 'c']);
  for (const wrong of [undefined, '', 'x', 'null', '[]', '{"spotlight":"a"}', '{"spotlight":[1,{},"",null]}', `{"spotlight":["${'x'.repeat(300)}"]}`, '{"spotlight":["a\\nb"]}']) {
    assert.deepEqual(listed(wrong), [], wrong);
  }
});

test('the point under the finger stays, and no edge comes into the frame', () => {
  const near = (a, b) => assert.ok(Math.abs(a - b) < 1e-6, `${a} ${b}`);
  const at = { x: 300, y: 100 };
  const twice = zoomed(FIT, 2, at, 800, 600);
  near(twice.x + (300 / 1) * 2, 300);
  near(twice.y + 100 * 2, 100);
  assert.equal(zoomed(FIT, 100, at, 800, 600).scale, MOST);
  assert.deepEqual(zoomed(twice, 0.4, at, 800, 600), FIT);
  const far = moved(twice, -10_000, 10_000, 800, 600);
  assert.deepEqual(far, { scale: 2, x: -800, y: 0 });
  assert.deepEqual(moved(FIT, 50, 50, 800, 600), FIT, 'nothing to move');
});

const person = (identity, more = {}) => ({ identity, own: false, screen: false, large: false, speaking: false, ...more });
const me = person('me', { own: true });
const keys = (scenes) => scenes.map(keyOf).join(', ');

test('four seats: screens, who is large, who speaks; the others keep theirs', () => {
  const all = ['a', 'b', 'c', 'd', 'e'].map((identity) => person(identity));
  const start = seated([], [...all, me]);
  assert.equal(keys(start), 'camera a, camera b, camera c, camera d');
  const speaks = (identity) => [...all.map((one) => ({ ...one, speaking: one.identity === identity })), me];
  assert.equal(keys(seated(start, speaks('c'))), keys(start), 'nobody moves because they speak');
  const now = seated(start, speaks('e'));
  assert.equal(keys(now), 'camera a, camera b, camera c, camera e', 'who speaks comes in sight');
  assert.equal(keys(seated(now, speaks('none'))), keys(now), 'and stays');
  const pinned = [...all.map((one) => ({ ...one, large: one.identity === 'd', screen: one.identity === 'b' })), me];
  const shared = seated(now, pinned);
  assert.equal(shared[0].source, 'screen_share');
  assert.ok(keys(shared).includes('camera d'), keys(shared));
  assert.equal(shared.length, 4);
  assert.equal(keys(seated([], [me])), 'camera me');
  assert.deepEqual(seated(start, []), []);
});

test('one seat: a screen, who is large, who speaks or was the last to', () => {
  const [a, b] = [person('a'), person('b')];
  assert.equal(keyOf(first(undefined, [a, b, me])), 'camera a');
  const spoke = first(undefined, [a, { ...b, speaking: true }, me]);
  assert.equal(keyOf(spoke), 'camera b');
  assert.equal(keyOf(first(spoke, [a, b, me])), 'camera b', 'silence moves nobody');
  assert.equal(keyOf(first(spoke, [{ ...a, speaking: true }, { ...b, speaking: true }])), 'camera b', 'nor do two at once');
  assert.equal(keyOf(first(spoke, [{ ...a, large: true }, { ...b, speaking: true }])), 'camera a');
  assert.equal(keyOf(first(spoke, [{ ...a, screen: true }, { ...b, large: true }])), 'screen_share a');
  assert.equal(keyOf(first(undefined, [me])), 'camera me');
  assert.equal(first(undefined, []), undefined);
});
