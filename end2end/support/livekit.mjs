// LiveKit's own API, spoken with the secret that the server keeps in its folder: what an operator could do by hand.
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

function token(server, room) {
  const secret = readFileSync(join(server.data, 'secrets/livekit_api_secret'), 'utf8').trim();
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: 'visavis', nbf: now - 5, exp: now + 60, video: { roomList: true, roomCreate: true, roomAdmin: true, room } };
  const body = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

async function call(server, method, body, room) {
  const answer = await fetch(`http://127.0.0.1:${server.ports.api}/twirp/livekit.RoomService/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token(server, room)}` },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method}: ${answer.status} ${text}`);
  return JSON.parse(text);
}

/** LiveKit's name of the room at this link. */
export async function nameOf(server, slug) {
  return (await (await fetch(`${server.origin}/api/v1.0/rooms/${slug}/`)).json()).id;
}

/** Rooms: name and number of people. */
export async function rooms(server) {
  const answer = await call(server, 'ListRooms', {});
  return (answer.rooms ?? []).map(({ name, num_participants: people = 0 }) => ({ name, people }));
}
export const participants = async (server, room) => (await call(server, 'ListParticipants', { room }, room)).participants ?? [];
export const remove = (server, room, identity) => call(server, 'RemoveParticipant', { room, identity }, room);
export const destroy = (server, room) => call(server, 'DeleteRoom', { room }, room);
/** Mutes a participant's microphone, as a host does. */
export async function mute(server, room, name) {
  const who = (await participants(server, room)).find((each) => each.name === name);
  const sound = who.tracks.find(({ source, type }) => source === 'MICROPHONE' || (type ?? 'AUDIO') === 'AUDIO');
  return call(server, 'MutePublishedTrack', { room, identity: who.identity, track_sid: sound.sid, muted: true }, room);
}
/** What our server says to one participant: LiveKit names no sender. */
export const tell = (server, room, identity, said) => call(server, 'SendData', {
  room, data: Buffer.from(JSON.stringify(said)).toString('base64'), kind: 'RELIABLE', destination_identities: [identity],
}, room);
/** Another role, as the server gives it. */
export const become = (server, room, identity, role) => call(server, 'UpdateParticipant', { room, identity, attributes: { room_role: role } }, room);
