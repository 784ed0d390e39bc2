// A participant as the page shows one.
import { ConnectionQuality, ParticipantKind, Track, type LocalTrack, type Participant } from 'livekit-client';

export interface Person {
  identity: string;
  own: boolean;
  name: string;
  color: string;
  role: string;
  guest: boolean;
  mic: boolean;
  camera: boolean;
  share: boolean;
  speaking: boolean;
  weak: boolean;
  joined: number;
}

const COLOR = /^hsl\(\d{1,3}(\.\d+)?,? \d{1,3}(\.\d+)?%,? \d{1,3}(\.\d+)?%\)$/;

/** Machines that take part (recorders, agents) are no faces. */
export function isPerson(p: Participant): boolean {
  return p.kind !== ParticipantKind.AGENT && p.kind !== ParticipantKind.EGRESS;
}

/** What we send; it outlives a lost connection. */
export type Kept = ReadonlyMap<Track.Source, LocalTrack>;

export function person(p: Participant, kept: Kept): Person {
  const { color = '', room_role = '', is_authenticated } = p.attributes;
  const live = (source: Track.Source) => {
    if (p.isLocal) return kept.get(source)?.isMuted === false;
    const publication = p.getTrackPublication(source);
    return !!publication?.track && !publication.isMuted;
  };
  return {
    identity: p.identity,
    own: p.isLocal,
    name: (p.name || p.identity).slice(0, 100),
    color: COLOR.test(color) ? color : '',
    role: room_role,
    guest: is_authenticated !== 'true',
    // Whether somebody is muted does not depend on whether we have their sound yet.
    mic: p.isLocal ? live(Track.Source.Microphone) : p.isMicrophoneEnabled,
    camera: live(Track.Source.Camera),
    share: live(Track.Source.ScreenShare),
    speaking: p.isSpeaking,
    weak: p.connectionQuality === ConnectionQuality.Poor || p.connectionQuality === ConnectionQuality.Lost,
    joined: p.joinedAt?.getTime() ?? 0,
  };
}
