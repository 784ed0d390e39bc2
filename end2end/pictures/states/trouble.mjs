// What a call asks and warns of: a whole screen, a weak connection, a microphone that is off, long solitude; and the small window.
import { bare, meeting } from '../../support/meeting.mjs';
import { pause } from '../../support/wait.mjs';

export async function trouble({ camera, arrive }) {
  const people = [await arrive('Anna Lindqvist'), await arrive('Bert Bos'), await arrive('Chloé Ødegård')];
  const [anna, bert, chloe] = people;
  const { page } = anna;
  const shot = (state, title, more) => camera.call(anna, 'trouble', state, title, more);
  await bare(anna);
  await anna.context.addInitScript(() => {
    const real = Date.now.bind(Date);
    window.later = 0;
    Date.now = () => real() + window.later;
  });
  await meeting('Budget', anna, bert, chloe);
  await pause(3000);

  await page.evaluate(() => {
    const emit = window.room.emit.bind(window.room);
    window.room.emit = (event, ...all) => event !== 'connectionQualityChanged' && emit(event, ...all);
    window.quality = (own, now) => emit('connectionQualityChanged', now, own ? window.room.localParticipant : [...window.room.remoteParticipants.values()][0]);
  });
  const weak = async (own) => {
    await page.evaluate((mine) => void window.quality(mine, 'poor'), own);
    await page.evaluate(() => (window.later += 10_000));
    await page.locator('.pill--care').waitFor();
  };
  const strong = (own) => page.evaluate((mine) => void window.quality(mine, 'excellent'), own);
  // Under the pointer it stays.
  const hold = () => page.locator('.pill--care').hover();
  await weak(false);
  await shot('weak-other', 'The connection of somebody else is weak', { each: hold });
  await page.locator('.pill--care').getByRole('button', { name: 'Close' }).click();
  await strong(false);
  await weak(true);
  await shot('weak-own', 'One’s own connection is weak, and what helps', { each: hold });
  await page.locator('.pill--care').getByRole('button', { name: 'Close' }).click();
  await strong(true);

  await page.setViewportSize({ width: 1440, height: 900 });
  await page.click('#more');
  const [small] = await Promise.all([anna.context.waitForEvent('page'), page.click('#small-window')]);
  await small.locator('[data-seat]').first().waitFor();
  await pause(2500);
  await shot('small-window', 'The meeting is also in a small window', { widths: [834, 1440] });
  await camera.call({ page: small }, 'trouble', 'small-window-itself', 'The small window itself', { widths: [390], height: 300, each: () => pause(900) });
  await small.close();

  // Chromium names what it shares; a drawn screen has no name.
  await page.evaluate(() => {
    const real = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getDisplayMedia = async (...all) => {
      const stream = await real(...all);
      for (const track of stream.getVideoTracks()) track.getSettings = () => ({ displaySurface: 'monitor', width: 1600, height: 900 });
      return stream;
    };
  });
  await page.click('#share');
  await page.getByRole('group', { name: 'You are sharing a whole screen' }).waitFor();
  await pause(2000);
  await shot('mirror', 'Sharing a whole screen: the meeting would be seen in the meeting', { each: () => pause(700) });
  for (const person of people) await person.go();

  const alone = await arrive('Anna Lindqvist');
  await alone.server.addUser('alone@example.org', 'Anna Lindqvist');
  await alone.signIn('alone@example.org');
  await alone.join(await alone.makeRoom('Evening course'));
  await alone.page.locator('#idle').waitFor();
  await camera.call(alone, 'trouble', 'still-there', 'Alone for long: still there?');
  await alone.go();
}
trouble.env = { VISAVIS_FRONTEND_IDLE_DISCONNECT_WARNING_DELAY: '3000' };
