// A meeting that stands, and another client in it.
import { pause } from './wait.mjs';

let made = 0;

/** A public room, called after `what`, with its owner inside and whoever else is to be; everything of the call has come. */
export async function meeting(what, owner, ...guests) {
  made += 1;
  const email = `${what.toLowerCase()}${made}-${process.pid}@example.org`;
  await owner.server.addUser(email, owner.name);
  await owner.signIn(email);
  const slug = await owner.makeRoom(`${what} ${made}`);
  await owner.join(slug);
  for (const guest of guests) await guest.join(slug);
  const all = [owner, ...guests];
  await Promise.all(all.map((person) => person.hasTiles(all.length)));
  await Promise.all(all.map((person) => person.page.locator('#hand').waitFor()));
  return slug;
}

/** Before the page: `window.room` and `window.me` are LiveKit's own objects of the room and the participant, as another client would use them. */
export const bare = (person) => person.context.addInitScript(() => {
  const define = Object.defineProperty;
  define(Object.prototype, 'localParticipant', {
    configurable: true,
    set(value) {
      Object.assign(window, { room: this, me: value });
      define(this, 'localParticipant', { value, writable: true, configurable: true, enumerable: true });
    },
  });
});

/** The connection is lost, and the way back is barred until the answer is called. The person is `bare`. */
export async function lose(person) {
  let free;
  const bar = new Promise((done) => (free = done));
  const wait = async (route) => {
    await bar;
    await route.continue();
  };
  await person.context.route('**/fn/enter', wait);
  await person.page.evaluate(() => window.room.disconnect(false));
  await person.inState('reconnecting');
  return async () => {
    free();
    await pause(100);
    await person.context.unroute('**/fn/enter', wait);
  };
}

/** What was written before does not come to them until the answer is called. */
export async function withoutHistory(person) {
  let open;
  const opened = new Promise((done) => (open = done));
  await person.page.route('**/api/v1.0/rooms/*/chat/', async (route) => {
    if (route.request().method() === 'GET') await opened;
    await route.continue();
  });
  return open;
}
