// Ports that are free now.
import dgram from 'node:dgram';
import net from 'node:net';

const tcp = () => new Promise((done, fail) => {
  const server = net.createServer().once('error', fail).listen(0, '127.0.0.1', () => done(server));
});
const udp = () => new Promise((done, fail) => {
  const socket = dgram.createSocket('udp4').once('error', fail).bind(0, () => done(socket));
});

/** All are held until all are chosen, so that none is given twice. */
export async function freePorts() {
  const held = await Promise.all([tcp(), tcp(), tcp(), udp(), udp()]);
  const [http, api, rtcTcp, rtcUdp, turn] = held.map((each) => each.address().port);
  await Promise.all(held.map((each) => new Promise((done) => each.close(done))));
  return { http, api, rtcTcp, rtcUdp, turn };
}
