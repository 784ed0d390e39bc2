// Pictures: which camera, how sharp ours is sent, how good those of others come, and the one switch for tired machines.
import { choices, remember } from '../choices';
import { lowPower, refit } from '../care/power';
import { receive } from '../care/receive';
import { devices } from './devices';
import type { Part } from './dialog';
import { choice, section, toggle } from './fields';
import { choose, settings, type Quality } from './store';
import { word } from './words';

export function video(): Part {
  const camera = devices('videoinput', 'settings-camera', word('camera'));
  const send = choice('settings-send', word('send'), [
    ['720', word('send_720'), word('send_720_hint')],
    ['360', word('send_360'), word('send_360_hint')],
    ['180', word('send_180'), word('send_180_hint')],
  ], String(choices().lines), (lines) => {
    remember({ lines: Number(lines) });
    void refit();
  });
  const get = choice('settings-receive', word('receive'), [
    ['high', word('receive_high'), word('receive_high_hint')],
    ['medium', word('receive_medium'), ''],
    ['low', word('receive_low'), ''],
    ['none', word('receive_none'), word('receive_none_hint')],
  ], settings().quality, (quality) => {
    choose({ quality: quality as Quality });
    receive();
  });
  const spare = (low: boolean) => {
    send.disabled = get.disabled = low;
  };
  spare(choices().low);
  const low = toggle('settings-low', word('low'), word('low_hint'), choices().low, (on) => {
    spare(on);
    lowPower(on);
  });
  return { content: [section(word('camera'), camera.field, low), send, get], end: camera.end };
}
