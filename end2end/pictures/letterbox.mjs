// A mail server of a few lines: takes every letter, but for addresses that begin with “nobody”, which it does not know.
import { createServer } from 'node:net';
import { until } from '../support/wait.mjs';

export class Letterbox {
  letters = [];

  static async open() {
    const box = new Letterbox();
    box.server = createServer((socket) => box.talk(socket));
    await new Promise((done) => box.server.listen(0, '127.0.0.1', done));
    return box;
  }

  /** Settings that send mails here. */
  get env() {
    return { VISAVIS_SMTP_URL: `smtp://127.0.0.1:${this.server.address().port}?tls=none`, VISAVIS_MAIL_FROM: 'Visavis <visavis@meet.example>' };
  }

  talk(socket) {
    const say = (line) => socket.write(`${line}\r\n`);
    let [unread, letter, to] = ['', undefined, ''];
    const hear = (line) => {
      if (letter !== undefined) {
        if (line !== '.') return void (letter += `${line}\n`);
        this.letters.push({ to, text: letter });
        letter = undefined;
        return say('250 taken');
      }
      if (/^rcpt/i.test(line)) {
        to = /<(.*)>/.exec(line)[1];
        return say(to.startsWith('nobody') ? '550 5.1.1 no such address' : '250 ok');
      }
      if (/^data/i.test(line)) {
        letter = '';
        return say('354 go on');
      }
      if (/^quit/i.test(line)) return socket.end('221 bye\r\n');
      return say('250 ok');
    };
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      const lines = (unread + bytes).split('\r\n');
      unread = lines.pop();
      lines.forEach(hear);
    });
    say('220 letterbox');
  }

  /** The link in the newest letter to an address, waited for. */
  async link(to) {
    const letter = await until(`a letter to ${to}`, () => this.letters.findLast((each) => each.to === to));
    return /^https?:\S+/m.exec(letter.text.replaceAll('=\n', '').replaceAll('=3D', '='))[0];
  }

  stop() {
    this.server.close();
  }
}
