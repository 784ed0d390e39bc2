// What hosts did is told to those whom it concerns: once, in a sentence that is said and shown. LiveKit and our server tell it, never
// another participant.
import type { LocalTrackPublication, Room } from 'livekit-client';
import { ownSound } from '../care/tracks';
import { changed, current, isHost, watch } from '../inside/desk';
import { say } from '../inside/say';
import { tell } from '../inside/tell';
import { mic } from '../keys/switch';
import { notice } from './notice';
import { rules } from './room';
import { changes, type Rules } from './rules';
import { word } from './words';

function both(text: string): void {
  say(text);
  tell(text);
}

let before: Rules | undefined;
let role: string | undefined;

const text = (key: keyof Rules, on: boolean): string => {
  if (key === 'microphone') return word(on ? 'microphone_on' : 'microphone_off');
  if (key === 'camera') return word(on ? 'camera_on' : 'camera_off');
  if (key === 'share') return word(on ? 'share_on' : 'share_off');
  if (key === 'chat') return word(on ? 'chat_on' : 'chat_off');
  if (key === 'locked') return word(on ? 'locked_now' : 'unlocked_now');
  return '';
};

/** Compares with what was known; of what held before we came nothing is said. */
export function look(): void {
  const now = rules();
  // Hosts see it where they change it.
  const open = document.querySelector('#host-tools[open]');
  for (const [key, on] of before ? changes(before, now) : []) {
    if (key === 'locked' ? open : isHost()) continue;
    // The chat says it by itself, and who may mute whom is seen where one would.
    if (key === 'chat') tell(text(key, on));
    else if (key !== 'mute') both(text(key, on));
  }
  before = now;
  const mine = current()?.localParticipant.attributes.room_role ?? '';
  if (role !== undefined && role !== mine) {
    if (mine === 'administrator') both(word('cohost'));
    else if (role === 'administrator' && mine !== 'owner') both(word('no_cohost'));
  }
  role = mine;
  changed();
}

/** The track of ours that LiveKit's server muted: who pressed it is not told, so the sentence says what is sure. */
function muted(): void {
  // Who unmuted in the same moment is heard.
  if (ownSound()?.isMuted === false) return;
  const end = notice('muted', 'mic_off', word(rules().mute ? 'muted_you' : 'muted_by_host'), [[word('unmute'), () => void mic.set(true)]]);
  const stop = watch(() => {
    const over = ownSound()?.isMuted === false || document.querySelector<HTMLButtonElement>('.bar #mic')?.disabled;
    if (over) end();
    if (over || !document.getElementById('muted')) stop();
  });
}

/** What LiveKit's client tells only inside itself: what its server did to our tracks. */
interface Engine {
  on(event: 'remoteMute', told: (track: string, muted: boolean) => void): void;
  on(event: 'localTrackUnpublished', told: (track: { trackSid: string }) => void): void;
}

export function listen(room: Room): void {
  const sources = new Map<string, string>();
  const mine = (act: () => void) => () => current() === room && act();
  room.on('roomMetadataChanged', mine(look));
  room.on('participantAttributesChanged', (_: unknown, who) => who.isLocal && mine(look)());
  // Lines of the list say what can be done about whom.
  for (const event of ['trackMuted', 'trackUnmuted', 'trackPublished', 'trackUnpublished'] as const) room.on(event, mine(changed));
  room.on('participantPermissionsChanged', mine(changed));
  room.on('localTrackPublished', ({ trackSid, source }: LocalTrackPublication) => sources.set(trackSid, source));
  const engine = room.engine as unknown as Engine;
  engine.on('remoteMute', (track, off) => {
    if (!off || current() !== room) return;
    const source = sources.get(track);
    if (source === 'microphone') setTimeout(muted);
    if (source === 'camera') both(word('camera_stopped'));
  });
  engine.on('localTrackUnpublished', ({ trackSid }) => {
    if (current() !== room || sources.get(trackSid) !== 'screen_share') return;
    // Where sharing was switched off for everybody, that is the sentence; LiveKit tells it in the same moment.
    setTimeout(() => (isHost() || rules().share) && both(word('share_stopped')), 700);
  });
}
