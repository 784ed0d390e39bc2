// A call of many who all send: what the page costs, whether it draws as often as the screen wants, and what stays behind.
//   node benches/call/long.mjs [minutes] [people]
import { cpu, part, row } from '../numbers.mjs';
import { pause, until } from '../../end2end/support/wait.mjs';
import { rendererOf, setting } from './setting.mjs';

const minutes = Number(process.argv[2] ?? 10);
const people = Number(process.argv[3] ?? 16);
/** What may be more after ten minutes than after the first, once all that can be thrown away has been. */
const HEAP_MAY_GROW = 4e6;
const NODES_MAY_GROW = 100;

const here = await setting(people);
const { host } = here;
try {
  await host.join(here.slug);
  await host.hasTiles(people + 1, 60_000);
  await until('all are seen', async () => (await host.stats()).filter(({ kind, framesDecoded }) => kind === 'video' && framesDecoded > 5).length >= people, { within: 90_000 });
  const devtools = await host.context.newCDPSession(host.page);
  await devtools.send('Performance.enable');
  // The renderer with the most work done is the page's.
  const renderer = rendererOf('--js-flags=--expose-gc').sort((a, b) => cpu(b) - cpu(a))[0];
  /** After garbage is collected twice: what was only waiting for that is gone. */
  const kept = async () => {
    for (let times = 0; times < 2; times += 1) {
      await devtools.send('HeapProfiler.collectGarbage');
      await pause(500);
    }
    const { metrics } = await devtools.send('Performance.getMetrics');
    const of = (wanted) => metrics.find(({ name }) => name === wanted)?.value ?? 0;
    return { heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') };
  };
  const decoded = async () => (await host.stats()).filter(({ kind }) => kind === 'video').map(({ framesDecoded }) => framesDecoded);
  await host.page.evaluate(() => {
    window.frames60 = [];
    let last = performance.now();
    const next = (now) => {
      window.frames60.push(now - last);
      last = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  await pause(5000);
  const [before, seen, used, began] = [await kept(), await decoded(), cpu(renderer), performance.now()];
  await host.page.evaluate(() => (window.frames60.length = 0));
  const samples = [];
  while (performance.now() - began < minutes * 60_000) {
    await pause(Math.min(60_000, minutes * 60_000 - (performance.now() - began)));
    samples.push({ at: (performance.now() - began) / 60_000, ...(await kept()) });
  }
  const seconds = (performance.now() - began) / 1000;
  const spent = cpu(renderer) - used;
  const frames = await host.page.evaluate(() => window.frames60);
  const now = await decoded();
  const rates = now.map((count, at) => (count - (seen[at] ?? 0)) / seconds);
  const after = samples.at(-1);
  row(`${people} people send for`, `${(seconds / 60).toFixed(1)} minutes`);
  row('processor time of the page’s process (100 % is one core)', `${(spent / 10 / seconds).toFixed(0)} %`);
  row('frames the page draws in a second', `${(frames.length / seconds).toFixed(1)}; slowest 1 % ${part(frames, 0.99).toFixed(0)} ms`);
  row('decoded pictures of each person in a second', `${(rates.reduce((sum, each) => sum + each, 0) / rates.length).toFixed(1)}; least ${Math.min(...rates).toFixed(1)}, sent 15`);
  for (const { at, heap, nodes, listeners } of [{ at: 0, ...before }, ...samples]) row(`  after ${at.toFixed(0)} min: heap, nodes, listeners`, `${(heap / 1e6).toFixed(2)} MB, ${nodes}, ${listeners}`);
  const heapGrew = after.heap - before.heap;
  const nodesGrew = after.nodes - before.nodes;
  row('heap grew by', `${(heapGrew / 1e6).toFixed(2)} MB (may: ${HEAP_MAY_GROW / 1e6}) ${heapGrew < HEAP_MAY_GROW ? 'good' : 'TOO MUCH'}`);
  row('nodes grew by', `${nodesGrew} (may: ${NODES_MAY_GROW}) ${nodesGrew < NODES_MAY_GROW ? 'good' : 'TOO MUCH'}`);
} finally {
  await here.finish();
}
