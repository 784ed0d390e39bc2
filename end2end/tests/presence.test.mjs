// Who is in: on home and before the call, from real webhooks and, where those are missed, from LiveKit itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SERVER_AWAY } from '../support/guard.mjs';
import { until } from '../support/wait.mjs';
import { world } from '../support/world.mjs';

const here = world();

/** A page's text as the server renders it, in this person's session; the marks that set names apart are left out. */
async function text(person, path) {
  const answer = await person.context.request.get(path);
  return (await answer.text()).replaceAll(/[\u2068\u2069]/g, '');
}

/** Within a moment, not after the next half minute's look. */
const soon = (what, check) => until(what, check, { within: 5_000 });

test('home and the page before the call say who is in', async () => {
  const { server } = here;
  await server.addUser('anna@example.org', 'Anna Lindqvist');
  await here.with([{ name: 'Anna Lindqvist' }, { name: 'Bert Bos' }, { name: 'Chloé Ødegård' }], async (anna, bert, chloe) => {
    await anna.signIn('anna@example.org');
    const slug = await anna.makeRoom('Monday round');
    assert.match(await text(chloe, `/${slug}`), /See and hear yourself first/);
    assert.doesNotMatch(await text(anna, '/'), /in now/);

    await anna.join(slug);
    await soon('Anna is in', async () => (await text(chloe, `/${slug}`)).includes('Anna Lindqvist is in.'));
    await bert.join(slug);
    await soon('both are in', async () => (await text(chloe, `/${slug}`)).includes('Anna Lindqvist and Bert Bos are in.'));
    assert.match(await text(anna, '/'), /2 in now/);
    await chloe.page.goto(`/${slug}`);
    await chloe.page.getByText('are in.').waitFor();

    await bert.page.reload();
    await bert.pressJoin();
    await soon('a reload is one person', async () => (await text(anna, '/')).includes('2 in now'));
    await bert.leave();
    await soon('Bert has left', async () => (await text(anna, '/')).includes('1 in now'));
    await anna.leave();
    await soon('nobody is in', async () => !(await text(anna, '/')).includes('in now'));
  });
});

test('after a restart those who come back are there, once each', async () => {
  const { server } = here;
  await server.addUser('dora@example.org', 'Dora Vos');
  await here.with([{ name: 'Dora Vos' }, { name: 'Emil Berg' }], async (dora, emil) => {
    await dora.signIn('dora@example.org');
    const slug = await dora.makeRoom('Restart');
    await dora.join(slug);
    await emil.join(slug);
    await soon('both are in', async () => (await text(dora, '/')).includes('2 in now'));
    for (const person of [dora, emil]) person.guard.allow(...SERVER_AWAY);
    await server.stop();
    await server.launch();
    await until('both are in again', async () => (await text(dora, '/')).includes('2 in now'), { within: 60_000 });
    await emil.leave();
    await soon('Emil has left', async () => (await text(dora, '/')).includes('1 in now'));
  });
});
