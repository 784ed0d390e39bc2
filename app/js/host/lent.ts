// What the call's script lends to this one (`orderly/host.ts`): both are bundles of their own, and the room, the words and the voice are
// there once.
import type { Lent } from '../orderly/host';

const lent = (window as unknown as { visavisLent: Lent }).visavisLent;

export const { askAsHost, callAsHost, common, current, everybody, icon, isHost, isRoomHost, nameOf, ofRoom, vocabulary, watch } = lent.desk;
export const { Watching, button, label, made } = lent.element;
export const { face } = lent.face;
export const { entry } = lent.menu;
export const { say } = lent.say;
export const { tell } = lent.tell;
export const { ask: light, isLit } = lent.spotlight;
export const { section, toggle } = lent.fields;
export const { deed } = lent.deeds;
export const { heard, rules } = lent.room;

export const word = vocabulary('host');
