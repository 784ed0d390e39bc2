// Many people without a browser window each: one page joins all of them, with LiveKit's own client, and sends drawn pictures.
// They come in as any other client of the API does: by the room's answer to a guest.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const CLIENT = fileURLToPath(new URL('../../app/js/node_modules/livekit-client/dist/livekit-client.umd.js', import.meta.url));

export class Crowd {
  static async of(browser, server, slug) {
    const crowd = new Crowd();
    Object.assign(crowd, { server, slug });
    crowd.context = await browser.newContext({ bypassCSP: true });
    crowd.page = await crowd.context.newPage();
    // Any page of the origin will do; the policy of ours would keep this script from LiveKit.
    await crowd.page.goto(`${server.origin}/robots.txt`);
    await crowd.page.evaluate(readFileSync(CLIENT, 'utf8'));
    await crowd.page.evaluate(() => (window.crowd = []));
    return crowd;
  }

  /** Each of `{ name, camera, mic, look }`; `look` is what `portrait` draws. */
  async join(people, { fps = 2, width = 640, height = 360, simulcast = false } = {}) {
    for (const person of people) {
      this.server.keepSecret(person.name);
      const answer = await fetch(`${this.server.origin}/api/v1.0/rooms/${this.slug}/?username=${encodeURIComponent(person.name)}`);
      const { livekit } = await answer.json();
      if (!livekit) throw new Error(`no way in for ${person.name}: ${answer.status}`);
      await this.page.evaluate(come, { url: livekit.url, token: livekit.token, person, fps, width, height, simulcast });
    }
  }

  /** Writes as the first of them whose name this is. */
  call(name, method, ...given) {
    return this.page.evaluate(([name, method, given]) => window.crowd.find((each) => each.name === name).room.localParticipant[method](...given), [name, method, given]);
  }

  async go() {
    await this.page.evaluate(() => Promise.all(window.crowd.map(({ room }) => room.disconnect()))).catch(() => undefined);
    await this.context.close();
  }
}

/** In the page: one participant. */
async function come({ url, token, person, fps, width, height, simulcast }) {
  const { Room, Track } = window.LivekitClient;
  const room = new Room({ adaptiveStream: false, dynacast: false });
  // They come to be seen.
  await room.connect(new URL(url.replace(/^http/, 'ws'), location.href.replace(/^http/, 'ws')).href, token, { autoSubscribe: false });
  window.crowd.push({ name: person.name, room });
  if (person.camera !== false) {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const pen = canvas.getContext('2d');
    const { skin, hair, clothes, wall } = person.look;
    const round = (x, y, rx, ry, colour) => {
      pen.fillStyle = colour;
      pen.beginPath();
      pen.ellipse(x * width, y * height, rx * height, ry * height, 0, 0, 2 * Math.PI);
      pen.fill();
    };
    const draw = () => {
      const light = pen.createLinearGradient(0, 0, width, height);
      wall.forEach((colour, at) => light.addColorStop(at, colour));
      pen.fillStyle = light;
      pen.fillRect(0, 0, width, height);
      const sway = Math.sin(Date.now() / 900) * 0.004;
      round(0.5 + sway, 0.42, 0.21, 0.25, hair);
      round(0.5, 1.08, 0.42, 0.4, clothes);
      round(0.5 + sway, 0.64, 0.075, 0.16, skin);
      round(0.5 + sway, 0.46, 0.15, 0.19, skin);
      round(0.5 + sway, 0.29, 0.17, 0.09, hair);
    };
    setInterval(draw, 1000 / fps);
    draw();
    const track = canvas.captureStream(fps).getVideoTracks()[0];
    await room.localParticipant.publishTrack(track, { source: Track.Source.Camera, simulcast, videoEncoding: { maxBitrate: 500_000, maxFramerate: Math.max(fps, 5) } });
  }
  if (person.mic !== false) {
    window.sound ??= new AudioContext();
    const out = window.sound.createMediaStreamDestination();
    const tone = new OscillatorNode(window.sound, { frequency: 200 + 20 * window.crowd.length });
    tone.connect(new GainNode(window.sound, { gain: person.loud ?? 0 })).connect(out);
    tone.start();
    await room.localParticipant.publishTrack(out.stream.getAudioTracks()[0], { source: Track.Source.Microphone });
  }
}

const SKINS = ['#f1c7a5', '#e8b48f', '#c68863', '#8d5a3b', '#5d3a26', '#d9a37b'];
const HAIRS = ['#241a15', '#5b3423', '#c98f3d', '#8a8a8c', '#3d2b4f', '#a6552e', '#e5e1da'];
const CLOTHES = ['#00707f', '#d9883f', '#6a4c7d', '#3f6b45', '#9b3b3b', '#2f4b7c', '#e0b23c', '#4b5560'];
const WALLS = [['#f3e6d5', '#c9a98a'], ['#c8d8dc', '#7f9aa3'], ['#dfe7d3', '#9db08a'], ['#e7dfe9', '#a99bb5'], ['#e9e4da', '#b3aa98'], ['#d5dfe9', '#8fa3bb']];

/** Somebody drawn, always the same at the same place. */
export const look = (at) => ({
  skin: SKINS[(at * 5 + 3) % SKINS.length], hair: HAIRS[(at * 3) % HAIRS.length], clothes: CLOTHES[(at * 3 + 1) % CLOTHES.length], wall: WALLS[(at * 5 + 1) % WALLS.length],
});
