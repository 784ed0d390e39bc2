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
    await page.getByText('Saved. It holds at once').waitFor();
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
}
