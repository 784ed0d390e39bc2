// What one does in a call: write, raise a hand, show a screen, choose; and what the call says then.
import { everybodyReceives } from '../../support/person.mjs';
import { pause } from '../../support/wait.mjs';

const TOLD = 'This is what happens when somebody pastes the minutes of the whole meeting into the chat at once. '.repeat(21).slice(0, 2000);

export async function inside({ camera, arrive, server }) {
  const [anna, bert, chloe] = [await arrive('Anna Lindqvist'), await arrive('Bert Bos'), await arrive('Chloé Ødegård')];
  const { page } = anna;
  const shot = (state, title, more) => camera.call(anna, 'inside', state, title, more);
  await server.addUser('inside@example.org', 'Anna Lindqvist');
  await anna.signIn('inside@example.org');
  const slug = await anna.makeRoom('Budget');
  for (const person of [anna, bert, chloe]) await person.join(slug);
  await everybodyReceives([anna, bert, chloe], 30_000);
  await anna.chatOpen();
  await shot('chat-empty', 'The chat before the first message');
  await bert.say('Shall we start with the budget?');
  await chloe.say('Yes please, https://example.org/budget-2027?sheet=summary');
  await bert.say('نعم، لنبدأ بالميزانية من فضلكم');
  await chloe.page.locator('.msg', { hasText: 'Shall we' }).hover();
  await chloe.page.locator('.msg', { hasText: 'Shall we' }).getByRole('button', { name: /^Reply/ }).click();
  await chloe.say('I have ten minutes for it');
  await anna.say('👍');
  await pause(7000);
  await shot('chat', 'The chat, with an answer, a link, and a message right to left');
  await page.locator('.say__emoji').click();
  await shot('chat-emoji', 'Choosing an emoji', { widths: [390, 1440] });
  await page.keyboard.press('Escape');
  await bert.say(TOLD);
  await bert.say('Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft');
  await shot('chat-long', 'A message of 2000 letters, and a word that is too long', { widths: [390, 1440] });
  await page.click('#panel-close');
  for (const person of [chloe, bert]) {
    await person.page.click('#hand');
    await pause(600);
  }
  await pause(6500);
  await shot('hands', 'Raised hands, for a host');
  await page.click('#people:visible, #people-top:visible');
  await shot('people', 'Who is here, and the hands in their order');
  await page.click('#rename');
  await shot('rename', 'Another name', { widths: [390, 1440] });
  await page.keyboard.press('Escape');
  await page.click('#panel-close');
  for (const person of [chloe, bert]) await person.page.click('#hand');
  await page.click('#more');
  await shot('more', 'Everything the bar has no room for');
  await page.keyboard.press('Escape');
  const dialog = async (entry, state, title, more) => {
    await page.click('#more');
    await page.click(`#${entry}`);
    await page.locator('dialog[open]').waitFor();
    await pause(800);
    await shot(state, title, more);
  };
  await dialog('layout', 'layout', 'Whom one sees, and how many');
  await page.keyboard.press('Escape');
  await dialog('background', 'background', 'What is behind oneself');
  await page.keyboard.press('Escape');
  await dialog('open-settings', 'settings-audio', 'Settings: sound');
  for (const [tab, title] of [['Video', 'Settings: pictures'], ['Notifications', 'Settings: sounds and notifications'], ['Keyboard', 'Settings: keys']]) {
    await page.getByRole('tab', { name: tab }).click();
    await shot(`settings-${tab.toLowerCase()}`, title, { widths: [390, 1440] });
  }
  await page.keyboard.press('Escape');
  await page.locator('[data-tile]', { hasText: 'Bert Bos' }).hover();
  await page.locator('[data-tile]', { hasText: 'Bert Bos' }).locator('.tile__spot').click();
  await page.locator('.focus').waitFor();
  await page.mouse.move(1, 1);
  await shot('spotlight', 'A host shows somebody large to everybody');
  await page.locator('[data-tile]', { hasText: 'Bert Bos' }).locator('.tile__spot').click();
  await page.locator('.focus').waitFor({ state: 'detached' });
  await page.click('#react');
  await shot('react', 'Reactions', { widths: [834, 1440] });
  await page.keyboard.press('Escape');
  await page.click('#mic-menu');
  await shot('devices', 'Choosing a microphone and a speaker');
  await page.keyboard.press('Escape');
  await page.locator('.tile').first().hover();
  await page.locator('.tile__menu').first().click();
  await page.mouse.move(1, 1);
  await shot('pinned', 'Somebody kept large');
  await page.locator('.tile__menu.is-kept').click();
  await page.click('#mic');
  await page.click('#camera');
  await shot('silent', 'One’s own microphone and camera are off');
  await page.click('#mic');
  await page.click('#camera');
  await bert.page.click('#panel-close');
  await bert.page.click('#share');
  await page.locator('.share__video').waitFor();
  await pause(2500);
  await shot('share', 'A shared screen', { each: () => pause(700) });
  await camera.call(bert, 'inside', 'share-own', 'One’s own screen is shared', { widths: [390, 1440], each: () => pause(700) });
  await page.click('#chat');
  await shot('share-chat', 'A shared screen beside the chat', { each: () => pause(700), widths: [834, 1440] });
  for (const person of [anna, bert, chloe]) await person.go();
}
