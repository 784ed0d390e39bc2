// How a call ends, and the moment before.
import { destroy, nameOf, participants, remove } from '../../support/livekit.mjs';
import { pause } from '../../support/wait.mjs';

export async function ends({ camera, arrive, server }) {
  const [anna, bert] = [await arrive('Anna Lindqvist'), await arrive('Bert Bos')];
  await server.addUser('ends@example.org', 'Anna Lindqvist');
  await anna.signIn('ends@example.org');
  const slug = await anna.makeRoom('Evening course');
  for (const person of [anna, bert]) await person.join(slug);
  await anna.hasTiles(2);
  const name = await nameOf(server, slug);
  await remove(server, name, (await participants(server, name)).find((each) => each.name === 'Bert Bos').identity);
  await bert.ended();
  await camera.draw(bert, 'ends', 'removed', 'Removed by a host');
  const tab = await anna.newTab();
  await tab.join(slug);
  await anna.ended();
  await camera.draw(anna, 'ends', 'replaced', 'The same browser joined in another tab');
  await destroy(server, name);
  await tab.ended();
  await camera.draw(tab, 'ends', 'closed', 'Ended for everybody');
  await tab.page.close();
  await anna.context.clock.install();
  await anna.join(slug);
  await anna.leave();
  await anna.ended();
  await camera.draw(anna, 'ends', 'left', 'Left');
  await anna.join(slug);
  await server.stop();
  await anna.inState('reconnecting');
  await pause(2500);
  await camera.call(anna, 'ends', 'reconnecting', 'The connection is gone for the moment');
  for (let minutes = 0; minutes < 12 && (await anna.state()) !== 'ended'; minutes += 1) {
    await anna.context.clock.fastForward(60_000);
    await pause(200);
  }
  await anna.ended(20_000);
  await camera.draw(anna, 'ends', 'network', 'The connection did not come back');
  await server.launch();
  for (const person of [anna, bert]) await person.go();
}
