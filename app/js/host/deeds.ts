// What hosts can do about one person.
import type { Participant, Track } from 'livekit-client';
import { askAsHost, current, deed, heard, icon, isHost, isLit, isRoomHost, light, nameOf, ofRoom, rules, say, tell, word } from './lent';
import { remove } from './remove';

/** How long LiveKit may take to tell of a role that went. */
const PATIENCE = 2000;

const role = (who: Participant) => who.attributes.room_role ?? '';
const runs = (who: Participant) => /^(owner|administrator)$/.test(role(who));
const shares = (who: Participant) => !!who.getTrackPublication('screen_share' as Track.Source);

/** Asks the server, and says what has been done. */
async function ask(what: string, method: string, who: Participant, body: object, done: string): Promise<string> {
  const trouble = await askAsHost(what, method, { participant_identity: who.identity, ...body });
  if (!trouble) say(done);
  return trouble;
}

/** Nothing is seen of it before they answer: so it is shown as well. */
async function askToUnmute(who: Participant): Promise<string> {
  const done = word('asked', { name: nameOf(who) });
  const trouble = await ask('ask-to-unmute', 'POST', who, {}, done);
  if (!trouble) tell(done);
  return trouble;
}

/** Whom the room itself made a host stays one. */
async function takeBack(who: Participant): Promise<string> {
  const trouble = await askAsHost('co-hosts', 'PUT', { participant_identity: who.identity, on: false });
  if (trouble) return trouble;
  for (let waited = 0; runs(who) && waited < PATIENCE; waited += 100) await new Promise((done) => setTimeout(done, 100));
  if (runs(who)) return word('cohost_of_room', { name: nameOf(who) });
  say(word('cohost_taken', { name: nameOf(who) }));
  return '';
}

/** Who runs the room is removed by its owner alone, a co-host by whoever runs the room. */
function removable(who: Participant): boolean {
  const own = current()?.localParticipant;
  if (!isHost() || role(who) === 'owner') return false;
  if (ofRoom(who)) return !!own && role(own) === 'owner';
  return !runs(who) || isRoomHost();
}

export function define(): void {
  deed({
    id: 'ask', order: 11, icon: () => icon('mic'), label: () => word('ask'),
    there: (who) => isHost() && !heard(who) && (rules().microphone || runs(who)), act: askToUnmute,
  });
  deed({
    id: 'stop-share', order: 20, icon: () => icon('share'), label: () => word('stop_share'), there: (who) => isHost() && shares(who),
    act: (who) => ask('stop-share', 'POST', who, {}, word('stopped_share', { name: nameOf(who) })),
  });
  deed({
    id: 'lower-hand', order: 30, icon: () => icon('hand'), label: () => word('lower_hand'), there: (who) => isHost() && !!who.attributes.handRaisedAt,
    act: (who) => ask('lower-hands', 'POST', who, {}, word('lowered_hand', { name: nameOf(who) })),
  });
  deed({
    id: 'spotlight', order: 40, icon: () => icon('spot'), label: (who) => (isLit(who) ? word('unspot') : word('spot')), there: isHost,
    act: (who) => light(who.identity, !isLit(who)).then(() => ''),
  });
  // Who has no account cannot be one: nothing would hold it to them.
  deed({
    id: 'cohost', order: 50, icon: () => icon('host'), label: () => word('cohost'),
    there: (who) => isRoomHost() && who.attributes.is_authenticated === 'true' && !runs(who),
    act: (who) => ask('co-hosts', 'PUT', who, { on: true }, word('cohost_made', { name: nameOf(who) })),
  });
  deed({
    id: 'no-cohost', order: 51, icon: () => icon('host'), label: () => word('no_cohost'), there: (who) => isRoomHost() && runs(who) && !ofRoom(who),
    act: takeBack,
  });
  deed({
    id: 'remove', order: 90, grave: true, icon: () => icon('remove'), label: () => word('remove'), there: removable,
    act: (who) => {
      remove(who);
      return undefined;
    },
  });
}
