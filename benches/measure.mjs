// Start-up, memory, joining, and what a request costs beside the bare minimum.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { arch, cpus, platform } from 'node:os';
import { join } from 'node:path';
import { launch } from '../end2end/support/browser.mjs';
import { Person } from '../end2end/support/person.mjs';
import { freePorts } from '../end2end/support/ports.mjs';
import { BIN, Server } from '../end2end/support/server.mjs';
import { pause, until } from '../end2end/support/wait.mjs';

const JOINS = 10;
const REQUESTS = 1500;
const AT_ONCE = 8;

const sorted = (values) => [...values].sort((a, b) => a - b);
const part = (values, share) => sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))];
const median = (values) => part(values, 0.5);
const row = (what, value) => console.log(`${what.padEnd(58)} ${value}`);
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

/** Times of requests over kept connections, `AT_ONCE` at a time; a first round warms up. */
async function requests(port, path) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const once = () => new Promise((done, fail) => {
    const began = performance.now();
    http.get({ host: '127.0.0.1', port, path, agent, headers: { host: `localhost:${port}` } }, (answer) => {
      answer.resume().on('end', () => (answer.statusCode === 200 ? done(performance.now() - began) : fail(new Error(`${path}: ${answer.statusCode}`))));
    }).on('error', fail);
  });
  const many = async (count) => {
    const times = [];
    const began = performance.now();
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      while (times.length < count) times.push(await once());
    }));
    return { times, perSecond: (times.length / (performance.now() - began)) * 1000 };
  };
  await many(200);
  const result = await many(REQUESTS);
  agent.destroy();
  return result;
}

async function retrieving(server, slug) {
  const { http: port } = await freePorts();
  const bare = spawn(process.env.VISAVIS_BARE, [`sqlite:${databaseOf(server)}`, String(port)], { stdio: 'inherit' });
  try {
    await until('the bare handler', async () => (await fetch(`http://127.0.0.1:${port}/${slug}`)).ok);
    const all = { bare: [], ours: [] };
    // By turns, so that what else the machine does hits both.
    for (let round = 0; round < 3; round += 1) {
      all.bare.push(await requests(port, `/${slug}`));
      all.ours.push(await requests(server.ports.http, `/api/v1.0/rooms/${slug}/`));
    }
    const summary = (results) => {
      const times = results.flatMap(({ times: each }) => each);
      return { perSecond: median(results.map((each) => each.perSecond)), text: `${median(times).toFixed(2)} ms, 99 %: ${part(times, 0.99).toFixed(2)} ms` };
    };
    const [ours, minimum] = [summary(all.ours), summary(all.bare)];
    row(`room retrieval, the room live, ${AT_ONCE} at a time`, `${Math.round(ours.perSecond)}/s, ${ours.text}`);
    row('a bare handler: same query, same signature', `${Math.round(minimum.perSecond)}/s, ${minimum.text}`);
    row('ratio', (minimum.perSecond / ours.perSecond).toFixed(2));
  } finally {
    bare.kill();
  }
}

function databaseOf(server) {
  return process.env.VISAVIS_BENCH_DATABASE ?? join(server.data, 'visavis.db');
}

row('machine', `${platform()} ${arch()}, ${cpus().length} × ${cpus()[0]?.model ?? '?'}`);
row('binary', BIN);
const server = await Server.start();
const browser = await launch();
try {
  await server.addUser('bench@example.org', 'Bench Host');
  await starting(server);
  await memory(server);
  const host = await Person.arrive(browser, server, { name: 'Bench Host' });
  await host.signIn('bench@example.org');
  const slug = await host.makeRoom('Bench room');
  await host.join(slug);
  await retrieving(server, slug);
  await joining(browser, server, slug);
  await host.page.click('#leave');
} finally {
  await browser.close();
  await server.stop();
}
