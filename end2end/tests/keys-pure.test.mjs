// Which keys do what, on English, French, German and Russian keyboards.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from '../support/typescript.mjs';

const press = (key, code, ...held) => ({ key, code, ctrlKey: held.includes('ctrl'), metaKey: held.includes('meta'), shiftKey: held.includes('shift'), altKey: held.includes('alt') });

test('letters are those on the key, wherever it is', async () => {
  const { command } = await load('keys/list.ts');
  const act = (mac, ...how) => command(press(...how), mac);
  assert.equal(act(false, 'd', 'KeyD', 'ctrl'), 'mic');
  assert.equal(act(false, 'e', 'KeyE', 'ctrl'), 'camera');
  assert.equal(act(false, 'E', 'KeyE', 'ctrl', 'shift'), 'react');
  assert.equal(act(false, 'M', 'KeyM', 'ctrl', 'shift'), 'chat');
  assert.equal(act(false, 'M', 'Semicolon', 'ctrl', 'shift'), 'chat', 'French: M is beside the L');
  assert.equal(act(false, '?', 'KeyM', 'ctrl', 'shift'), 'help', 'French: Shift and what stands in the place of M');
  assert.equal(act(false, '/', 'Digit7', 'ctrl', 'shift'), 'help', 'German: the slash is on the 7');
  assert.equal(act(false, '?', 'Slash', 'ctrl', 'shift'), 'help');
  assert.equal(act(false, ',', 'Comma', 'ctrl'), 'settings');
  assert.equal(act(false, 'в', 'KeyD', 'ctrl'), 'mic', 'Russian: the place of the D');
  assert.equal(act(false, 'ь', 'KeyM', 'ctrl', 'shift'), 'chat');
});

test('nothing else is taken', async () => {
  const { command } = await load('keys/list.ts');
  const act = (mac, ...how) => command(press(...how), mac);
  for (const how of [['d', 'KeyD'], ['d', 'KeyD', 'ctrl', 'alt'], ['D', 'KeyD', 'ctrl', 'shift'], ['m', 'KeyM', 'ctrl'], ['c', 'KeyC', 'ctrl'], ['constructor', '', 'ctrl'], ['d', 'KeyD', 'meta'], ['d', 'KeyD', 'ctrl', 'meta']]) {
    assert.equal(act(false, ...how), undefined, how.join(' '));
  }
  assert.equal(act(true, 'd', 'KeyD', 'meta'), 'mic');
  assert.equal(act(true, 'd', 'KeyD', 'ctrl'), undefined, 'there it deletes a letter');
});

test('single keys act alone, and are the ones that can be switched off', async () => {
  const { single, TABLE, isSingle } = await load('keys/list.ts');
  const act = (...how) => single(press(...how));
  assert.equal(act('v', 'KeyV'), 'talk');
  assert.equal(act(' ', 'Space'), 'talk');
  assert.equal(act('?', 'Minus', 'shift'), 'help', 'German');
  for (const how of [['v', 'KeyV', 'ctrl'], ['V', 'KeyV', 'shift'], [' ', 'Space', 'shift'], ['?', 'Slash', 'alt'], ['a', 'KeyA']]) assert.equal(act(...how), undefined, how.join(' '));
  const alone = TABLE.flatMap(([, ways]) => ways).filter(isSingle).flat();
  assert.deepEqual(alone, ['V', 'space', '?']);
});
