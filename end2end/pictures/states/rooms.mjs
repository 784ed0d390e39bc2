// Rooms when there are many, who may not come back, and the log.
const NAMES = ['Choir practice', 'Book club', 'اجتماع الفريق', 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen', 'Monday round', 'Budget', 'Évaluation à mi-parcours', 'Reading circle', '週次ミーティング', 'Physics, year 9', 'Physics, year 10', 'Parents', 'Board'];

export async function rooms({ camera, arrive, server }) {
  const people = [await arrive('Anna Lindqvist'), await arrive('Bert Bos'), await arrive('Chloé Ødegård')];
  const [anna, bert, chloe] = people;
  const { page } = anna;
  const draw = (state, title, more) => camera.draw(anna, 'rooms', state, title, more);
  await server.addUser('rooms@example.org', 'Anna Lindqvist');
  await anna.signIn('rooms@example.org');
  for (const name of [...NAMES, ...Array.from({ length: 10 }, (_, at) => `Consultation ${at + 1}`)]) await anna.makeRoom(name);
  await page.goto('/');
  await draw('many', 'More than ten rooms: a search, and pages', { full: true });
  await page.goto('/?page=2');
  await draw('many-last', 'The last page of them', { widths: [390, 1440] });
  await page.locator('.row--mine summary').first().click();
  await draw('menu', 'What can be done about a room', { widths: [390, 1440] });
  await page.goto('/?q=physics');
  await draw('found', 'Found by name');
  await page.goto('/?q=chemistry');
  await draw('found-none', 'Nothing is called so', { widths: [390, 1440] });

  const slug = 'monday-round';
  const most = async (tab, count) => {
    await tab.goto(`/${slug}/settings`);
    await tab.getByLabel('Most people in the meeting').fill(count);
    await tab.locator('#door button').click();
    await tab.locator('.notice').first().waitFor();
  };
  await most(page, '5');
  for (const person of people) await person.join(slug);
  await anna.hasTiles(3);
  const desk = await anna.context.newPage();
  await most(desk, '12');
  await desk.getByText('began with a limit').waitFor();
  await camera.draw({ page: desk }, 'rooms', 'limit', 'Another limit of people while a meeting runs', { each: () => desk.locator('#door').scrollIntoViewIfNeeded() });
  await desk.close();
  await page.locator('host-tools button').waitFor({ state: 'attached' });
  await page.click('#people:visible, #people-top:visible');
  for (const [person, block] of [[bert, false], [chloe, true]]) {
    await page.locator('.aside__body > ul .person', { hasText: person.name }).locator('person-tools button').click();
    await page.locator('[data-deed=remove]').click();
    if (block) await page.check('#remove-block');
    await page.locator('#remove').getByRole('button', { name: 'Remove', exact: true }).click();
    await person.ended();
  }
  await page.click('#panel-close');
  await page.click('#host-tools-open');
  await page.locator('#lock').click();
  await page.keyboard.press('Escape');
  await anna.leave();
  await anna.ended();
  await page.goto(`/${slug}/settings`);
  await page.locator('#removed li').nth(1).waitFor();
  await draw('removed', 'Who was removed, and who is blocked', { each: () => page.locator('#removed').scrollIntoViewIfNeeded() });
  await page.goto(`/${slug}/log`);
  await draw('log', 'The log of a room');
  await page.goto('/budget/log');
  await draw('log-short', 'The log of a room in which nothing happened yet', { widths: [390, 1440] });
  for (const person of people) await person.go();
}
