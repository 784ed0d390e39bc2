// Ends that are no ordinary ones, and who waits to come back.
import { Lobby } from '../../support/lobby.mjs';
import { meeting } from '../../support/meeting.mjs';
import { pause } from '../../support/wait.mjs';

export async function endsMore({ camera, arrive, server }) {
  const lobby = new Lobby({ server });
  const people = [await arrive('Anna Lindqvist'), await arrive('Bert Bos'), await arrive('Chloé Ødegård')];
  const [anna, bert, chloe] = people;
  const { page } = anna;
  const slug = await meeting('Astronomy', anna, bert);
  const remove = async (name) => {
    await page.locator('host-tools button').waitFor({ state: 'attached' });
    await page.click('#people:visible, #people-top:visible');
    await page.locator('.aside__body > ul .person', { hasText: name }).locator('person-tools button').click();
    await page.locator('[data-deed=remove]').click();
    await page.locator('#remove').getByRole('button', { name: 'Remove', exact: true }).click();
  };
  await remove('Bert Bos');
  await bert.ended();
  await bert.page.goto(`/${slug}`);
  await bert.page.locator('#join:not([disabled])').waitFor();
  await bert.page.fill('#name', 'Bert Bos');
  await bert.page.click('#join');
  await bert.page.getByRole('heading', { name: 'You were removed from this meeting' }).waitFor();
  await pause(800);
  await camera.draw(bert, 'ends', 'let-back', 'Removed, and back at the door: a host has to let one back');

  // Two places, and both are taken.
  const tab = await anna.context.newPage();
  await tab.goto(`/${slug}/settings`);
  await tab.fill('#max_participants', '2');
  await tab.locator('form', { has: tab.locator('#max_participants') }).locator('button').last().click();
  await tab.waitForLoadState();
  await tab.close();
  const emma = await arrive('Bert Bos');
  await emma.join(slug);
  await anna.hasTiles(2);
  await chloe.page.goto(`/${slug}`);
  await chloe.page.locator('#join:not([disabled])').waitFor();
  await chloe.page.fill('#name', 'Chloé Ødegård');
  await chloe.page.click('#join');
  await chloe.page.getByRole('heading', { name: 'The meeting is full' }).waitFor();
  await pause(800);
  await camera.draw(chloe, 'ends', 'full', 'The meeting is full');
  for (const person of [...people, emma]) await person.go();

  // Media that finds no way: after all attempts that is said.
  const dora = await arrive('Anna Lindqvist');
  await dora.context.addInitScript(() => {
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration) {
        super({ ...configuration, iceServers: [], iceTransportPolicy: 'relay' });
      }

      setConfiguration() {}
    };
  });
  await dora.context.clock.install();
  await server.addUser('dora@example.org', 'Anna Lindqvist');
  await dora.signIn('dora@example.org');
  const walled = await dora.makeRoom('Behind a wall');
  await dora.page.goto(`/${walled}`);
  await dora.page.locator('#join:not([disabled])').waitFor();
  await dora.page.click('#join');
  await pause(1500);
  await camera.draw(dora, 'ends', 'joining', 'Coming in takes its time', { widths: [390, 1440] });
  for (let times = 0; times < 80 && (await dora.state()) !== 'ended'; times += 1) {
    await dora.context.clock.fastForward(10_000);
    await pause(400);
  }
  await dora.ended();
  await camera.draw(dora, 'ends', 'failed', 'Sound and picture found no way');
  await dora.go();

  // Closed to oneself while the connection was gone.
  const [emil, host] = [await arrive('Bert Bos'), await arrive('Anna Lindqvist')];
  await server.addUser('host@example.org', 'Anna Lindqvist');
  await host.signIn('host@example.org');
  const gone = await host.makeRoom('Gone meanwhile');
  await emil.context.clock.install();
  await emil.join(gone);
  // Nothing of ours gets through to him; what does is LiveKit's end.
  await emil.context.route(/\/fn\//, (route) => route.abort());
  process.kill(server.livekitPid(), 'SIGKILL');
  await emil.inState('reconnecting', 30_000);
  await host.page.goto(`/${gone}/delete`);
  await host.page.locator('main form[method=post] button').first().click();
  await host.page.waitForURL(`${server.origin}/`);
  await emil.context.unroute(/\/fn\//);
  for (let times = 0; times < 60 && (await emil.state()) !== 'ended'; times += 1) {
    await emil.context.clock.fastForward(10_000);
    await pause(300);
  }
  await emil.ended();
  await camera.draw(emil, 'ends', 'no-room-any-more', 'The room is gone when the connection is back');
  for (const person of [emil, host]) await person.go();
}
