// The call with one to thirty people.
import { Crowd } from '../../support/crowd.mjs';
import { pause } from '../../support/wait.mjs';
import { CROWD } from '../people.mjs';

const COUNTS = [1, 2, 3, 5, 9, 16, 30];

export async function calls({ camera, arrive, server, browser }) {
  const anna = await arrive('Anna Lindqvist');
  await server.addUser('calls@example.org', 'Anna Lindqvist');
  await anna.signIn('calls@example.org');
  const slug = await anna.makeRoom('Monday round');
  await anna.join(slug);
  await anna.page.locator('#hand').waitFor();
  const crowd = await Crowd.of(browser, server, slug);
  let inside = 1;
  for (const count of COUNTS) {
    await crowd.join(CROWD.slice(inside - 1, count - 1), { fps: count > 9 ? 1 : 2, width: count > 9 ? 320 : 640, height: count > 9 ? 180 : 360 });
    inside = count;
    await pause(2500 + 100 * count);
    const title = count === 1 ? 'Alone, with the invitation' : `${count} people`;
    await camera.call(anna, 'call', `${String(count).padStart(2, '0')}`, title, { each: () => pause(900) });
  }
  await anna.page.click('#people');
  await camera.call(anna, 'call', '30-list', 'The list of 30 people', { each: () => pause(500) });
  await crowd.go();
  await anna.go();
}
