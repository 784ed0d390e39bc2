// What people do at a room's door.
import { until } from './wait.mjs';

export class Lobby {
  made = 0;

  constructor(here) {
    this.here = here;
  }

  /** A room of `host`, in which guests wait. */
  async room(host, level = 'restricted') {
    this.made += 1;
    const email = `door${this.made}-${process.pid}@example.org`;
    await this.here.server.addUser(email, host.name);
    host.email = email;
    await host.signIn(email);
    const slug = await host.makeRoom(`Door ${this.made}`);
    await this.level(host, slug, level);
    return slug;
  }

  /** Says on the door's page who comes in. */
  async level(host, slug, level) {
    const page = await host.context.newPage();
    await page.goto(`/${slug}/lobby`);
    await page.locator(`input[name=access_level][value=${level}]`).check();
    await page.locator('#level button').click();
    await page.getByText('Saved. It holds at once.').waitFor();
    await page.close();
  }

  /** Asks to come in, and waits. */
  async knock(person, slug, { name = person.name } = {}) {
    await person.page.goto(`/${slug}`);
    await person.page.locator('#join:not([disabled])').waitFor();
    if (await person.page.locator('#name').isEditable()) {
      this.here.server.keepSecret(name);
      await person.page.fill('#name', name);
    }
    await person.page.click('#join');
    await person.inState('waiting');
    await person.page.locator('#wait h1').waitFor();
  }

  /** What the waiting page says. */
  async reads(person, text, within = 15_000) {
    await until(`${person.name} reads “${text}”`, async () => (await person.page.locator('#wait').innerText()).includes(text), {
      within,
      show: () => person.page.locator('#wait').innerText(),
    });
  }

  card(host) {
    return host.page.locator('.knock');
  }

  /** A button of the card. */
  press(host, name) {
    return this.card(host).getByRole('button', { name, exact: true }).click();
  }

  /** Makes somebody else a host; the key of the role. */
  async cohost(owner, other, slug) {
    this.made += 1;
    const email = `cohost${this.made}-${process.pid}@example.org`;
    await this.here.server.addUser(email, other.name);
    await other.signIn(email);
    const { id } = await this.rest(other, 'GET', '/api/v1.0/users/me/');
    const room = await this.rest(owner, 'GET', `/api/v1.0/rooms/${slug}/`);
    const access = await this.rest(owner, 'POST', '/api/v1.0/resource-accesses/', { user: id, resource: room.id, role: 'administrator' });
    return access.id;
  }

  /** A request of the REST API with somebody's session. */
  async rest(person, method, path, body) {
    const cookies = await person.context.cookies();
    const token = cookies.find(({ name }) => name === 'csrftoken')?.value ?? '';
    const answer = await person.context.request.fetch(path, {
      method,
      headers: { 'x-csrftoken': token, 'content-type': 'application/json' },
      ...(body ? { data: body } : {}),
    });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
    return answer.status() === 204 ? undefined : answer.json();
  }
}
