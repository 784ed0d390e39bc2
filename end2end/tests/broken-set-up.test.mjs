// Starting with something wrong: one clear sentence, an exit code, no panic.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { form, request, signedIn } from '../support/http.mjs';
import { freePorts } from '../support/ports.mjs';
import { runBinary, Server, temporaryFolder } from '../support/server.mjs';
import { until } from '../support/wait.mjs';

const folders = [];
const mounts = [];
after(() => {
  mounts.forEach((mount) => execFileSync('umount', [mount]));
  folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }));
});

function folder() {
  folders.push(temporaryFolder());
  return folders.at(-1);
}

/** A small file system of its own; null where we may not have one. */
function disk(size, options = '') {
  const at = folder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}${options}`, 'tmpfs', at], { stdio: 'ignore' });
  } catch {
    return null;
  }
  mounts.push(at);
  return at;
}

/** Starts it and expects it to end by itself; what it said. */
async function refuses(env, { args = ['serve'], code, says }) {
  const ports = await freePorts();
  const result = await runBinary(args, {
    VISAVIS_DATA_DIR: folder(), VISAVIS_LISTEN: `127.0.0.1:${ports.http}`, VISAVIS_LIVEKIT_BIN: process.env.VISAVIS_LIVEKIT_BIN, ...env,
  });
  assert.equal(result.killed, false, `it went on running: ${result.stderr}`);
  assert.doesNotMatch(result.stderr, /panicked/);
  for (const pattern of [says].flat()) assert.match(result.stderr, pattern);
  if (code === undefined) assert.notEqual(result.code, 0);
  else assert.equal(result.code, code, result.stderr);
  return result.stderr;
}

test('wrong settings are all named at once, with what would be right', async () => {
  await refuses(
    { VISAVIS_LISTEN: 'nowhere', VISAVIS_PUBLIC_URL: 'ftp://x/y', VISAVIS_LIVEKIT_PORT: '99999', VISAVIS_LOG_FORMAT: 'xml' },
    { code: 78, says: [/VISAVIS_LISTEN.*127\.0\.0\.1:8080/, /VISAVIS_PUBLIC_URL/, /VISAVIS_LIVEKIT_PORT/, /VISAVIS_LOG_FORMAT/] },
  );
  await refuses({ VISAVIS_LOG: 'visavis=nonsense=3' }, { code: 78, says: /VISAVIS_LOG/ });
  await refuses({ VISAVIS_LIVEKIT_URL: 'wss://x.example' }, { code: 78, says: /VISAVIS_LIVEKIT_API_KEY/ });
  await refuses({ VISAVIS_SECRET_KEY: 'changeme' }, { code: 78, says: /VISAVIS_SECRET_KEY/ });
  await refuses({ VISAVIS_SECRET_KEY_FILE: '/nowhere/at/all' }, { code: 78, says: /VISAVIS_SECRET_KEY_FILE.*\/nowhere\/at\/all/ });
  await refuses({ VISAVIS_TLS_CERT: '/nowhere.pem' }, { code: 78, says: [/VISAVIS_TLS_CERT/, /VISAVIS_TLS_KEY/] });
  const file = join(folder(), 'visavis.toml');
  writeFileSync(file, 'lisen = "x"\n');
  await refuses({ VISAVIS_CONFIG: file }, { code: 78, says: /lisen/ });
  writeFileSync(file, 'listen = \n');
  await refuses({ VISAVIS_CONFIG: file }, { code: 78, says: /visavis\.toml/ });
});

test('a database that cannot be reached', async () => {
  await refuses({ VISAVIS_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', VISAVIS_SINGLE_NODE: 'true' }, { says: /database|connect/i });
  await refuses({ VISAVIS_DATABASE_URL: 'oracle://x' }, { code: 78, says: /VISAVIS_DATABASE_URL/ });
});

test('no LiveKit, or one that is no program, or one that ends at once', async () => {
  await refuses({ VISAVIS_LIVEKIT_BIN: '/nowhere/livekit-server' }, { says: /VISAVIS_LIVEKIT_BIN names \/nowhere\/livekit-server/ });
  await refuses({ VISAVIS_LIVEKIT_BIN: '', PATH: '/nowhere' }, { says: [/livekit-server is not in PATH/, /--livekit-url/] });
  await refuses({ VISAVIS_LIVEKIT_BIN: '/bin/false' }, { says: /LiveKit/ });
});

test('a taken port, and a second server on the same folder', async () => {
  const server = await Server.start();
  try {
    await refuses({ VISAVIS_LISTEN: `127.0.0.1:${server.ports.http}` }, { code: 1, says: /another program listens on 127\.0\.0\.1:\d+.*--listen/ });
    await refuses({ VISAVIS_DATA_DIR: server.data }, { says: /a running visavis uses/ });
    assert.equal((await request(server, '/readyz')).status, 200, 'the first one is unharmed');
  } finally {
    await server.finish();
  }
});

test('secrets are readable by their owner alone', async () => {
  const server = await Server.start();
  try {
    for (const file of ['secrets/secret_key', 'secrets/livekit_api_secret', 'livekit/livekit.yaml']) {
      assert.equal(statSync(join(server.data, file)).mode & 0o077, 0, file);
    }
  } finally {
    await server.finish();
  }
});

test('a read-only data folder', async (t) => {
  const at = process.getuid() === 0 ? disk('1m', ',ro') : folder();
  if (!at) return t.skip('no file system may be mounted here');
  if (process.getuid() !== 0) chmodSync(at, 0o555);
  await refuses({ VISAVIS_DATA_DIR: at }, { says: [/VISAVIS_DATA_DIR|database/, new RegExp(at)] });
  await refuses({ VISAVIS_DATA_DIR: join(at, 'below') }, { code: 78, says: /VISAVIS_DATA_DIR.*cannot be created/ });
  const notAFolder = join(folder(), 'file');
  writeFileSync(notAFolder, '');
  await refuses({ VISAVIS_DATA_DIR: notAFolder }, { code: 78, says: /VISAVIS_DATA_DIR/ });
});

test('a full disk, at the start and while running: told, and nothing is lost', async (t) => {
  const small = disk('64k');
  if (!small) return t.skip('no file system may be mounted here');
  await refuses({ VISAVIS_DATA_DIR: small }, { says: /disk|full|space/i });

  const data = disk('24m');
  const server = await Server.start({ env: { VISAVIS_DATA_DIR: data } });
  server.expected.push(/full|disk|space/i, /Request failed/);
  try {
    await server.addUser('full@example.org', 'Full Disk');
    const cookie = await signedIn(server, 'full@example.org');
    const make = (name) => form(server, '/rooms', { name }, { cookie, headers: { accept: 'text/html' } });
    const before = await make('Before');
    assert.equal(before.headers.location, '/', `${before.status} ${before.body} ${server.stderr}`);
    const ballast = join(data, 'ballast');
    try {
      execFileSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=4k'], { stdio: 'ignore' });
    } catch {
      // That is the point of it.
    }
    let refused;
    for (let number = 0; number < 300 && !refused; number += 1) {
      const answer = await make(`Filling ${number} ${'x'.repeat(60)}`);
      if (answer.status >= 500) refused = answer;
    }
    assert.ok(refused, 'at some point it is full');
    assert.match(refused.body, /Something went wrong on our side/);
    rmSync(ballast);
    const after = await make('After');
    assert.equal(after.headers.location, '/', `${after.status} ${after.headers.location} ${server.stderr.slice(-2500)}`);
    const home = await request(server, '/', { headers: { cookie, accept: 'text/html' } });
    assert.ok(home.body.includes('Before') && home.body.includes('After'));
  } finally {
    await server.stop();
    server.checkLog();
  }
});

test('a LiveKit that refuses our key: named by /readyz and in the log', async () => {
  const ports = await freePorts();
  const config = join(folder(), 'livekit.yaml');
  writeFileSync(config, JSON.stringify({
    port: ports.api, bind_addresses: ['127.0.0.1'], rtc: { tcp_port: ports.rtcTcp, udp_port: ports.rtcUdp },
    keys: { theirs: 'a-secret-of-theirs-which-is-long-enough' }, logging: { level: 'error' },
  }));
  const livekit = spawn(process.env.VISAVIS_LIVEKIT_BIN, ['--config', config], { stdio: 'ignore' });
  const data = folder();
  const own = await freePorts();
  const server = new Server();
  Object.assign(server, { data, ports: own, origin: `http://localhost:${own.http}` });
  try {
    await until('LiveKit answers', async () => (await fetch(`http://127.0.0.1:${ports.api}/`)).ok);
    const env = {
      VISAVIS_DATA_DIR: data, VISAVIS_LISTEN: `127.0.0.1:${own.http}`, VISAVIS_LIVEKIT_INTERNAL_URL: `http://127.0.0.1:${ports.api}`,
      VISAVIS_LIVEKIT_API_KEY: 'ours', VISAVIS_LIVEKIT_API_SECRET: 'another-long-key-that-they-do-not-know-0123456789',
    };
    server.env = { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VISAVIS_'))), ...env };
    // It may refuse to start, or start and say that it is not ready; silence would be wrong.
    await server.launch({ ready: false });
    const ready = await until('an answer', async () => {
      if (server.child.exitCode !== null) return { status: 503, body: '"livekit"' };
      return request(server, '/readyz');
    });
    assert.equal(ready.status, 503);
    assert.match(ready.body, /"livekit"/);
    await until('the reason in the log', () => /key/i.test(server.stderr) && /LiveKit/i.test(server.stderr));
    assert.ok(!server.stderr.includes('another-long-key'), 'the secret is not told');
    await server.stop();
    assert.doesNotMatch(server.stderr, /panicked/);
  } finally {
    livekit.kill();
    await server.stop();
  }
});

test('nobody reads the log any more: it goes on, and ends when it is asked to', async () => {
  const server = await Server.start();
  const livekit = server.livekitPid();
  // As when the program that it writes to has ended: each line from now on fails.
  server.child.stderr.destroy();
  server.child.stdout.destroy();
  // A new account is told in the log.
  await server.addUser('ann@example.org', 'Ann');
  for (let times = 0; times < 3; times += 1) assert.equal((await request(server, '/api/v1.0/users/me/')).status, 401);
  await signedIn(server, 'ann@example.org');
  server.child.kill('SIGTERM');
  const within = new Promise((_, late) => setTimeout(() => late(new Error('it does not end')), 12_000).unref());
  try {
    assert.deepEqual(await Promise.race([server.ended, within]), { code: 0, signal: null });
  } finally {
    server.child.kill('SIGKILL');
    rmSync(server.data, { recursive: true, force: true });
  }
  assert.throws(() => process.kill(livekit, 0), 'LiveKit goes with it');
});
