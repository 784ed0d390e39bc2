// Somebody at a browser of their own.
import assert from 'node:assert/strict';
import { Guard } from './guard.mjs';
import { until } from './wait.mjs';

export class Person {
  static async arrive(browser, server, { name = 'Guest', script = true, ...options } = {}) {
    const person = new Person();
    person.name = name;
    person.server = server;
    person.context = await browser.newContext({
      permissions: ['camera', 'microphone'],
      baseURL: server.origin,
      locale: 'en-GB',
      viewport: { width: 1280, height: 800 },
      javaScriptEnabled: script,
      ...options,
    });
    person.context.setDefaultTimeout(15_000);
    person.guard = new Guard(person.context, server.origin, { script });
    await person.guard.prepare(person.context);
    person.page = await person.context.newPage();
    return person;
  }

  /** A second tab of the same browser. */
  async newTab() {
    const tab = Object.assign(new Person(), this);
    tab.page = await this.context.newPage();
    return tab;
  }

  async signIn(email) {
    await this.page.goto(await this.server.link(email));
    await this.page.locator('main form[method=post] button').click();
    await this.page.waitForURL(`${this.server.origin}/`);
  }

  /** Makes a room and returns the last part of its link. */
  async makeRoom(name) {
    await this.page.goto('/rooms/new');
    this.server.keepSecret(name);
    await this.page.fill('#name', name);
    await this.page.locator('main form[action="/rooms"] button').click();
    await this.page.waitForURL(`${this.server.origin}/`);
    return (await this.page.locator('.row__title', { hasText: name }).first().getAttribute('href')).slice(1);
  }

  async join(slug, { name = this.name } = {}) {
    await this.page.goto(`/${slug}`);
    await this.pressJoin(name);
  }

  async pressJoin(name = this.name) {
    const { page } = this;
    await page.locator('#join:not([disabled])').waitFor();
    if (await page.locator('#name').isEditable()) {
      this.server.keepSecret(name);
      await page.fill('#name', name);
    }
    await page.click('#join');
    await this.inState('call');
  }

  async inState(state, within = 20_000) {
    await until(`${this.name} is in the state “${state}”`, async () => (await this.state()) === state, { within, show: () => this.state() });
  }

  state() {
    return this.page.locator('[data-state]').getAttribute('data-state');
  }

  /** Leaves; a host with others in the room is asked how. */
  async leave() {
    const { page } = this;
    await page.click('#leave');
    await page.locator('#leave-how, [data-ended]').first().waitFor();
    if (await page.locator('#leave-how').count()) await page.locator('#leave-how').getByRole('button', { name: 'Leave', exact: true }).click();
  }

  /** Why the meeting is over for this person. */
  async ended(within = 15_000) {
    const at = this.page.locator('[data-ended]');
    await at.waitFor({ timeout: within });
    return at.getAttribute('data-ended');
  }

  stats() {
    return this.page.evaluate(() => window.visavis.stats());
  }

  /** The number of tiles with a participant's camera. */
  tiles() {
    return this.page.locator('[data-tile]').count();
  }

  async hasTiles(count, within = 15_000) {
    await until(`${this.name} sees ${count} tiles`, async () => (await this.tiles()) === count, { within, show: () => this.tiles() });
  }

  async chatOpen() {
    if (!(await this.page.locator('#say').isVisible())) await this.page.click('#chat');
    await this.page.locator('#say').waitFor();
  }

  async say(text) {
    this.server.keepSecret(text);
    await this.chatOpen();
    await this.page.fill('#say', text);
    await this.page.click('#send');
  }

  /** A message of exactly this text, in the open chat. */
  message(text) {
    return this.page.locator('.msg').getByText(text, { exact: true });
  }

  check() {
    this.guard.check();
  }

  async go() {
    await this.context.close();
  }
}

/** More than what a browser puts in the place of silence (some 1e-10 of energy), less than any sound (its own beep: 1e-2). */
export const AUDIBLE = 1e-6;

const sum = (entries, field) => entries.reduce((total, entry) => total + entry[field], 0);

/** `watcher` decodes new pictures, and hears new sound, of at least `others` people, from now on. */
export async function receives(watcher, others = 1, within = 15_000) {
  const before = new Map();
  const key = (entry) => `${entry.identity} ${entry.source}`;
  for (const entry of await watcher.stats().catch(() => [])) before.set(key(entry), entry);
  const fresh = async () => {
    const now = await watcher.stats();
    const grown = (kind, source, field, by) => now.filter((entry) => {
      const then = before.get(key(entry))?.[field] ?? 0;
      // A new connection counts from nothing again.
      const base = then > entry[field] ? 0 : then;
      return entry.kind === kind && entry.source === source && entry[field] - base > by;
    });
    const seen = new Set(grown('video', 'camera', 'framesDecoded', 5).map((entry) => entry.identity));
    const heard = new Set(grown('audio', 'microphone', 'totalAudioEnergy', AUDIBLE).map((entry) => entry.identity));
    return { seen: seen.size, heard: heard.size, now };
  };
  await until(`${watcher.name} sees and hears ${others}`, async () => {
    const { seen, heard } = await fresh();
    return seen >= others && heard >= others;
  }, { within, show: fresh });
}

/** All see and hear all others. */
export async function everybodyReceives(people, within = 15_000) {
  assert.ok(people.length > 1);
  await Promise.all(people.map((person) => receives(person, people.length - 1, within)));
}
