// A call of many who all send: what the page costs, whether it draws as often as the screen wants, and what stays behind.
//   node benches/call/long.mjs [minutes] [people] [ours|example]
import { cpu, part, row } from '../numbers.mjs';
import { pause, until } from '../../end2end/support/wait.mjs';
import { exampleIn } from './example.mjs';
import { processesOf, setting } from './setting.mjs';

const minutes = Number(process.argv[2] ?? 10);
const people = Number(process.argv[3] ?? 16);
const which = process.argv[4] ?? 'ours';
/** What may be more at the end than at the beginning, once all that can be thrown away has been. */
const HEAP_MAY_GROW = 4e6;
const NODES_MAY_GROW = 100;

/** Pictures shown so far, by each element that shows any: the same question to any client. */
const shown = (page) => page.evaluate(() => [...document.querySelectorAll('video')].map((video) => video.getVideoPlaybackQuality().totalVideoFrames));

async function ours(here) {
  await here.host.join(here.slug);
  return here.host;
}

async function measure(here, { page, context }) {
  await until('all are seen', async () => (await shown(page)).filter((frames) => frames > 5).length >= people, { within: 120_000, show: () => shown(page) });
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable');
  const { all, renderers } = processesOf('--js-flags=--expose-gc');
  // The renderer with the most work done is the page's.
  const renderer = renderers.sort((a, b) => cpu(b) - cpu(a))[0];
  const whole = () => all.reduce((sum, pid) => sum + cpu(pid), 0);
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
  await page.evaluate(() => {
    window.drawn = [];
    let last = performance.now();
    const next = (now) => {
      window.drawn.push(now - last);
      last = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  await pause(5000);
  const before = await kept();
  const [seen, used, usedByAll, began] = [await shown(page), cpu(renderer), whole(), performance.now()];
  await page.evaluate(() => (window.drawn.length = 0));
  await pause(minutes * 60_000);
  const seconds = (performance.now() - began) / 1000;
  const [spent, spentByAll, frames, now] = [cpu(renderer) - used, whole() - usedByAll, await page.evaluate(() => window.drawn), await shown(page)];
  const after = await kept();
  const rates = now.map((count, at) => (count - (seen[at] ?? 0)) / seconds);
  row(`${which}: ${people} people send for`, `${(seconds / 60).toFixed(1)} minutes`);
  row('processor time of the page’s process (100 % is one core)', `${(spent / 10 / seconds).toFixed(0)} %; whole browser ${(spentByAll / 10 / seconds).toFixed(0)} %`);
  row('frames the page draws in a second', `${(frames.length / seconds).toFixed(1)}; slowest 1 % ${part(frames, 0.99).toFixed(0)} ms`);
  row('pictures shown in a second, by each of the videos', `${rates.length} videos: ${(rates.reduce((sum, each) => sum + each, 0) / rates.length).toFixed(1)}; least ${Math.min(...rates).toFixed(1)}; sent 15`);
  for (const [when, { heap, nodes, listeners }] of Object.entries({ 'at the start': before, 'at the end': after })) row(`  ${when}: heap, nodes, listeners`, `${(heap / 1e6).toFixed(2)} MB, ${nodes}, ${listeners}`);
  const grew = { heap: after.heap - before.heap, nodes: after.nodes - before.nodes };
  row('heap grew by', `${(grew.heap / 1e6).toFixed(2)} MB (may: ${HEAP_MAY_GROW / 1e6}) ${grew.heap < HEAP_MAY_GROW ? 'good' : 'TOO MUCH'}`);
  row('nodes grew by', `${grew.nodes} (may: ${NODES_MAY_GROW}) ${grew.nodes < NODES_MAY_GROW ? 'good' : 'TOO MUCH'}`);
}

const here = await setting(people);
try {
  await measure(here, await (which === 'example' ? exampleIn(here.browser, here.server, here.slug) : ours(here)));
} finally {
  await here.finish();
}
