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
  await anna.page.mouse.move(0, 0);
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
  await anna.leave();
  await anna.ended();
  const long = await anna.makeRoom('全体会議の議題と昨年の報告および来年の予算について'.repeat(30).slice(0, 500));
  await anna.page.goto(`/${long}`);
  await anna.page.locator('#join:not([disabled])').waitFor();
  await camera.draw(anna, 'call', 'long-prejoin', 'A room name of 500 letters, before', { widths: [390, 1440], lights: ['light'] });
  await anna.pressJoin();
  await anna.page.locator('#hand').waitFor();
  await camera.call(anna, 'call', 'long-call', 'A room name of 500 letters, in the call', { widths: [390, 1440] });
  await anna.go();
}
