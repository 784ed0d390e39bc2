// The same in German and French, whose words are long: pages, before the call, in it, and after it.
import { Lobby } from '../../support/lobby.mjs';
import { pause } from '../../support/wait.mjs';

const SPOKEN = { de: ['de-DE', 'Chorprobe am Donnerstag'], fr: ['fr-FR', 'Évaluation à mi-parcours'] };

export async function languages(studio) {
  for (const [language, [locale, name]] of Object.entries(SPOKEN)) await spoken(studio, language, locale, name);
}

async function spoken({ camera, arrive, server }, language, locale, name) {
  const lobby = new Lobby({ server });
  const people = [await arrive('Anna Lindqvist', { locale }), await arrive('Bert Bos', { locale }), await arrive('Chloé Ødegård', { locale })];
  const [anna, bert, chloe] = people;
  const { page } = anna;
  const draw = (state, title, more) => camera.draw(anna, 'languages', `${language}-${state}`, title, { lights: ['light'], ...more });
  const call = (state, title, more) => camera.call(anna, 'languages', `${language}-${state}`, title, more);
  await page.goto('/');
  await draw('hello', 'Home, for somebody who is not signed in');
  await server.addUser(`${language}@example.org`, 'Anna Lindqvist');
  await anna.signIn(`${language}@example.org`);
  const slug = await anna.makeRoom(name);
  await anna.makeRoom('اجتماع الفريق');
  const visit = async (path, state, title) => {
    await page.goto(path);
    await draw(state, title, { full: true });
  };
  await visit('/', 'home', 'Home with rooms');
  await visit(`/${slug}/settings`, 'settings', 'Settings of a room');
  await visit(`/${slug}/invitations`, 'invitations', 'Inviting by mail and by link');
  await visit('/account/data', 'data', 'One’s own data');
  await page.goto(`/${slug}/lobby`);
  await page.locator('input[name=access_level][value=restricted]').check();
  await page.locator('#level button').click();
  await page.waitForLoadState();
  await lobby.knock(bert, slug);
  await pause(800);
  await camera.draw(bert, 'languages', `${language}-wait`, 'Waiting at the door', { lights: ['light'] });
  await anna.join(slug);
  await page.locator('.knock').waitFor();
  await call('card', 'Somebody knocks');
  await page.locator('.knock button').first().click();
  await bert.inState('call');
  await lobby.knock(chloe, slug);
  await page.locator('.knock button').first().click();
  await chloe.inState('call');
  await anna.hasTiles(3);
  await pause(2500);
  await page.locator('host-tools button').waitFor({ state: 'attached' });
  await page.click('#more');
  await call('more', 'Everything the bar has no room for');
  await page.click('#open-settings');
  await pause(500);
  for (const tab of ['audio', 'video', 'notifications']) {
    await page.click(`#settings-${tab}`);
    await call(`settings-${tab}`, 'Settings', { widths: [390, 1440] });
  }
  await page.keyboard.press('Escape');
  await page.click('#host-tools-open');
  await pause(500);
  await call('tools', 'The host’s tools');
  await page.keyboard.press('Escape');
  await page.click('#people:visible, #people-top:visible');
  await page.locator('.aside__body > ul .person', { hasText: 'Bert Bos' }).locator('person-tools button').click();
  await call('person', 'What a host can do about one person', { widths: [390, 1440] });
  await page.locator('[data-deed=remove]').click();
  await call('remove', 'Removing somebody', { widths: [390, 1440] });
  await page.locator('#remove form button, #remove .dialog__end button').last().click();
  await bert.ended();
  await camera.draw(bert, 'languages', `${language}-removed`, 'Removed by a host', { lights: ['light'] });
  await page.keyboard.press('Escape');
  await page.click('#leave');
  await call('leave', 'A host leaves', { widths: [390, 1440] });
  for (const person of people) await person.go();
}
