// The keys, and whether single ones act.
import { table } from '../keys/help';
import type { Part } from './dialog';
import { section, toggle } from './fields';
import { choose, settings } from './store';
import { word } from './words';

export function keyboard(): Part {
  const shown = table();
  return {
    content: [
      section(word('single_title'), toggle('settings-single', word('single'), word('single_hint'), settings().single, (single) => {
        choose({ single });
        shown.classList.toggle('is-without-single', !single);
      })),
      section(word('shortcuts'), shown),
    ],
  };
}
