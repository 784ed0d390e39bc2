// Chromium with a camera, a microphone and a screen that are made up.
import { chromium } from 'playwright-core';

export const CHROMIUM = process.env.VISAVIS_CHROMIUM ?? '/usr/bin/chromium';

export function launch(...more) {
  return chromium.launch({
    executablePath: CHROMIUM,
    headless: true,
    args: [
      '--no-sandbox',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      '--auto-select-desktop-capture-source=Entire screen',
      '--autoplay-policy=no-user-gesture-required',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--disable-gpu',
      '--no-first-run',
      ...more,
    ],
  });
}
