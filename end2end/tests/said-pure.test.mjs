// The pure part of what is said to screen readers: the order in which it waits.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from '../support/typescript.mjs';

const { enqueue } = await load('inside/queue.ts');

function after(...said) {
  const waiting = [];
  for (const [text, ...more] of said) enqueue(waiting, text, ...more);
  return waiting.map(({ text }) => text);
}

test('nothing twice in a row, nothing empty', () => {
  assert.deepEqual(after(['on'], ['on'], [''], ['off'], ['on']), ['on', 'off', 'on']);
});

test('fifty messages are one sentence, and what a host decides comes before it', () => {
  const messages = Array.from({ length: 50 }, (_, number) => [`Message ${number}`, 'chat', `Chat, ${number + 1} new`]);
  assert.deepEqual(after(...messages), ['Chat, 50 new']);
  assert.deepEqual(after(['Hand raised'], ...messages, ['A host asks you to speak'], ['The room is locked']), [
    'Hand raised', 'A host asks you to speak', 'The room is locked', 'Chat, 50 new',
  ]);
});
