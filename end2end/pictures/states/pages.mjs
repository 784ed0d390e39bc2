// Pages outside a meeting: empty, filled, and with data that is too long.

const LONG = '全体会議の議題と昨年の報告および来年の予算について'.repeat(30).slice(0, 500);

export async function pages({ camera, arrive, server }) {
  const anna = await arrive('Anna Lindqvist');
  const { page } = anna;
  const visit = async (path, state, title, more) => {
    await page.goto(path);
    await camera.draw(anna, 'pages', state, title, more);
  };
  await server.addUser('pages@example.org', 'Anna Lindqvist');
  await visit('/', 'home-visitor', 'Home, for somebody who is not signed in');
  await visit('/sign-in', 'sign-in', 'Sign in');
  await page.fill('#email', 'pages@example.org');
  await page.fill('#password', 'not this one');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('do not match').waitFor();
  await camera.draw(anna, 'pages', 'sign-in-wrong', 'Sign in: a wrong password', { widths: [390, 1440] });
  await visit('/abc-defg-hix', 'not-found', 'No room at this address: the code can be put right');
  await visit('/link/nothing', 'link-spent', 'A sign-in link that was used', { widths: [390, 1440] });
  await page.goto(await server.link('pages@example.org'));
  await camera.draw(anna, 'pages', 'link', 'A sign-in link', { widths: [390, 1440] });
  await page.locator('main form[method=post] button').click();
  await page.waitForURL(`${server.origin}/`);
  await camera.draw(anna, 'pages', 'home-empty', 'Home without rooms');
  await visit('/rooms/new', 'new-room', 'A new room');
  for (const name of ['Choir practice', 'Book club', 'اجتماع الفريق', 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft', 'Monday round']) await anna.makeRoom(name);
  await visit('/', 'home', 'Home with rooms: right to left, and a name without spaces');
  // A name of this length in Latin letters would make too long a link; in others it gets a code.
  const long = await anna.makeRoom(LONG);
  await visit('/', 'home-long', 'Home with a room name of 500 letters');
  await visit(`/${long}/settings`, 'settings-long', 'Settings of a room with a name of 500 letters', { widths: [390, 1440], lights: ['light'] });
  await visit('/monday-round/settings', 'settings', 'Settings of a room', { full: true });
  await visit('/monday-round/invite?at=2026-11-30T10:30&minutes=45&zone=Europe/Paris', 'invite', 'Inviting to a meeting', { full: true });
  await visit('/monday-round/delete', 'delete', 'Deleting a room');
  await visit('/account', 'account', 'One’s own account', { full: true });
  await page.locator('header summary').click();
  await camera.draw(anna, 'pages', 'account-menu', 'The menu of the account', { widths: [390, 1440] });
  await anna.go();
}
