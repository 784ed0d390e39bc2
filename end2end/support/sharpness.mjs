// What of pictures comes through, and the part of the settings that decides it.
import { meeting } from './meeting.mjs';
import { pause, until } from './wait.mjs';

export const call = (owner, ...guests) => meeting('Video', owner, ...guests);

export async function open(person) {
  await person.page.click('#more');
  await person.page.click('#open-settings');
  await person.page.click('#settings-video');
}
export const entries = async (person, source = 'camera') => (await person.stats()).filter((entry) => entry.source === source && entry.kind === 'video');
export const height = async (person) => (await entries(person))[0]?.frameHeight;
/** New frames of this source within a second. */
export async function fresh(person, source = 'camera') {
  const before = new Map((await entries(person, source)).map((entry) => [entry.identity, entry.packetsReceived]));
  await pause(1000);
  return (await entries(person, source)).filter((entry) => entry.packetsReceived > (before.get(entry.identity) ?? 0)).length;
}
export const settles = (watcher, wanted) => until(`${watcher.name} receives ${wanted} lines`, async () => (await height(watcher)) === wanted, { within: 20_000, show: () => entries(watcher) });
/** LiveKit begins small, and takes its time for the largest. */
export const grows = (watcher) => until(`${watcher.name} receives more than 180 lines`, async () => (await height(watcher)) > 180, { within: 20_000, show: () => entries(watcher) });
