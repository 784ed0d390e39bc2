// A proxy between one browser and the server, which can be cut like a cable: what is open ends, and nothing new gets through.
import { createServer, request } from 'node:http';
import { connect } from 'node:net';

export class Wire {
  sockets = new Set();
  up = true;

  static async lay() {
    const wire = new Wire();
    wire.server = createServer((asked, answer) => wire.pass(asked, answer));
    wire.server.on('connection', (socket) => {
      if (!wire.up) return socket.destroy();
      wire.sockets.add(socket);
      socket.on('error', () => {}).on('close', () => wire.sockets.delete(socket));
    });
    // WebSockets ask for a tunnel.
    wire.server.on('connect', ({ url }, socket, head) => {
      const [host, port] = url.split(':');
      const far = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        far.write(head);
        far.pipe(socket).pipe(far);
      });
      far.on('error', () => socket.destroy()).on('close', () => socket.destroy());
      socket.on('error', () => far.destroy()).on('close', () => far.destroy());
    });
    await new Promise((done) => wire.server.listen(0, '127.0.0.1', done));
    return wire;
  }

  /** For Playwright's contexts. */
  get proxy() {
    return { server: `http://127.0.0.1:${this.server.address().port}`, bypass: '<-loopback>' };
  }

  pass(asked, answer) {
    const far = request(asked.url, { method: asked.method, headers: asked.headers }, (from) => {
      answer.writeHead(from.statusCode, from.rawHeaders);
      from.pipe(answer);
      answer.flushHeaders();
    });
    far.on('error', () => answer.destroy());
    answer.on('close', () => far.destroy());
    asked.pipe(far);
  }

  cut() {
    this.up = false;
    this.sockets.forEach((socket) => socket.destroy());
  }

  mend() {
    this.up = true;
  }

  async remove() {
    this.cut();
    await new Promise((done) => this.server.close(done));
  }
}
