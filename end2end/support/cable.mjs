// The network cable of one person: all that their browser sends and receives, until it is cut. Chromium's own switch stops
// requests and WebSockets, but not WebRTC on one machine; so media takes a way through a relay that can be stopped.
import dgram from 'node:dgram';

export class Cable {
  relays = new Map();
  cut = false;

  /** Before their first page. */
  static async of(person) {
    const cable = new Cable();
    cable.devtools = await person.context.newCDPSession(person.page);
    await cable.devtools.send('Network.enable');
    await person.context.exposeFunction('relayFor', (address, port) => cable.relay(address, port));
    await person.context.addInitScript(throughRelay);
    return cable;
  }

  /** The port of ours that stands for LiveKit's. */
  relay(address, port) {
    const name = `${address} ${port}`;
    if (!this.relays.has(name)) this.relays.set(name, this.open(address, port));
    return this.relays.get(name);
  }

  async open(address, port) {
    const here = await bound();
    // One socket for each of the browser's, so that LiveKit can tell them apart.
    const beyond = new Map();
    here.on('message', async (packet, from) => {
      if (this.cut) return;
      if (!beyond.has(from.port)) beyond.set(from.port, bound(address));
      const socket = await beyond.get(from.port);
      if (socket.listenerCount('message') === 0) {
        socket.on('message', (answer) => this.cut || here.send(answer, from.port, from.address));
      }
      socket.send(packet, port, address);
    });
    return here.address().port;
  }

  async pull() {
    this.cut = true;
    await this.requests(true);
  }

  async plugIn() {
    this.cut = false;
    await this.requests(false);
  }

  requests(offline) {
    return this.devtools.send('Network.emulateNetworkConditions', { offline, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  }
}

function bound(beside = '127.0.0.1') {
  const address = beside.startsWith('127.') ? '127.0.0.1' : '0.0.0.0';
  return new Promise((done) => {
    const socket = dgram.createSocket('udp4').unref();
    socket.on('error', () => undefined);
    socket.bind(0, address, () => done(socket));
  });
}

/**
 * In the page: LiveKit's UDP candidates name the relay, all others are left out; the browser's own are kept from LiveKit, which
 * would else call it directly.
 */
function throughRelay() {
  window.peers = [];
  const rewritten = async (line) => {
    const parts = line.split(' ');
    if (parts[2]?.toLowerCase() !== 'udp' || !/^[\d.]+$/.test(parts[4])) return '';
    parts[5] = String(await window.relayFor(parts[4], Number(parts[5])));
    parts[4] = '127.0.0.1';
    return parts.join(' ');
  };
  const withoutCandidates = (description) =>
    description && { type: description.type, sdp: description.sdp.replace(/a=candidate:.*\r\n/g, '') };
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration) {
      super({ ...configuration, iceServers: [] });
      window.peers.push(this);
    }

    set onicecandidate(_) {}

    get localDescription() {
      return withoutCandidates(super.localDescription);
    }

    // A later offer names what was found meanwhile.
    async createOffer(...all) {
      return withoutCandidates(await super.createOffer(...all));
    }

    async createAnswer(...all) {
      return withoutCandidates(await super.createAnswer(...all));
    }

    async setRemoteDescription(description) {
      const lines = await Promise.all((description.sdp ?? '').split('\r\n').map(async (line) => (line.startsWith('a=candidate:') ? rewritten(line) : line)));
      const sdp = lines.filter((line, at) => line !== '' || at === lines.length - 1).join('\r\n');
      return super.setRemoteDescription({ type: description.type, sdp });
    }

    async addIceCandidate(candidate) {
      if (!candidate?.candidate) return super.addIceCandidate(candidate);
      const line = await rewritten(candidate.candidate);
      if (line) await super.addIceCandidate({ ...(candidate.toJSON?.() ?? candidate), candidate: line });
    }
  };
}
