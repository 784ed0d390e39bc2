// What both measurements of the call need: a server, a room, a measured browser, and people who send.
import { readdirSync, readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { launch } from '../../end2end/support/browser.mjs';
import { Crowd, look } from '../../end2end/support/crowd.mjs';
import { Person } from '../../end2end/support/person.mjs';
import { Server } from '../../end2end/support/server.mjs';
import { row } from '../numbers.mjs';

/** Those who send sit in a browser of their own: what they cost is not what the page costs. */
export async function setting(people, { fps = 15, width = 640, height = 360, simulcast = true } = {}) {
  row('machine', `${cpus().length} × ${cpus()[0]?.model ?? '?'}, load before ${loadavg()[0].toFixed(2)}`);
  const server = await Server.start({ env: { VISAVIS_RATE_FACTOR: '1000' } });
  const [browser, other] = await Promise.all([
    launch('--js-flags=--expose-gc', '--enable-precise-memory-info'),
    launch('--disable-background-timer-throttling', '--disable-renderer-backgrounding', '--disable-backgrounding-occluded-windows'),
  ]);
  await server.addUser('bench@example.org', 'Bench Host');
  const host = await Person.arrive(browser, server, { name: 'Bench Host', viewport: { width: 1440, height: 900 } });
  await host.signIn('bench@example.org');
  const slug = await host.makeRoom('Bench call');
  const crowd = await Crowd.of(other, server, slug);
  await crowd.join(Array.from({ length: people }, (_, at) => ({ name: `Person ${at + 1}`, look: look(at), mic: at < 4 })), { fps, width, height, simulcast });
  const finish = async () => {
    await crowd.go();
    await Promise.all([browser.close(), other.close()]);
    await server.stop();
  };
  return { server, browser, host, slug, crowd, finish };
}

/** The processes of the browser that was started with this flag; `renderers` draw pages. */
export function processesOf(flag) {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      const parent = Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop().split(' ')[1]);
      return [{ pid: Number(pid), line, parent }];
    } catch {
      return [];
    }
  });
  const below = new Set(all.filter(({ line, parent }) => parent === process.pid && line.includes(flag)).map(({ pid }) => pid));
  for (let grown = -1; grown !== below.size;) {
    grown = below.size;
    for (const { pid, parent } of all) if (below.has(parent)) below.add(pid);
  }
  const ours = all.filter(({ pid }) => below.has(pid));
  return { all: ours.map(({ pid }) => pid), renderers: ours.filter(({ line }) => line.includes('--type=renderer')).map(({ pid }) => pid) };
}
