// Before the meeting: the preview, and the door on both sides.
import { Lobby } from '../../support/lobby.mjs';
import { pause } from '../../support/wait.mjs';

export async function door({ camera, arrive, server, browser }) {
  const lobby = new Lobby({ server });
  const [anna, bert, chloe] = [await arrive('Anna Lindqvist'), await arrive('Bert Bos'), await arrive('Chloé Ødegård')];
  await server.addUser('door@example.org', 'Anna Lindqvist');
  await anna.signIn('door@example.org');
  const slug = await anna.makeRoom('Reading circle');
  await anna.page.goto(`/${slug}`);
  await anna.page.locator('#join:not([disabled])').waitFor();
  await pause(1500);
  await camera.draw(anna, 'door', 'prejoin', 'Ready to join');
  await bert.page.goto(`/${slug}`);
  await bert.page.locator('#join:not([disabled])').waitFor();
  await bert.page.click('#join');
  await bert.page.locator('#name-error').waitFor();
  await camera.draw(bert, 'door', 'prejoin-no-name', 'A guest without a name', { widths: [390, 1440] });
  const blocked = await arrive('Bert Bos', { permissions: [], blocked: true }, browser);
  await blocked.page.goto(`/${slug}`);
  await blocked.page.locator('#join:not([disabled])').waitFor();
  await pause(1000);
  await camera.draw(blocked, 'door', 'prejoin-blocked', 'Camera and microphone are blocked by the browser');
  await blocked.go();

  await lobby.level(anna, slug, 'trusted');
  await lobby.knock(bert, slug);
  await pause(1000);
  await camera.draw(bert, 'door', 'wait-no-host', 'Waiting, and no host is there');
  await anna.join(slug);
  await lobby.knock(chloe, slug);
  await anna.page.locator('.knock').waitFor();
  await camera.call(anna, 'door', 'card', 'Somebody knocks, for hosts');
  await anna.page.click('#people');
  await camera.call(anna, 'door', 'panel', 'Who waits, in the panel');
  const page = await anna.context.newPage();
  await page.goto(`/${slug}/lobby`);
  await page.fill('#message', 'Five minutes, we are just finishing the first point.');
  await page.getByRole('button', { name: 'Tell them' }).click();
  await page.waitForLoadState();
  await camera.draw({ page }, 'door', 'page', 'The door as a page of its own, which works without script', { full: true });
  await page.close();
  await camera.draw(chloe, 'door', 'wait', 'Waiting, with a message from the host');
  await anna.page.locator('.aside').getByRole('button', { name: 'Refuse Chloé Ødegård' }).click();
  await chloe.page.getByRole('heading', { name: 'You were not let in' }).waitFor();
  await camera.draw(chloe, 'door', 'refused', 'Not let in');
  for (const person of [anna, bert, chloe]) await person.go();
}
