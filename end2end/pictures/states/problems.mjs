// What went wrong, each on a page of its own; and the first page of a new instance.
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Person } from '../../support/person.mjs';
import { Server } from '../../support/server.mjs';
import { inTerminal } from '../../support/terminal.mjs';

export async function problems({ camera, arrive, server, browser }) {
  const [anna, bert] = [await arrive('Anna Lindqvist'), await arrive('Bert Bos')];
  const { page } = bert;
  const draw = (state, title, more) => camera.draw(bert, 'problems', state, title, more);
  await server.addUser('anna@example.org', 'Anna Lindqvist');
  await server.addUser('bert@example.org', 'Bert Bos');
  await anna.signIn('anna@example.org');
  await bert.signIn('bert@example.org');
  const slug = await anna.makeRoom('Board');
  await page.goto(`/${slug}/settings`);
  await draw('forbidden', 'Another’s settings');
  await page.goto('/no/such/page');
  await draw('missing', 'No page has this address');
  for (let times = 0; times < 400; times += 1) {
    if ((await fetch(`${server.origin}/nobody-meets-here-${times}`)).status === 429) break;
  }
  const guest = await arrive('Chloé Ødegård');
  await guest.page.goto('/nobody-meets-here');
  await camera.draw(guest, 'problems', 'too-many', 'Too many requests');
  sql(server, 'ALTER TABLE rooms RENAME TO rooms_elsewhere');
  await page.goto(`/${slug}`);
  await draw('broken', 'Something went wrong on our side');
  // The database is no database any more.
  await page.goto('/');
  for (const name of readdirSync(server.data).filter((file) => /\.(db|sqlite3?)(-\w+)?$/.test(file))) writeFileSync(join(server.data, name), 'x'.repeat(500_000));
  await page.goto(`/${slug}`);
  await draw('away', 'The database does not answer', { widths: [390, 1440] });
  for (const person of [anna, bert, guest]) await person.go();
  await first(camera, browser);
}
problems.env = { VISAVIS_RATE_FACTOR: '1' };

function sql(server, what) {
  const database = readdirSync(server.data).find((file) => /\.(db|sqlite3?)$/.test(file));
  execFileSync('python3', ['-c', 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute(sys.argv[2])', join(server.data, database), what]);
}

/** A new instance, started in a terminal, which shows the link. */
async function first(camera, browser) {
  const server = await Server.start();
  await server.stop();
  await inTerminal(server, async (link) => {
    const root = await Person.arrive(browser, server, { viewport: { width: 1440, height: 900 } });
    await root.page.goto(link);
    await camera.draw(root, 'problems', 'first', 'The first page of a new instance', { full: true });
    await root.page.locator('#email').evaluate((field) => (field.type = 'text'));
    await root.page.fill('#email', 'not an address@');
    await root.page.fill('#password', 'short');
    await root.page.locator('main form button').click();
    await root.page.locator('#email-error').waitFor();
    await camera.draw(root, 'problems', 'first-wrong', 'The first page: what was typed is wrong', { full: true, widths: [390, 1440] });
    await root.go();
  });
  rmSync(server.data, { recursive: true, force: true });
}
