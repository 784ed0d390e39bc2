// Start-up, memory, joining, and what a request costs beside the bare minimum.
import { readFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { launch } from '../end2end/support/browser.mjs';
import { Person } from '../end2end/support/person.mjs';
import { BIN, Server } from '../end2end/support/server.mjs';
import { pause } from '../end2end/support/wait.mjs';
import { waiting } from './lobby.mjs';
import { returning, rights } from './moderation.mjs';
import { median, row } from './numbers.mjs';
import { answering } from './requests.mjs';

const JOINS = 10;

const megabytes = (pid) => `${Math.round(Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024)} MB`;

async function starting(server) {
  const times = [];
  for (let round = 0; round < 5; round += 1) {
    await server.stop();
    const began = performance.now();
    await server.launch();
    times.push(performance.now() - began);
  }
  row('start until /readyz, LiveKit included (median of 5)', `${Math.round(median(times))} ms`);
}

async function memory(server) {
  await pause(5000);
  row('idle memory of visavis (resident)', megabytes(server.child.pid));
  row('idle memory of its LiveKit', megabytes(server.livekitPid()));
}

/** From the click to the first decoded picture of somebody else. */
async function joining(browser, server, slug) {
  const times = [];
  for (let round = 0; round < JOINS; round += 1) {
    const guest = await Person.arrive(browser, server, { name: `Guest ${round}` });
    await guest.page.goto(`/${slug}`, { waitUntil: 'networkidle' });
    await guest.page.fill('#name', guest.name);
    times.push(await guest.page.evaluate(async () => {
      const began = performance.now();
      document.querySelector('#join').click();
      for (;;) {
        const all = (await window.visavis?.stats?.()) ?? [];
        if (all.some(({ kind, framesDecoded }) => kind === 'video' && framesDecoded > 0)) return performance.now() - began;
        await new Promise((done) => setTimeout(done, 10));
      }
    }));
    await guest.go();
    await pause(300);
  }
  row(`click on join → first picture of another (median of ${JOINS})`, `${Math.round(median(times))} ms (${times.map(Math.round).join(' ')})`);
}

row('machine', `${platform()} ${arch()}, ${cpus().length} × ${cpus()[0]?.model ?? '?'}`);
row('binary', BIN);
const browser = await launch();
// One client asks as much as a thousand would.
const UNLIMITED = { VISAVIS_RATE_FACTOR: '1000' };
const server = await Server.start({ env: UNLIMITED });
try {
  await server.addUser('bench@example.org', 'Bench Host');
  await starting(server);
  await memory(server);
  const host = await Person.arrive(browser, server, { name: 'Bench Host' });
  await host.signIn('bench@example.org');
  const slug = await host.makeRoom('Bench room');
  await host.join(slug);
  await joining(browser, server, slug);
  await answering('SQLite', server, host, slug);
  await waiting('SQLite', server, host);
  await rights(server, host);
  await returning(browser, server, host, slug);
  await host.go();
} finally {
  await server.stop();
}
if (process.env.VISAVIS_BENCH_POSTGRES) {
  const { VISAVIS_BENCH_POSTGRES: database, VISAVIS_BENCH_REDIS: redis } = process.env;
  const larger = await Server.start({ env: { ...UNLIMITED, VISAVIS_DATABASE_URL: database, VISAVIS_REDIS_URL: redis, VISAVIS_SINGLE_NODE: 'true' } });
  try {
    await larger.addUser('bench@example.org', 'Bench Host');
    const host = await Person.arrive(browser, larger, { name: 'Bench Host' });
    await host.signIn('bench@example.org');
    const slug = await host.makeRoom('Bench room');
    await host.join(slug);
    await answering('PostgreSQL and Redis', larger, host, slug);
    await waiting('PostgreSQL and Redis', larger, host);
    await host.go();
  } finally {
    await larger.stop();
  }
}
await browser.close();
