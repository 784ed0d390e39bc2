// Five thousand visitors at a hundred doors: what one who waits costs, how soon a host's click reaches them, and what the same costs
// where clients ask every second instead of listening.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { pause } from '../end2end/support/wait.mjs';
import { cpu, part, row } from './numbers.mjs';

const ROOMS = 100;
const VISITORS = 5000;
const CLICKS = 300;
const AT_ONCE = 32;
/** How long idle costs are looked at, in seconds. */
const LOOK = 10;

const resident = (pid) => Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]);

/** One request; its status, cookie and JSON. */
function send(server, agent, method, path, headers, body) {
  return new Promise((done, fail) => {
    const asked = http.request({ host: '127.0.0.1', port: server.ports.http, method, path, agent, headers: { host: `localhost:${server.ports.http}`, 'content-type': 'application/json', ...headers } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part) => (text += part)).on('end', () => {
        if (answer.statusCode >= 400) return fail(new Error(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 200)}`));
        const cookie = answer.headers['set-cookie']?.map((line) => line.split(';')[0]).join('; ');
        done({ cookie, json: text.startsWith('{') ? JSON.parse(text) : text });
      });
    });
    asked.on('error', fail);
    asked.end(body && JSON.stringify(body));
  });
}

/** `work` for each, a few at a time. */
async function each(list, work) {
  const left = [...list.entries()];
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let next = left.shift(); next; next = left.shift()) await work(next[1], next[0]);
  }));
}

/** Listens; `heard` is called with each state. */
function listen(server, visitor) {
  return new Promise((done, fail) => {
    const asked = http.get({ host: '127.0.0.1', port: server.ports.http, path: `/${visitor.slug}/wait/events`, agent: false, headers: { host: `localhost:${server.ports.http}`, cookie: visitor.cookie } }, (answer) => {
      if (answer.statusCode !== 200) return fail(new Error(`events: ${answer.statusCode}`));
      visitor.answer = answer;
      answer.setEncoding('utf8').on('data', (text) => {
        if (text.includes('"waiting"')) done();
        if (text.includes('"admitted"')) visitor.admitted?.(performance.now());
      }).on('error', () => {});
    });
    asked.on('error', fail);
  });
}

export async function waiting(name, server, host) {
  const pid = server.child.pid;
  const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const cookies = await host.context.cookies();
  const headers = {
    cookie: cookies.map((one) => `${one.name}=${one.value}`).join('; '),
    'x-csrftoken': cookies.find((one) => one.name === 'csrftoken')?.value ?? '',
  };
  const rooms = [];
  for (let made = 0; made < ROOMS; made += 1) {
    const { json } = await send(server, agent, 'POST', '/api/v1.0/rooms/', headers, { name: `Bench door ${name} ${made}`, access_level: 'restricted' });
    rooms.push(json);
  }
  const visitors = Array.from({ length: VISITORS }, (_, number) => ({ number, slug: rooms[number % ROOMS].slug, room: rooms[number % ROOMS].id }));
  await each(visitors, async (visitor) => {
    const { cookie, json } = await send(server, agent, 'POST', `/api/v1.0/rooms/${visitor.room}/request-entry/`, {}, { username: `Visitor ${visitor.number}` });
    Object.assign(visitor, { cookie, id: json.id });
  });
  console.log(`\n${name}: ${VISITORS} visitors wait in ${ROOMS} rooms, on one process`);
  await pause(2000);

  const before = resident(pid);
  await each(visitors, (visitor) => listen(server, visitor));
  await pause(5000);
  row('memory of a visitor who listens', `${((resident(pid) - before) / VISITORS).toFixed(1)} kB`);
  let used = cpu(pid);
  await pause(LOOK * 1000);
  row('listening: requests and processor time in a second', `0; ${((cpu(pid) - used) / LOOK).toFixed(0)} ms`);

  const times = [];
  for (let click = 0; click < CLICKS; click += 1) {
    const visitor = visitors[(click * 7919) % VISITORS];
    const heard = new Promise((done) => (visitor.admitted = done));
    const began = performance.now();
    await send(server, agent, 'POST', `/api/v1.0/rooms/${visitor.room}/enter/`, headers, { participant_id: visitor.id, allow_entry: true });
    times.push((await heard) - began);
    await pause(20);
  }
  row(`host's click → visitor's event (${CLICKS}, one after the other)`, `50/95/99 %: ${[0.5, 0.95, 0.99].map((share) => part(times, share).toFixed(1)).join(' / ')} ms`);
  visitors.forEach((visitor) => visitor.answer?.destroy());
  await pause(12_000);

  // Every visitor asks once a second, as the peer product's page does; what does not fit into a second is asked later.
  let answered = 0;
  let going = true;
  used = cpu(pid);
  const began = performance.now();
  const asking = Promise.all(Array.from({ length: AT_ONCE }, async (_, lane) => {
    for (let round = 0; going; round += 1) {
      const due = began + round * 1000;
      await pause(Math.max(0, due - performance.now()));
      for (let at = lane; at < VISITORS && going; at += AT_ONCE) {
        const { cookie, room, number } = visitors[at];
        await send(server, agent, 'POST', `/api/v1.0/rooms/${room}/request-entry/`, { cookie }, { username: `Visitor ${number}` });
        answered += 1;
      }
    }
  }));
  await pause(LOOK * 1000);
  going = false;
  await asking;
  const seconds = (performance.now() - began) / 1000;
  row('asking every second instead: requests and processor time', `${Math.round(answered / seconds)} of ${VISITORS} wanted; ${((cpu(pid) - used) / seconds).toFixed(0)} ms`);
  agent.destroy();
}
