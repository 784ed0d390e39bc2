// LiveKit's own components in place of our page: the same room, the same people, the same browser.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

function bundle() {
  const folder = mkdtempSync(join(tmpdir(), 'visavis-example-'));
  execFileSync(at('../../app/js/node_modules/.bin/esbuild'), [
    at('example/page.jsx'), '--bundle', '--minify', '--format=iife', '--jsx=automatic', '--define:process.env.NODE_ENV="production"', '--log-level=warning', `--outdir=${folder}`,
  ], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [script, style] = ['page.js', 'page.css'].map((name) => readFileSync(join(folder, name), 'utf8'));
  rmSync(folder, { recursive: true });
  return { script, style };
}

/** A page in the call; it takes no part in our tests' rules, because it is not ours. */
export async function exampleIn(browser, server, slug) {
  const { script, style } = bundle();
  const answer = await fetch(`${server.origin}/api/v1.0/rooms/${slug}/?username=Example`);
  const { livekit } = await answer.json();
  const context = await browser.newContext({ permissions: ['camera', 'microphone'], baseURL: server.origin, bypassCSP: true, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  // A page that the server really sent: one that is made up may not reach this machine's own ports.
  await page.goto('/robots.txt');
  await page.setContent('<!DOCTYPE html><meta charset="utf-8"><title>Example</title><div id="root"></div>');
  await page.addStyleTag({ content: `body { margin: 0 } ${style}` });
  await page.addScriptTag({ content: script });
  await page.evaluate(([url, token]) => window.begin(url, token), [livekit.url, livekit.token]);
  return { context, page };
}
