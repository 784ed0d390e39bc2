// Pictures of the product: each face in three widths, light and dark.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from './support/browser.mjs';
import { Lobby } from './support/lobby.mjs';
import { everybodyReceives, Person } from './support/person.mjs';
import { Server } from './support/server.mjs';
import { pause } from './support/wait.mjs';

const folder = process.argv[2];
const SIZES = { 390: 844, 834: 1112, 1440: 900 };
/** Few files: the phone and the desk in both lights would say the same thing twice for most pages. */
const LOOKS = [[390, 'dark'], [834, 'light'], [1440, 'light'], [1440, 'dark']];

async function draw(person, what, looks = LOOKS) {
  for (const [width, colorScheme] of looks) {
    await person.page.setViewportSize({ width, height: SIZES[width] });
    await person.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await pause(300);
    await person.page.screenshot({ path: join(folder, `${what}-${width}-${colorScheme}.png`) });
  }
}

/** Runs in the page: a drawn person instead of Chromium's green test picture, a drawn slide instead of a screen, and devices with ordinary names. */
function pose({ skin, hair, clothes, wall }) {
  const { mediaDevices } = navigator;
  const drawn = (width, height, paint) => {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const pen = canvas.getContext('2d');
    const round = (x, y, rx, ry, colour) => {
      pen.fillStyle = colour;
      pen.beginPath();
      pen.ellipse(x * width, y * height, rx * height, ry * height, 0, 0, 2 * Math.PI);
      pen.fill();
    };
    setInterval(() => paint(pen, round, width, height), 100);
    return canvas.captureStream(10).getVideoTracks()[0];
  };
  const portrait = (pen, round, width, height) => {
    const light = pen.createLinearGradient(0, 0, width, height);
    light.addColorStop(0, wall[0]);
    light.addColorStop(1, wall[1]);
    pen.fillStyle = light;
    pen.fillRect(0, 0, width, height);
    const sway = Math.sin(Date.now() / 900) * 0.004;
    round(0.5 + sway, 0.42, 0.21, 0.25, hair);
    round(0.5, 1.08, 0.42, 0.4, clothes);
    round(0.5 + sway, 0.64, 0.075, 0.16, skin);
    round(0.5 + sway, 0.46, 0.15, 0.19, skin);
    round(0.5 + sway, 0.29, 0.17, 0.09, hair);
  };
  const slide = (pen, _, width, height) => {
    pen.fillStyle = '#fdfcf8';
    pen.fillRect(0, 0, width, height);
    pen.fillStyle = '#16343b';
    pen.font = `700 ${height / 12}px sans-serif`;
    pen.fillText('Budget 2027', width * 0.08, height * 0.18);
    [0.35, 0.5, 0.42, 0.62, 0.7].forEach((tall, index) => {
      pen.fillStyle = index === 4 ? '#f0a35e' : '#00707f';
      pen.fillRect(width * (0.1 + index * 0.165), height * (0.92 - tall), width * 0.12, height * tall);
    });
  };
  const user = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (wanted) => {
    const stream = await user(wanted);
    return wanted.video ? new MediaStream([...stream.getAudioTracks(), drawn(1280, 720, portrait)]) : stream;
  };
  mediaDevices.getDisplayMedia = () => Promise.resolve(new MediaStream([drawn(1600, 900, slide)]));
  const devices = mediaDevices.enumerateDevices.bind(mediaDevices);
  const names = { audioinput: 'Headset microphone', videoinput: 'Camera', audiooutput: 'Headset' };
  mediaDevices.enumerateDevices = async () => {
    const all = await devices();
    return Object.keys(names).map((kind) => ({ kind, deviceId: all.find((each) => each.kind === kind)?.deviceId ?? kind, groupId: '', label: names[kind] }));
  };
}
const PEOPLE = {
  'Anna Lindqvist': { skin: '#e8b48f', hair: '#5b3423', clothes: '#00707f', wall: ['#f3e6d5', '#c9a98a'] },
  'Bert Bos': { skin: '#8d5a3b', hair: '#241a15', clothes: '#d9883f', wall: ['#c8d8dc', '#7f9aa3'] },
  'Chloé Ødegård': { skin: '#f1c7a5', hair: '#c98f3d', clothes: '#6a4c7d', wall: ['#dfe7d3', '#9db08a'] },
};

async function arrive(name) {
  const person = await Person.arrive(browser, server, { name });
  await person.context.addInitScript(pose, PEOPLE[name]);
  return person;
}

