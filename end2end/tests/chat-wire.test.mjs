// The chat's packets, as other clients of a room see them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();

test('a message goes out as a text stream and as the packet that older clients read', async () => {
  const { server } = here;
  await server.addUser('wire@example.org', 'Wire Tester');
  await here.with([{ name: 'Wire Tester' }, { name: 'Listener' }], async (writer, listener) => {
    // Everything that is sent over a data channel of the page, looked at before it is encrypted.
    await writer.context.addInitScript(() => {
      window.sent = [];
      const send = RTCDataChannel.prototype.send;
      RTCDataChannel.prototype.send = function (data) {
        const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : data;
        window.sent.push(new TextDecoder().decode(bytes));
        return send.call(this, data);
      };
    });
    await writer.signIn('wire@example.org');
    const slug = await writer.makeRoom('Wire room');
    await writer.join(slug);
    await listener.join(slug);
    await writer.hasTiles(2);
    await writer.say('a plain sentence');
    await listener.chatOpen();
    await listener.message('a plain sentence').waitFor();
    const sent = await until('both forms', async () => {
      const all = await writer.page.evaluate(() => window.sent.filter((text) => text.includes('chat') || text.includes('a plain sentence')));
      return all.some((text) => text.includes('lk-chat-topic')) && all;
    });
    assert.ok(sent.some((text) => text.includes('lk.chat')), 'the stream’s topic');
    const packet = sent.find((text) => text.includes('lk-chat-topic'));
    const json = JSON.parse(packet.slice(packet.indexOf('{'), packet.lastIndexOf('}') + 1));
    assert.equal(json.message, 'a plain sentence');
    assert.equal(json.ignoreLegacy, true);
    assert.equal(typeof json.id, 'string');
    assert.equal(typeof json.timestamp, 'number');
  });
});
