// How soon a decision reaches the last one it is about: rights of three hundred who are in a call, and somebody who was removed and
// comes back with the token of before, past us, straight to LiveKit.
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import { participants } from '../end2end/support/livekit.mjs';
import { bare } from '../end2end/support/meeting.mjs';
import { Person } from '../end2end/support/person.mjs';
import { pause, until } from '../end2end/support/wait.mjs';
import { median, row } from './numbers.mjs';

const PEOPLE = 300;
const CHANGES = 6;
const RETURNS = 5;

/** A request with the host's session. */
async function ask(server, host, method, path, body) {
  const cookies = await host.context.cookies();
  const csrf = cookies.find((one) => one.name === 'csrftoken')?.value ?? '';
  const headers = { cookie: cookies.map((one) => `${one.name}=${one.value}`).join('; '), 'x-csrftoken': csrf, 'content-type': 'application/json' };
  const answer = await fetch(`${server.origin}/api/v1.0/rooms/${path}`, { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json().catch(() => undefined);
}

/** Somebody without sound and picture: LiveKit counts them as inside, and they hear of their rights. */
function join(server, token) {
  return new Promise((done, fail) => {
    const path = `/livekit/rtc?access_token=${token}&protocol=15&auto_subscribe=0&sdk=js&version=2.0.0`;
    const headers = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': randomBytes(16).toString('base64') };
    const asked = http.get({ host: '127.0.0.1', port: server.ports.http, path, agent: false, headers: { host: `localhost:${server.ports.http}`, ...headers } });
    asked.on('upgrade', (answer, socket) => {
      socket.on('error', () => {});
      // What LiveKit says is heard and not looked at.
      socket.resume();
      done(socket);
    });
    asked.on('response', ({ statusCode }) => fail(new Error(`LiveKit did not let somebody in: ${statusCode}`)));
    asked.on('error', fail);
  });
}

export async function rights(server, host) {
  const room = await ask(server, host, 'POST', '', { name: 'Bench rights', access_level: 'public' });
  const sockets = [];
  for (let made = 0; made < PEOPLE; made += 25) {
    const some = Array.from({ length: Math.min(25, PEOPLE - made) }, async () => {
      const { livekit } = await (await fetch(`${server.origin}/api/v1.0/rooms/${room.id}/`)).json();
      sockets.push(await join(server, livekit.token));
    });
    await Promise.all(some);
  }
  const speakers = async () => (await participants(server, room.id)).filter(({ permission }) => {
    const sources = permission.can_publish_sources ?? permission.canPublishSources ?? [];
    return sources.length === 0 || sources.includes('MICROPHONE');
  }).length;
  const inside = (await participants(server, room.id)).length;
  const times = [];
  for (let change = 0; change < CHANGES; change += 1) {
    const began = performance.now();
    await ask(server, host, 'PUT', `${room.id}/rights/`, { microphone: change % 2 === 1 });
    times.push(performance.now() - began);
    const left = await speakers();
    if (left !== (change % 2 === 1 ? inside : 0)) throw new Error(`${left} of ${inside} may speak after change ${change}`);
  }
  row(`rights change, ${inside} in the call: until LiveKit has answered for the last one (median of ${CHANGES})`, `${Math.round(median(times))} ms (${times.map(Math.round).join(' ')})`);
  sockets.forEach((socket) => socket.destroy());
}

/** Straight to LiveKit, as where it can be reached past us. */
export async function returning(browser, server, host, slug) {
  const times = [];
  for (let round = 0; round < RETURNS; round += 1) {
    const guest = await Person.arrive(browser, server, { name: `Old token ${round}`, bypassCSP: true });
    await bare(guest);
    await guest.join(slug);
    await until('inside', () => guest.page.evaluate(() => window.room?.state === 'connected'));
    const { room, identity, token } = await guest.page.evaluate(() => ({ room: window.room.name, identity: window.me.identity, token: window.room.engine.token }));
    await ask(server, host, 'POST', `${room}/remove-participant/`, { participant_identity: identity });
    await guest.ended();
    await pause(500);
    times.push(await guest.page.evaluate(async ([url, token]) => {
      const { room } = window;
      const began = performance.now();
      const out = new Promise((done) => room.once('disconnected', () => done(performance.now())));
      // Put out while the connection is still being made.
      const came = await room.connect(url, token).then(() => performance.now(), () => undefined);
      return { whole: ((came && (await out)) ?? performance.now()) - began, inside: came ? (await out) - came : 0 };
    }, [`ws://127.0.0.1:${server.ports.api}`, token]));
    await guest.go();
  }
  const told = (key) => `${Math.round(median(times.map((time) => time[key])))} ms (${times.map((time) => Math.round(time[key])).join(' ')})`;
  row(`removed, back past us with an old token: connected for (median of ${RETURNS})`, told('inside'));
  row('the same from the attempt to being out', told('whole'));
}
