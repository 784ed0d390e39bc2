// What a request costs, beside a bare handler that does the same query and the same signatures.
import { spawn } from 'node:child_process';
import http from 'node:http';
import { join } from 'node:path';
import { freePorts } from '../end2end/support/ports.mjs';
import { until } from '../end2end/support/wait.mjs';
import { cpu, median, part, row } from './numbers.mjs';

const REQUESTS = 1500;
const AT_ONCE = 8;
const ROUNDS = 3;
/** More than one page of the list. */
const ROOMS = 25;

/** Requests over kept connections, `AT_ONCE` at a time; a first round warms up. */
async function load(pid, port, path, headers) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const once = () => new Promise((done, fail) => {
    const began = performance.now();
    http.get({ host: '127.0.0.1', port, path, agent, headers: { host: `localhost:${port}`, ...headers } }, (answer) => {
      answer.resume().on('end', () => (answer.statusCode === 200 ? done(performance.now() - began) : fail(new Error(`${path}: ${answer.statusCode}`))));
    }).on('error', fail);
  });
  const many = async (count) => {
    const times = [];
    const [began, used] = [performance.now(), cpu(pid)];
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      while (times.length < count) times.push(await once());
    }));
    return { times, perSecond: (times.length / (performance.now() - began)) * 1000, cpu: (cpu(pid) - used) / times.length };
  };
  await many(200);
  const result = await many(REQUESTS);
  agent.destroy();
  return result;
}

/** Room, list and settings on one set-up; ours and the bare one by turns, so that what else the machine does hits both. */
export async function answering(name, server, host, slug) {
  for (let made = 1; made < ROOMS; made += 1) await host.makeRoom(`Bench room ${made}`);
  const { http: port } = await freePorts();
  const database = server.env.VISAVIS_DATABASE_URL ?? `sqlite:${join(server.data, 'visavis.db')}`;
  const bare = spawn(process.env.VISAVIS_BARE, [database, String(port)], { stdio: 'inherit' });
  const cookie = (await host.context.cookies()).map((each) => `${each.name}=${each.value}`).join('; ');
  const cases = [
    ['a room, live, by a stranger', `/api/v1.0/rooms/${slug}/`, {}, `/room/${slug}`],
    ['a page of one’s rooms, signed in', '/api/v1.0/rooms/', { cookie }, '/rooms/bench@example.org'],
    ['config', '/api/v1.0/config/', {}, '/config'],
  ];
  try {
    await until('the bare handler', async () => (await fetch(`http://127.0.0.1:${port}/config`)).ok);
    console.log(`\n${name}, ${AT_ONCE} at a time`);
    for (const [what, path, headers, same] of cases) {
      const all = { ours: [], bare: [] };
      for (let round = 0; round < ROUNDS; round += 1) {
        all.bare.push(await load(bare.pid, port, same, {}));
        all.ours.push(await load(server.child.pid, server.ports.http, path, headers));
      }
      const [ours, minimum] = [summary(all.ours), summary(all.bare)];
      row(what, ours.text);
      row('  the bare query', minimum.text);
      row('  ratio: requests, processor time', `${(minimum.perSecond / ours.perSecond).toFixed(2)}, ${(ours.cpu / minimum.cpu).toFixed(2)}`);
    }
  } finally {
    bare.kill();
  }
}

function summary(results) {
  const times = results.flatMap((each) => each.times);
  const [perSecond, used] = [median(results.map((each) => each.perSecond)), median(results.map((each) => each.cpu))];
  const percentiles = [0.5, 0.95, 0.99].map((share) => part(times, share).toFixed(2)).join(' / ');
  return { perSecond, cpu: used, text: `${Math.round(perSecond)}/s; 50/95/99 %: ${percentiles} ms; ${used.toFixed(2)} ms of processor` };
}
