// A mail server that keeps what it is given (Mailpit), for reading the mails we send.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './wait.mjs';

const PROGRAM = process.env.VISAVIS_TEST_MAILPIT ?? `${process.env.HOME}/.cache/visavis/bin/mailpit`;

function freePort() {
  return new Promise((done, fail) => {
    const server = net.createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

export class Post {
  static async start() {
    const post = new Post();
    [post.smtp, post.api] = [await freePort(), await freePort()];
    post.folder = mkdtempSync(join(tmpdir(), 'visavis-post-'));
    const args = ['--quiet', '--disable-version-check', '--smtp', `127.0.0.1:${post.smtp}`, '--listen', `127.0.0.1:${post.api}`, '--database', join(post.folder, 'mail.db')];
    post.child = spawn(PROGRAM, args, { stdio: 'ignore' });
    post.child.once('error', (error) => (post.failed = error));
    await until('the mail server answers', async () => {
      assert.equal(post.failed, undefined);
      return (await fetch(`http://127.0.0.1:${post.api}/api/v1/info`)).ok;
    }, { within: 15_000, every: 50 });
    return post;
  }

  /** Settings that send mails here. */
  get env() {
    return { VISAVIS_SMTP_URL: `smtp://127.0.0.1:${this.smtp}?tls=none`, VISAVIS_MAIL_FROM: 'Visavis <visavis@meet.example>' };
  }

  /** The newest mail to an address, waited for; `after`: how many there were before. */
  async mail(to, after = 0) {
    const found = async () => {
      const { messages } = await (await fetch(`http://127.0.0.1:${this.api}/api/v1/messages?limit=200`)).json();
      return messages.filter((each) => each.To.some(({ Address }) => Address === to));
    };
    await until(`a mail to ${to}`, async () => (await found()).length > after, { within: 15_000, every: 100 });
    const [newest] = await found();
    return (await fetch(`http://127.0.0.1:${this.api}/api/v1/message/${newest.ID}`)).json();
  }

  stop() {
    this.child?.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The link in a mail. */
export function linkIn(mail) {
  const [link] = mail.Text.match(/^https?:\S+/m);
  assert.ok(mail.HTML.includes(link), 'the page and its plain twin hold the same link');
  return link;
}
