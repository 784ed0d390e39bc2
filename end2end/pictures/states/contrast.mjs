// Windows' high contrast: the reader's few colours in place of ours.
import { everybodyReceives } from '../../support/person.mjs';

export async function contrast({ camera, arrive, server }) {
  const [anna, bert] = [await arrive('Anna Lindqvist'), await arrive('Bert Bos')];
  const shot = (state, title) => camera.call(anna, 'contrast', state, title, { forcedColors: 'active' });
  await server.addUser('contrast@example.org', 'Anna Lindqvist');
  await anna.signIn('contrast@example.org');
  const slug = await anna.makeRoom('Monday round');
  await anna.page.goto('/');
  await shot('home', 'Home');
  await anna.page.goto(`/${slug}/settings`);
  await shot('settings', 'Settings of a room');
  await anna.page.goto(`/${slug}`);
  await anna.page.locator('#join:not([disabled])').waitFor();
  await shot('prejoin', 'Ready to join');
  await anna.pressJoin();
  await bert.join(slug);
  await everybodyReceives([anna, bert], 30_000);
  await anna.page.click('#mic');
  await bert.page.click('#hand');
  await anna.page.locator('.tile__tag--hand').waitFor();
  await shot('call', 'The call, with a hand up and one’s microphone off');
  await bert.say('Shall we begin?');
  await anna.chatOpen();
  await shot('chat', 'The chat');
  await anna.page.click('#panel-close');
  await anna.page.click('#more');
  await shot('more', 'Everything the bar has no room for');
  for (const person of [anna, bert]) await person.go();
}
