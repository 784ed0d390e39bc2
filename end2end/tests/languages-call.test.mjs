// The call's dialogs and its ends on a phone, in the languages with the long words: nothing is cut off, nothing is wider than its place.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { cramped } from '../support/cramped.mjs';
import { ENDED_BY_LIVEKIT, SERVER_AWAY } from '../support/guard.mjs';
import { destroy, nameOf } from '../support/livekit.mjs';
import { meeting } from '../support/meeting.mjs';
import { pause, until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();
const LANGUAGES = ['de', 'fr', 'nl'];
/** What LiveKit's script says of a clock that is moved on. */
const LATE = [/signal timed out after/, /negotiation timed out/];
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Pictures go where VISAVIS_SHOTS says. */
async function look({ page }, what, wrong) {
  for (const fault of await page.evaluate(cramped)) wrong.push(`${what}: ${fault}`);
  if (process.env.VISAVIS_SHOTS) await page.screenshot({ path: join(process.env.VISAVIS_SHOTS, `${what}.png`) });
}

for (const language of LANGUAGES) {
  test(`the dialogs of the call in ${language}`, async () => {
    const wrong = [];
    const speaks = { locale: language, ...PHONE };
    await here.with([{ name: 'Anna Lindqvist', ...speaks }, { name: 'Bert Bos', ...speaks }], async (anna, bert) => {
      // The chat of a meeting that has just ended is not there to be asked.
      [anna, bert].forEach((person) => person.guard.allow(...ENDED_BY_LIVEKIT, /status of 40[34]/));
      const { page } = anna;
      const slug = await meeting('Besprechung', anna, bert);
      assert.equal(await page.locator('html').getAttribute('lang'), language);
      const fits = (what) => look(anna, `${language}-${what}`, wrong);
      const more = async (entry) => {
        await page.click('#more');
        await page.locator('#pop').waitFor();
        if (entry) await page.click(`#${entry}`);
        if (entry) await page.locator('dialog[open]').waitFor();
      };
      const close = async () => {
        await page.keyboard.press('Escape');
        await page.locator('dialog[open], #pop').waitFor({ state: 'detached' });
      };
      await more();
      await fits('more');
      await close();
      for (const dialog of ['layout', 'background']) {
        await more(dialog);
        await pause(400);
        await fits(dialog);
        await close();
      }
      await more('open-settings');
      for (const tab of ['audio', 'video', 'notifications', 'keyboard']) {
        // On a phone the row of tabs is pushed aside.
        await page.locator(`#settings-${tab}`).scrollIntoViewIfNeeded();
        await page.click(`#settings-${tab}`);
        await pause(300);
        await fits(`settings-${tab}`);
      }
      await close();
      await more('host-tools-more');
      await fits('host-tools');
      await page.click('#end-for-all');
      await page.locator('#end').waitFor();
      await fits('end-for-all');
      await page.keyboard.press('Escape');
      await close();
      await page.click('#leave');
      await page.locator('#leave-how').waitFor();
      await fits('leave');
      await close();
      await page.locator('#people:visible, #people-top:visible').click();
      await fits('people');
      await page.click('#rename');
      await page.locator('dialog[open]').waitFor();
      await fits('rename');
      await close();
      await page.locator('.aside__body > ul .person', { hasText: 'Bert Bos' }).locator('person-tools button').click();
      await page.locator('dialog.deeds').waitFor();
      await fits('deeds');
      await page.locator('[data-deed=remove]').click();
      await page.locator('#remove').waitFor();
      await fits('remove');
      await page.locator('#remove .dialog__end button').last().click();
      assert.equal(await bert.ended(), 'removed');
      await look(bert, `${language}-removed`, wrong);
      await bert.page.goto(`/${slug}`);
      await bert.page.locator('#join:not([disabled])').waitFor();
      await bert.page.fill('#name', 'Bert Bos');
      await bert.page.click('#join');
      await bert.page.locator('#wait h1').waitFor();
      await look(bert, `${language}-let-back`, wrong);
      await page.click('#panel-close');
      await more('host-tools-more');
      await page.locator('#removed li').waitFor();
      await fits('host-tools-removed');
      await close();
      const tab = await anna.newTab();
      await tab.join(slug);
      assert.equal(await anna.ended(), 'replaced');
      await fits('replaced');
      await tab.page.locator('#hand').waitFor();
      await destroy(here.server, await nameOf(here.server, slug));
      assert.equal(await tab.ended(), 'closed');
      await look(tab, `${language}-closed`, wrong);
      await page.goto(`/${slug}`);
      await anna.pressJoin();
      await page.click('#leave');
      await page.locator('#leave-how, [data-ended]').first().waitFor();
      // Whom the end of the meeting let back in.
      if (await page.locator('#leave-how').count()) await page.locator('#leave-how .button--primary').click();
      assert.equal(await anna.ended(), 'left');
      await fits('left');
    });
    assert.deepEqual(wrong, []);
  });
}

/** One for each language, all in rooms of a host’s, until the page’s own clock has waited long enough. */
async function ends(how, { prepare, away, step }) {
  const wrong = [];
  const guests = LANGUAGES.map((language) => ({ name: `Gast ${language}`, locale: language, ...PHONE }));
  await here.with([{ name: 'Anna Lindqvist' }, ...guests], async (anna, ...all) => {
    all.forEach((person) => person.guard.allow(...SERVER_AWAY, ...LATE, /could not establish pc connection|ConnectionError/));
    await here.server.addUser(`${how}@example.org`, anna.name);
    await anna.signIn(`${how}@example.org`);
    const slug = await anna.makeRoom(`Ende ${how}`);
    for (const person of all) {
      await person.context.clock.install();
      await prepare?.(person);
      await person.page.goto(`/${slug}`);
      await person.page.locator('#join:not([disabled])').waitFor();
      await person.page.fill('#name', person.name);
      await person.page.click('#join');
      if (!prepare) await person.inState('call');
    }
    await away?.(anna, all, slug, wrong);
    for (const [at, person] of all.entries()) {
      for (let times = 0; times < 80 && (await person.state()) !== 'ended'; times += 1) {
        await person.context.clock.fastForward(step);
        await pause(200);
      }
      assert.equal(await person.ended(20_000), how);
      await look(person, `${LANGUAGES[at]}-${how}`, wrong);
    }
    if (!here.server.runs) await here.server.launch();
    await until('LiveKit is there', async () => (await fetch(`${here.server.origin}/readyz`)).ok, { within: 30_000 });
  });
  assert.deepEqual(wrong, []);
}

test('the connection is gone, in each of them', () => ends('network', {
  step: 60_000,
  away: async (_, all, __, wrong) => {
    await here.server.stop();
    for (const [at, person] of all.entries()) {
      await person.inState('reconnecting');
      await person.page.locator('.call__over .pill--amber').waitFor();
      await look(person, `${LANGUAGES[at]}-reconnecting`, wrong);
    }
  },
}));

test('the room is gone meanwhile, in each of them', () => ends('refused', {
  step: 10_000,
  away: async (anna, all, slug) => {
    anna.guard.allow(...SERVER_AWAY);
    here.server.expected.push(/the LiveKit server ended/);
    for (const person of all) await person.context.route(/\/fn\//, (route) => route.abort());
    process.kill(here.server.livekitPid(), 'SIGKILL');
    for (const person of all) await person.inState('reconnecting');
    await anna.page.goto(`/${slug}/delete`);
    await anna.page.locator('main form[method=post] button').first().click();
    await anna.page.waitForURL(`${here.server.origin}/`);
    for (const person of all) await person.context.unroute(/\/fn\//);
  },
}));

test('neither sound nor picture finds a way, in each of them', () => ends('failed', {
  step: 10_000,
  prepare: (person) => person.context.addInitScript(() => {
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration) {
        super({ ...configuration, iceServers: [], iceTransportPolicy: 'relay' });
      }

      setConfiguration() {}
    };
  }),
}));
