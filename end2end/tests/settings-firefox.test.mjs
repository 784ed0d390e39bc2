// Firefox behind a proxy that wants a password: where the operator says so, its first connection is spent on nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { everybodyReceives } from '../support/person.mjs';
import { world } from '../support/world.mjs';

const here = world({ env: { VISAVIS_LIVEKIT_ENABLE_FIREFOX_PROXY_WORKAROUND: 'true' } });
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

test('Firefox opens one connection before the one that counts, others do not', async () => {
  await here.with([{ name: 'Anna L' }, { name: 'Bert B', userAgent: FIREFOX }], async (anna, bert) => {
    const opened = new Map([anna, bert].map((person) => [person, []]));
    for (const person of [anna, bert]) person.page.on('websocket', (socket) => opened.get(person).push(new URL(socket.url())));
    // Without a token LiveKit refuses it, which is as good.
    bert.guard.allow(/WebSocket connection to .*\/livekit\/rtc' failed/);
    await here.server.addUser('fox@example.org', 'Anna L');
    await anna.signIn('fox@example.org');
    const slug = await anna.makeRoom('Foxes');
    await anna.join(slug);
    await bert.join(slug);
    await everybodyReceives([anna, bert]);
    const paths = (person) => opened.get(person).map(({ pathname, search }) => `${pathname}${search ? '?' : ''}`);
    assert.deepEqual(paths(bert)[0], '/livekit/rtc');
    assert.equal(paths(bert).length, paths(anna).length + 1);
    assert.ok(paths(anna).every((path) => path.endsWith('?')), paths(anna).join());
  });
});
