// A LiveKit of the operator's own that is written as `ws`: by default browsers open that, with `force_wss_protocol` only `wss`.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from '../support/browser.mjs';
import { Person } from '../support/person.mjs';
import { freePorts } from '../support/ports.mjs';
import { Server, temporaryFolder } from '../support/server.mjs';
import { until } from '../support/wait.mjs';

const SECRET = randomBytes(32).toString('hex');
const folder = temporaryFolder();
let [livekit, browser, ports] = [];

before(async () => {
  ports = await freePorts();
  const config = join(folder, 'livekit.yaml');
  writeFileSync(config, JSON.stringify({
    port: ports.api, bind_addresses: ['127.0.0.1'], rtc: { tcp_port: ports.rtcTcp, udp_port: ports.rtcUdp },
    keys: { own: SECRET }, room: { auto_create: false }, logging: { level: 'error' },
  }));
  livekit = spawn(process.env.VISAVIS_LIVEKIT_BIN ?? 'livekit-server', ['--config', config], { stdio: 'ignore' });
  browser = await launch();
  await until('LiveKit answers', async () => (await fetch(`http://127.0.0.1:${ports.api}/`)).ok);
});
after(async () => {
  await browser?.close();
  livekit?.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** The WebSockets that the page of a meeting opens, until one of them fits. */
async function sockets(force, wanted) {
  const server = await Server.start({
    env: {
      VISAVIS_LIVEKIT_BIN: '',
      VISAVIS_LIVEKIT_PORT: '',
      VISAVIS_LIVEKIT_TCP_PORT: '',
      VISAVIS_LIVEKIT_UDP_PORT: '',
      VISAVIS_LIVEKIT_TURN_PORT: '',
      VISAVIS_LIVEKIT_URL: `ws://127.0.0.1:${ports.api}`,
      VISAVIS_LIVEKIT_INTERNAL_URL: `http://127.0.0.1:${ports.api}`,
      VISAVIS_LIVEKIT_API_KEY: 'own',
      VISAVIS_LIVEKIT_API_SECRET: SECRET,
      VISAVIS_LIVEKIT_FORCE_WSS_PROTOCOL: String(force),
    },
  });
  try {
    const anna = await Person.arrive(browser, server, { name: 'Anna L' });
    const [opened, refused] = [[], []];
    anna.page.on('websocket', (socket) => opened.push(socket.url().split('?')[0]));
    anna.page.on('console', (message) => /content policy|Content Security Policy/.test(message.text()) && refused.push(message.text()));
    await server.addUser('anna@example.org', 'Anna L');
    await anna.signIn('anna@example.org');
    const slug = await anna.makeRoom('Encrypted');
    const answer = await anna.page.goto(`/${slug}`);
    await anna.page.locator('#join:not([disabled])').waitFor();
    await anna.page.click('#join');
    await until(`a socket of ${wanted}`, () => opened.some((url) => url.startsWith(wanted)), { within: 30_000, show: () => opened });
    if (!force) await anna.inState('call');
    assert.deepEqual(refused, [], 'the content policy lets it');
    await anna.go();
    return { opened: [...new Set(opened.map((url) => new URL(url).origin))], policy: answer.headers()['content-security-policy'] };
  } finally {
    await server.stop();
    server.checkLog();
    rmSync(server.data, { recursive: true, force: true });
  }
}

test('as it is written: ws', async () => {
  const { opened, policy } = await sockets(false, `ws://127.0.0.1:${ports.api}/rtc`);
  assert.deepEqual(opened, [`ws://127.0.0.1:${ports.api}`]);
  assert.match(policy, new RegExp(`connect-src [^;]*ws://127\\.0\\.0\\.1:${ports.api}`));
});

test('with force_wss_protocol: wss and nothing else', async () => {
  const { opened, policy } = await sockets(true, `wss://127.0.0.1:${ports.api}/rtc`);
  assert.deepEqual(opened, [`wss://127.0.0.1:${ports.api}`]);
  assert.match(policy, new RegExp(`connect-src [^;]*wss://127\\.0\\.0\\.1:${ports.api}`));
  assert.doesNotMatch(policy, /\sws:/);
});
