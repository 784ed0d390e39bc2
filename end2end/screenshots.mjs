// Pictures of the product: each page and each state of the call in three widths, light and dark.
// To add a state: a few lines in one of `pictures/states/`, or a file there and its name below.
import { mkdirSync } from 'node:fs';
import { Camera } from './pictures/camera.mjs';
import { Letterbox } from './pictures/letterbox.mjs';
import { named, PEOPLE, pose } from './pictures/people.mjs';
import { account } from './pictures/states/account.mjs';
import { calls } from './pictures/states/calls.mjs';
import { contrast } from './pictures/states/contrast.mjs';
import { door } from './pictures/states/door.mjs';
import { ends } from './pictures/states/ends.mjs';
import { endsMore } from './pictures/states/ends-more.mjs';
import { host } from './pictures/states/host.mjs';
import { inside } from './pictures/states/inside.mjs';
import { invitations } from './pictures/states/invitations.mjs';
import { languages } from './pictures/states/languages.mjs';
import { pages } from './pictures/states/pages.mjs';
import { problems } from './pictures/states/problems.mjs';
import { rooms } from './pictures/states/rooms.mjs';
import { trouble } from './pictures/states/trouble.mjs';
import { launch } from './support/browser.mjs';
import { Person } from './support/person.mjs';
import { Server } from './support/server.mjs';

const STATES = { pages, rooms, invitations, account, problems, door, calls, inside, trouble, host, ends, 'ends-more': endsMore, languages, contrast };
const [folder, ...wanted] = process.argv.slice(2);
const unknown = wanted.filter((name) => !STATES[name]);
if (unknown.length) throw new Error(`there are: ${Object.keys(STATES).join(' ')}, not ${unknown}`);

mkdirSync(folder, { recursive: true });
const camera = new Camera(folder);
for (const [name, states] of Object.entries(STATES)) {
  if (wanted.length && !wanted.includes(name)) continue;
  // Each with a server of its own: what one does changes nothing in the pictures of another.
  const letterbox = await Letterbox.open();
  const begun = Date.now();
  const server = await Server.start({ env: { VISAVIS_RATE_FACTOR: '1000', ...letterbox.env, ...states.env } });
  const browser = await launch();
  const arrive = async (who, { blocked = false, ...options } = {}) => {
    const person = await Person.arrive(browser, server, { name: who, viewport: { width: 1440, height: 900 }, ...options });
    await person.context.addInitScript(named, blocked);
    if (!blocked) await person.context.addInitScript(pose, PEOPLE[who]);
    return person;
  };
  try {
    await states({ camera, arrive, server, browser, letterbox });
  } finally {
    await browser.close();
    await server.stop();
    letterbox.stop();
  }
  console.log(`${name}: ${Math.round((Date.now() - begun) / 1000)} s`);
}
console.log(`${(camera.index() / 1e6).toFixed(1)} MB of pictures in ${folder}`);