/** Two wait, one of them without a host; the host sees a card, a list, and a page. */
async function atTheDoor(anna, bert, chloe) {
  const lobby = new Lobby({ server });
  await lobby.level(anna, 'book-club', 'trusted');
  await lobby.knock(bert, 'book-club');
  await pause(1000);
  await draw(bert, 'wait-no-host', [[390, 'light'], [1440, 'dark']]);
  await anna.join('book-club');
  await lobby.knock(chloe, 'book-club');
  await anna.page.locator('.knock').waitFor();
  await anna.page.setViewportSize({ width: 1440, height: 900 });
  const page = await anna.context.newPage();
  await page.goto('/book-club/lobby');
  await page.fill('#message', 'Five minutes, we are just finishing the first point.');
  await page.getByRole('button', { name: 'Tell them' }).click();
  await draw({ page }, 'door');
  await page.screenshot({ path: join(folder, 'door-whole.png'), fullPage: true });
  await page.close();
  await draw(chloe, 'wait');
  await draw(anna, 'card');
  await anna.page.setViewportSize({ width: 1440, height: 900 });
  await anna.page.click('#people');
  await draw(anna, 'door-panel');
  await anna.page.setViewportSize({ width: 1440, height: 900 });
  await anna.page.locator('.aside').getByRole('button', { name: 'Refuse Chloé Ødegård' }).click();
  await chloe.page.getByRole('heading', { name: 'You were not let in' }).waitFor();
  await draw(chloe, 'wait-refused', [[390, 'dark'], [1440, 'light']]);
  await anna.page.click('#leave');
  await anna.ended();
}

mkdirSync(folder, { recursive: true });
const server = await Server.start();
const browser = await launch();
try {
  await server.addUser('anna@example.org', 'Anna Lindqvist');
  const [anna, bert, chloe] = [await arrive('Anna Lindqvist'), await arrive('Bert Bos'), await arrive('Chloé Ødegård')];
  await anna.page.goto('/');
  await draw(anna, 'home-visitor');
  await anna.page.goto('/sign-in');
  await draw(anna, 'sign-in', [[390, 'dark'], [1440, 'light']]);
  await anna.page.goto('/abc-defg-hix');
  await draw(anna, 'not-found', [[390, 'light'], [1440, 'dark']]);
  await anna.signIn('anna@example.org');
  for (const name of ['Choir practice', 'Book club', 'Monday round']) await anna.makeRoom(name);
  await anna.page.goto('/');
  await draw(anna, 'home');
  await anna.page.goto('/monday-round/settings');
  await draw(anna, 'settings');
  await anna.page.goto('/monday-round/invite?at=2026-11-30T10:30&minutes=45&zone=Europe/Paris');
  await draw(anna, 'invite');
  await anna.page.goto('/monday-round/delete');
  await draw(anna, 'delete', [[390, 'light'], [1440, 'dark']]);
  await atTheDoor(anna, bert, chloe);
  await anna.page.goto('/monday-round');
  await anna.page.locator('#join:not([disabled])').waitFor();
  await pause(1000);
  await draw(anna, 'prejoin');
  await anna.pressJoin();
  await bert.join('monday-round');
  await everybodyReceives([anna, bert]);
  await pause(2000);
  await draw(anna, 'call-2');
  await chloe.join('monday-round');
  await everybodyReceives([anna, bert, chloe]);
  await bert.say('Shall we start with the budget?');
  await chloe.say('Yes please, https://example.org/budget');
  await anna.chatOpen();
  await pause(7000);
  await draw(anna, 'chat');
  await anna.page.click('#panel-close');
  await draw(anna, 'call-3', [[390, 'dark'], [1440, 'dark']]);
  for (const person of [chloe, bert]) {
    await person.page.click('#hand');
    await anna.page.locator('.tile__tag--hand').first().waitFor();
    await pause(500);
  }
  await draw(anna, 'hands', [[390, 'dark'], [1440, 'dark']]);
  await anna.page.click('#people:visible, #people-top:visible');
  await draw(anna, 'hands-list', [[390, 'dark'], [834, 'light'], [1440, 'dark']]);
  await anna.page.click('#rename');
  await draw(anna, 'rename', [[390, 'dark'], [1440, 'dark']]);
  await anna.page.keyboard.press('Escape');
  await anna.page.click('#panel-close');
  for (const person of [chloe, bert]) await person.page.click('#hand');
  await bert.page.click('#share');
  await pause(2500);
  await draw(anna, 'share', [[1440, 'light']]);
  await anna.page.click('#leave');
  await anna.ended();
  await draw(anna, 'left', [[390, 'light'], [1440, 'dark']]);
} finally {
  await browser.close();
  await server.stop();
}
