// People who meet: everybody sees and hears everybody, shows a screen, writes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AUDIBLE, everybodyReceives, receives } from '../support/person.mjs';
import { pause, until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();

test('a host, a guest and a third see and hear each other, share a screen and write', async () => {
  const { server } = here;
  await server.addUser('anna@example.org', 'Anna Lindqvist');
  await here.with([{ name: 'Anna Lindqvist' }, { name: 'Bert Bos' }, { name: 'Chloé Ødegård' }], async (anna, bert, chloe) => {
    await anna.signIn('anna@example.org');
    const slug = await anna.makeRoom('Monday round');
    assert.equal(slug, 'monday-round');
    await anna.join(slug);
    await anna.hasTiles(1);
    await bert.join(slug);
    await everybodyReceives([anna, bert]);
    await anna.hasTiles(2);

    await chloe.join(slug);
    await everybodyReceives([anna, bert, chloe]);
    for (const person of [anna, bert, chloe]) await person.hasTiles(3);

    await bert.page.click('#share');
    const screen = async (watcher) => {
      const shared = (await watcher.stats()).find((entry) => entry.source === 'screen_share' && entry.kind === 'video');
      return shared?.framesDecoded > 5 && shared.frameWidth > 600;
    };
    for (const watcher of [anna, chloe]) await until(`${watcher.name} sees the screen`, () => screen(watcher));
    await bert.page.click('#share');
    await until('the screen is gone', async () => !(await anna.stats()).some((entry) => entry.source === 'screen_share'));

    await bert.say('Hello from Bert <b>& co</b> 👋');
    await anna.chatOpen();
    await anna.message('Hello from Bert <b>& co</b> 👋').waitFor();
    await anna.say('Hello Bert');
    await bert.message('Hello Bert').waitFor();
    await pause(500);
    assert.equal(await bert.message('Hello Bert').count(), 1, 'shown once, though it is sent twice');

    await bert.page.click('#mic');
    await until('Bert is silent', async () => {
      const [then, now] = [await anna.stats(), await pause(600).then(() => anna.stats())];
      const energy = (all) => all.filter((entry) => entry.kind === 'audio').map((entry) => entry.totalAudioEnergy);
      return energy(then).filter((each, index) => energy(now)[index] - each < AUDIBLE).length === 1;
    });
    await bert.page.click('#camera');
    await bert.page.click('#mic');
    await bert.page.click('#camera');
    await receives(anna, 2);

    await chloe.leave();
    assert.equal(await chloe.ended(), 'left');
    for (const person of [anna, bert]) await person.hasTiles(2);
  });
});

test('“New meeting” leads straight into a room with a code, and a guest types that code', async () => {
  const { server } = here;
  await server.addUser('nina@example.org', 'Nina Simone');
  await here.with([{ name: 'Nina Simone' }, { name: 'Otto Hahn' }], async (nina, otto) => {
    await nina.signIn('nina@example.org');
    await nina.page.getByRole('button', { name: 'New meeting' }).click();
    await nina.page.waitForURL(/\/[a-z]{3}-[a-z]{4}-[a-z]{3}$/);
    const code = nina.page.url().split('/').at(-1);
    await nina.pressJoin();
    await otto.page.goto('/');
    await otto.page.fill('#code', `  ${code.toUpperCase().replaceAll('-', '')} `);
    await otto.page.locator('.hello__form button').click();
    await otto.page.waitForURL(`${server.origin}/${code}`);
    await otto.pressJoin();
    await everybodyReceives([nina, otto]);
  });
});

test('who joins before the browser’s question is answered is seen and heard once it is', async () => {
  await here.server.addUser('quick@example.org', 'Quick Host');
  await here.with([{ name: 'Quick Host' }, { name: 'Bert Bos' }], async (quick, bert) => {
    await quick.signIn('quick@example.org');
    const slug = await quick.makeRoom('Quick');
    await quick.page.addInitScript(() => {
      const answered = new Promise((answer) => Object.assign(window, { answer }));
      const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = (constraints) => answered.then(() => open(constraints));
    });
    await quick.join(slug);
    await bert.join(slug);
    await quick.hasTiles(2);
    assert.deepEqual(await bert.stats(), [], 'nothing to see yet');
    await quick.page.evaluate(() => window.answer());
    await everybodyReceives([quick, bert]);
    assert.equal(await quick.page.locator('#mic.is-on').count(), 1);
  });
});

test('the screen stays awake during a call, and may sleep afterwards', async () => {
  await here.server.addUser('awake@example.org', 'Anna L');
  await here.with([{ name: 'Anna L' }], async (anna) => {
    await anna.context.addInitScript(() => {
      window.locks = [];
      Object.defineProperty(navigator, 'wakeLock', {
        value: {
          request: (kind) => {
            const lock = { kind, released: false, release: () => Promise.resolve((lock.released = true)) };
            window.locks.push(lock);
            return Promise.resolve(lock);
          },
        },
      });
    });
    await anna.signIn('awake@example.org');
    await anna.join(await anna.makeRoom('Awake'));
    const locks = () => anna.page.evaluate(() => window.locks.map(({ kind, released }) => `${kind} ${released}`));
    assert.deepEqual(await locks(), ['screen false']);
    await anna.page.evaluate(() => {
      window.locks[0].released = true;
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await until('the lock is taken again', async () => (await locks()).length === 2);
    await anna.leave();
    await anna.ended();
    assert.equal((await locks())[1], 'screen true');
  });
});

test('where the browser keeps the clipboard to itself the link is shown; said twice, it is said twice', async () => {
  await here.with([{ name: 'Anna L' }], async (anna) => {
    await here.server.addUser('anna.l@example.org', 'Anna L');
    await anna.signIn('anna.l@example.org');
    await anna.join(await anna.makeRoom('Copied link'));
    await anna.page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'));
      const voice = document.querySelector('.meeting > [role=status]');
      window.said = [];
      new MutationObserver(() => voice.textContent.trim() && window.said.push(voice.textContent.trim())).observe(voice, { childList: true, characterData: true, subtree: true });
    });
    for (let times = 1; times <= 2; times += 1) {
      await anna.page.click('#copy-link');
      await until('said', async () => (await anna.page.evaluate(() => window.said.length)) === times, { show: () => anna.page.evaluate(() => window.said) });
    }
    await anna.page.locator('.toast', { hasText: `${here.server.origin}/copied-link` }).waitFor();
  });
});
