// What the room's metadata say of rights and of the lock, and what a question to unmute looks like.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from '../support/typescript.mjs';

const { read, changes } = await load('orderly/rules.ts');
const { isAsked } = await load('orderly/packet.ts');

const ALL = { microphone: true, camera: true, share: true, chat: true, mute: true, locked: false };
const said = (value) => read(JSON.stringify(value));

test('what is not said is allowed, and nothing is locked', () => {
  for (const nothing of [undefined, '', 'null', '[]', '7', '"x"', '{', '{"configuration":null}', '{"configuration":[]}', '{"chat":[]}']) assert.deepEqual(read(nothing), ALL, String(nothing));
  assert.deepEqual(said({ configuration: { can_publish_sources: null }, chat: { on: 'no' }, locked: 'true' }), ALL);
});

test('what is said holds', () => {
  const sources = (...all) => said({ configuration: { can_publish_sources: all } });
  assert.deepEqual(sources(), { ...ALL, microphone: false, camera: false, share: false });
  assert.deepEqual(sources('camera', 'screen_share_audio'), { ...ALL, microphone: false, share: false });
  assert.deepEqual(sources('microphone', 'camera', 'screen_share', 'screen_share_audio'), ALL);
  assert.deepEqual(said({ configuration: { everyone_can_mute: false } }), { ...ALL, mute: false });
  // The contract's null means no.
  assert.deepEqual(said({ configuration: { everyone_can_mute: null } }), { ...ALL, mute: false });
  assert.deepEqual(said({ chat: { on: false, kept: true }, locked: true }), { ...ALL, chat: false, locked: true });
});

test('only what differs is news', () => {
  assert.deepEqual(changes(ALL, ALL), []);
  assert.deepEqual(changes(ALL, { ...ALL, camera: false, locked: true }), [['camera', false], ['locked', true]]);
  assert.deepEqual(changes({ ...ALL, camera: false }, ALL), [['camera', true]]);
});

test('a question to unmute is one word, and nothing else is taken for it', () => {
  const bytes = (text) => new TextEncoder().encode(text);
  assert.ok(isAsked(bytes('{"type":"askedToUnmute"}')));
  assert.ok(isAsked(bytes('{"type":"askedToUnmute","data":{}}')));
  for (const other of ['', 'null', '[]', '"askedToUnmute"', '{"type":"unmute"}', '{"type":["askedToUnmute"]}', `{"type":"askedToUnmute","more":"${'x'.repeat(300)}"}`]) assert.ok(!isAsked(bytes(other)), other);
});
