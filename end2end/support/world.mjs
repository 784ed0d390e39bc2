// A server and a browser for all tests of one file; at the end both are looked over.
import { after, before } from 'node:test';
import { launch } from './browser.mjs';
import { Person } from './person.mjs';
import { Server } from './server.mjs';

/** The server is started with `options`, Chromium with `flags`; `prepare` runs before the first test. */
export function world({ prepare, flags = [], ...options } = {}) {
  const here = {
    /** Brings people in, plays, then looks what their browsers complained about, and closes them whatever happened. */
    async with(people, play) {
      const arrived = [];
      let played = false;
      try {
        for (const each of people) arrived.push(await Person.arrive(here.browser, here.server, each));
        await play(...arrived);
        played = true;
      } finally {
        if (!played) await Promise.all(arrived.map(describe));
        await Promise.all(arrived.map((person) => person.go()));
        // A test that failed while it had stopped the server takes no others with it.
        if (!played && !here.server.runs) await here.server.launch();
      }
      arrived.forEach((person) => person.check());
    },
  };
  before(async () => {
    [here.server, here.browser] = await Promise.all([Server.start(options), launch(...flags)]);
    await prepare?.(here);
  }, { timeout: 90_000 });
  after(async () => {
    await here.browser?.close();
    await here.server?.finish();
  }, { timeout: 60_000 });
  return here;
}

/** What a failed test's browser showed. */
async function describe(person) {
  for (const page of person.context.pages()) {
    const text = await page.locator('body').innerText({ timeout: 1000 }).catch(() => '(no answer)');
    console.error(`--- ${person.name} at ${page.url()}:\n${text.slice(0, 600)}\n${person.guard.faults.join('\n')}\n---`);
  }
}
