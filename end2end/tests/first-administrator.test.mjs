// A new instance: who starts it in a terminal becomes its administrator.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { launch } from '../support/browser.mjs';
import { Person } from '../support/person.mjs';
import { BIN, Server } from '../support/server.mjs';
import { until } from '../support/wait.mjs';

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([Server.start(), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(server.data, { recursive: true, force: true });
});

/** Starts it in a terminal, standard error aside; what the terminal showed so far. */
async function inTerminal(play) {
  const log = `${server.data}/terminal.log`;
  const child = spawn('script', ['-qfec', `exec '${BIN}' serve 2>'${log}'`, '/dev/null'], {
    env: server.env, cwd: server.data, stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise((done) => child.once('exit', done));
  let shown = '';
  child.stdout.on('data', (text) => (shown += text));
  try {
    await until('it is ready', async () => (await fetch(`${server.origin}/readyz`)).ok, { within: 40_000 });
    await play(() => shown, log);
  } finally {
    // Ctrl+C, as in a real terminal.
    child.stdin.write('\u0003');
    await ended;
  }
}

test('where there is no terminal, no link is printed', async () => {
  assert.doesNotMatch(server.stdout + server.stderr, /\/setup\//);
  assert.match(server.stdout, /visavis user add/);
  await server.stop();
});

test('the terminal shows a link, which makes one administrator', async () => {
  const { readFile } = await import('node:fs/promises');
  await inTerminal(async (shown, log) => {
    const [link] = await until('the link', () => shown().match(/http\S+\/setup\/[\w-]+/));
    const person = await Person.arrive(browser, server, { name: 'Root' });
    const { page } = person;
    await page.goto(link);
    await page.fill('#email', 'not an address@');
    await page.fill('#name', 'Hedy Lamarr');
    await page.locator('#email').evaluate((field) => (field.type = 'text'));
    await page.locator('main form button').click();
    await page.getByText('This does not look like an e-mail address.').waitFor();
    assert.equal(await page.inputValue('#name'), 'Hedy Lamarr', 'what was typed is kept');
    await page.fill('#email', 'hedy@example.org');
    await page.fill('#password', 'frequency hopping');
    await page.locator('main form button').click();
    await page.waitForURL(`${server.origin}/`);
    await page.getByRole('heading', { name: 'Your rooms' }).waitFor();

    person.guard.allow(/status of 404/);
    assert.equal((await page.goto(link)).status(), 404, 'spent');
    person.check();
    await person.go();
    const text = await readFile(log, 'utf8');
    for (const secret of [link.split('/').at(-1), 'hedy@example.org', 'Hedy', 'frequency']) {
      assert.equal(text.includes(secret), false, `the log holds ${secret}`);
    }
    assert.doesNotMatch(text, /ERROR|panicked/);
  });
});

test('the next start prints none', async () => {
  await inTerminal(async (shown) => {
    await until('the greeting', () => shown().includes('Visavis is at'));
    assert.doesNotMatch(shown(), /\/setup\//);
  });
});
