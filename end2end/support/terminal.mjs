// An instance that somebody starts by hand: in a terminal it shows the link that makes the first account.
import { spawn } from 'node:child_process';
import { BIN } from './server.mjs';
import { until } from './wait.mjs';

/** Starts a stopped server in a terminal, hands `play` the link, and ends it as Ctrl+C does. */
export async function inTerminal(server, play) {
  const child = spawn('script', ['-qfec', `exec '${BIN}' serve 2>/dev/null`, '/dev/null'], { env: server.env, cwd: server.data, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((done) => child.once('exit', done));
  let shown = '';
  child.stdout.on('data', (text) => (shown += text));
  try {
    const [link] = await until('the link', () => shown.match(/http\S+\/setup\/[\w-]+/), { within: 40_000 });
    await play(link);
  } finally {
    child.stdin.write('\u0003');
    await ended;
  }
}
