// How heavy the pages are, and that nothing leaves our origin below the page either.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import { launch } from '../support/browser.mjs';
import { everybodyReceives, Person } from '../support/person.mjs';
import { table, total, weigh } from '../support/weigh.mjs';
import { world } from '../support/world.mjs';

const here = world();
const HOME = 30_000;
const MEETING = 300_000;
/** Chromium's own: its services, its look whether there is IPv6 (nothing is sent), the machine's name servers. */
const CHROMIUM = ['update.googleapis.com', 'accounts.google.com', 'content-autofill.googleapis.com', 'optimizationguide-pa.googleapis.com', '2001:4860:4860::8888'];
const nameServers = () => [...readFileSync('/etc/resolv.conf', 'utf8').matchAll(/^nameserver\s+(\S+)/gm)].map(([, address]) => address);

test('home weighs at most 30 kB and loads no wasm', async () => {
  const { server } = here;
  await server.addUser('light@example.org', 'Light Weight');
  await here.with([{}], async (person) => {
    const check = async (what) => {
      const rows = await weigh(person.page, '/');
      console.log(table(what, rows));
      assert.ok(total(rows) <= HOME, `${what}: ${total(rows)} bytes`);
      const scripts = rows.filter(({ type }) => /wasm|script/.test(type)).map(({ url }) => new URL(url).pathname);
      assert.ok(scripts.every((path) => path.startsWith('/assets/page-')), scripts.join());
      for (const { url, encoding } of rows.filter(({ bytes }) => bytes > 1500)) assert.equal(encoding, 'br', url);
    };
    await check('home of a visitor');
    await person.signIn('light@example.org');
    for (const name of ['First room', 'Second room', 'Third room']) await person.makeRoom(name);
    await check('home of somebody with rooms');
  });
});

test('scripts and wasm of the meeting weigh at most 300 kB', async () => {
  const { server } = here;
  await server.addUser('heavy@example.org', 'Heavy Weight');
  await here.with([{}], async (person) => {
    await person.signIn('heavy@example.org');
    const slug = await person.makeRoom('Heavy room');
    const rows = await weigh(person.page, `/${slug}`, {
      // The call's script comes while one looks at the preview; what joining loads counts too.
      settled: async () => {
        const early = await person.page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => /\/(lobby|inside|host)-/.test(name)).length);
        assert.equal(early, 0, 'what only those inside need comes later');
        await person.pressJoin('Heavy Weight');
        await person.page.waitForTimeout(1000);
      },
    });
    console.log(table('the meeting', rows));
    // What only those load who are in, hosts or all, is no part of what the button waits for.
    const code = rows.filter(({ type, url }) => /wasm|script/.test(type) && !/\/(lobby|inside|host)-/.test(url));
    console.log(`${String(total(code)).padStart(9)}  scripts and wasm`);
    assert.ok(code.length >= 3, 'they were seen');
    assert.ok(total(code) <= MEETING, `${total(code)} bytes`);
  });
});

test('Chromium’s own network log of a call names nobody but this machine', async () => {
  const { server } = here;
  const folder = mkdtempSync(join(tmpdir(), 'visavis-netlog-'));
  const file = join(folder, 'net.json');
  const browser = await launch(`--log-net-log=${file}`);
  await server.addUser('quiet@example.org', 'Quiet One');
  try {
    const [anna, bert] = [await Person.arrive(browser, server, { name: 'Quiet One' }), await Person.arrive(browser, server, { name: 'Bert B' })];
    await anna.signIn('quiet@example.org');
    const slug = await anna.makeRoom('Quiet room');
    await anna.join(slug);
    await bert.join(slug);
    await everybodyReceives([anna, bert]);
    anna.check();
    bert.check();
  } finally {
    await browser.close();
  }
  const text = readFileSync(file, 'utf8');
  rmSync(folder, { recursive: true, force: true });
  const addresses = Object.values(networkInterfaces()).flat().map(({ address }) => address);
  const ours = new Set(['localhost', '127.0.0.1', '::1', ...addresses, ...CHROMIUM, ...nameServers()]);
  const hosts = new Set();
  for (const [, url] of text.matchAll(/"url":"(?:https?|wss?):\/\/(\[[^\]]+\]|[^/:"]+)/g)) hosts.add(url.replace(/[[\]]/g, ''));
  for (const [, host] of text.matchAll(/"host":"(?:https?:\/\/)?(\[[^\]]+\]|[^/:"]+)/g)) hosts.add(host.replace(/[[\]]/g, ''));
  for (const [, address] of text.matchAll(/"(?:remote_)?address":"(\[[^\]]+\]|[^:"]+):\d+"/g)) hosts.add(address.replace(/[[\]]/g, ''));
  assert.ok(hosts.has('localhost'), 'the log was understood');
  assert.ok(text.includes(`:${server.ports.rtcUdp}"`), 'it holds the packets of the call');
  const foreign = [...hosts].filter((host) => !ours.has(host));
  assert.deepEqual(foreign, []);
});
