// The call: a thin layer over livekit-client that speaks plain objects (as JSON) to the page. One `Call` outlives many
// `Room`s: after a lost connection the page asks for admission again and connects anew, and what was published is
// published again.
import {
  DisconnectReason, ParticipantEvent, PublishTrackError, Room, RoomEvent, Track, setLogLevel,
  type LocalParticipant, type LocalTrack, type LocalTrackPublication, type Participant, type RemoteTrack,
} from 'livekit-client';
import { stayAwake } from './awake';
import { startsMuted } from './care/large';
import { choices, remember } from './choices';
import { engine, room as fresh, screen } from './engine';
import { equip } from './equip';
import { canChooseSpeaker, chosen, list, type DeviceState } from './list';
import { open, SOURCE, tracked } from './open';
import { isPerson, person } from './people';
import { rules } from './settings/rules';
import { settings } from './settings/store';
import { stats } from './stats';
import { troubleOf, type Kind, type Trouble } from './trouble';
import { Views } from './views';
import { warm } from './warm';

setLogLevel('error');

export function create(emit: (event: string) => void): Call {
  return new Call(emit);
}

/** Warms the connection to a LiveKit server elsewhere, before the name is typed. */
export async function prepare(url: string): Promise<void> {
  await new Room().prepareConnection(url).catch(() => undefined);
}

class Call {
  private room?: Room;
  /** Ourselves, once we have been in: also while the connection is gone. */
  private me?: LocalParticipant;
  private readonly kept = new Map<Track.Source, LocalTrack>();
  private readonly views = new Views(this.kept);
  private readonly trouble: Record<Kind, Trouble> = { mic: '', camera: '' };
  private readonly changed = new Set<Participant>();
  private speakers: Participant[] = [];
  private left = false;
  /** The room in which what is kept has been offered. */
  private offered?: Room;
  private offering?: Promise<unknown>;
  /** What is being switched: one press after the other. */
  private readonly turns: Partial<Record<Kind, Promise<void>>> = {};
  /** Whether who comes in now is not to be heard; nothing before the first connection. */
  private quiet?: boolean;
  private readonly devices = () => void this.tellDevices();

  constructor(private readonly send: (event: string) => void) {
    navigator.mediaDevices?.addEventListener('devicechange', this.devices);
    Object.assign(window, { visavis: { stats: () => stats(this.room) } });
  }

  /**
   * A track of the prejoin, no copy of it: the camera's light never blinks. May come during the call, when somebody was
   * quicker than their device or than their answer to the browser's question.
   */
  async adopt(kind: Kind, media: MediaStreamTrack): Promise<void> {
    if (this.left || this.kept.has(SOURCE[kind]) || this.turns[kind]) return media.stop();
    const track = tracked(kind, media);
    if (kind === 'mic' && this.quiet) await track.mute();
    await this.take(kind, track);
    await this.tellDevices();
  }

  /** Resolves to '' when connected, else to a word for the log. */
  async connect(url: string, token: string): Promise<string> {
    await this.drop();
    stayAwake(true);
    const room = fresh();
    this.room = room;
    this.listen(room);
    void equip(room, () => this.room === room);
    try {
      await warm(url);
      await room.connect(url, token, { maxRetries: 0, peerConnectionTimeout: 20_000, websocketTimeout: 8_000 });
    } catch (error) {
      if (this.room === room) this.room = undefined;
      return error instanceof Error ? error.name : 'unknown';
    }
    if (this.left) {
      await this.drop();
      return 'left';
    }
    this.me = room.localParticipant;
    // A camera that is off is closed: there is nothing of it to offer, and it is opened anew.
    const camera = this.kept.get(SOURCE.camera);
    if (camera?.isMuted && !this.turns.camera && this.kept.delete(SOURCE.camera)) camera.stop();
    await this.hush(room);
    this.snapshot();
    this.views.refresh(room, undefined, this.me.identity);
    this.tellRights();
    // We are in now; others see and hear us a moment later.
    this.offered = room;
    this.offering = Promise.all([...this.kept].map(([source, track]) => this.offer(room, source, track))).then(() => this.tellDevices());
    return '';
  }

  /** In a large meeting who comes in starts muted, before anything of them is sent. Not after a loss: who had unmuted stays so. */
  private async hush(room: Room): Promise<void> {
    if (this.quiet !== undefined) return;
    const there = [...room.remoteParticipants.values()].filter(isPerson).length;
    this.quiet = startsMuted(there, rules().mute, settings().autoMute);
    if (!this.quiet) return;
    // Told in `care/mute.ts`.
    Object.assign(room, { startedMuted: there });
    await this.kept.get(SOURCE.mic)?.mute();
  }

  /** Also while the connection is gone: what is kept is offered as it is then. */
  turn(kind: Kind, on: boolean): Promise<void> {
    remember({ [kind]: on });
    // Off is off at once, whatever is under way.
    const track = this.kept.get(SOURCE[kind]);
    if (!on && track) track.mediaStreamTrack.enabled = false;
    const done = Promise.resolve(this.turns[kind]).then(() => this.turned(kind, on)).then(() => {
      if (this.turns[kind] === done) delete this.turns[kind];
    });
    return (this.turns[kind] = done);
  }

  private async turned(kind: Kind, on: boolean): Promise<void> {
    // What is still being published LiveKit would not hear of, and leave on.
    for (let last: unknown; last !== this.offering;) await (last = this.offering);
    if (this.left) return;
    this.trouble[kind] = '';
    try {
      const track = this.kept.get(SOURCE[kind]);
      if (track) await (on ? track.unmute() : track.mute());
      else if (on) await this.take(kind, await open(kind));
    } catch (error) {
      await this.refuse(kind, error);
    }
    this.touch(this.me);
    await this.tellDevices();
  }

  async pick(kind: Kind | 'speaker', id: string): Promise<void> {
    remember({ [`${kind}Id`]: id });
    const device = { mic: 'audioinput', camera: 'videoinput', speaker: 'audiooutput' } as const;
    const track = kind === 'speaker' ? undefined : this.kept.get(SOURCE[kind]);
    try {
      if (kind !== 'speaker') this.trouble[kind] = '';
      if (this.offered) await this.offered.switchActiveDevice(device[kind], id);
      else await track?.setDeviceId({ exact: id });
    } catch (error) {
      // The one before was let go for it.
      if (track?.mediaStreamTrack.readyState === 'ended') await track.mute();
      if (kind !== 'speaker') await this.refuse(kind, error);
    }
    this.touch(this.me);
    await this.tellDevices();
  }

  async share(on: boolean): Promise<void> {
    if (!on || !this.me) return this.unshare();
    let tracks: LocalTrack[];
    try {
      tracks = await screen(this.me);
    } catch (error) {
      // To close the browser's chooser is no fault; to be stopped by the system is.
      if (error instanceof Error && /system/i.test(error.message)) this.tell('refused', { kind: 'share', trouble: 'system' });
      return;
    }
    if (this.left) return tracks.forEach((track) => track.stop());
    for (const track of tracks) {
      track.mediaStreamTrack.addEventListener('ended', () => void this.unshare());
      this.kept.set(track.source, track);
    }
    this.touch(this.me);
    // Chosen while the connection is gone, it is offered with the rest once there is one again.
    const room = this.offered;
    const done = room ? await Promise.allSettled(tracks.map((track) => this.publish(room, track.source, track))) : [];
    if (this.room === room && done.some(({ status }) => status === 'rejected')) {
      await this.unshare();
      this.tell('refused', { kind: 'share', trouble: 'failed' });
    }
  }

  show(view: HTMLVideoElement, identity: string, source: string): void {
    this.views.show(this.room, view, identity, source as Track.Source);
  }

  hide(view: HTMLVideoElement): void {
    this.views.hide(this.room, view);
  }

  async startAudio(): Promise<void> {
    await this.room?.startAudio().catch(() => undefined);
  }

  /** Calls back with the size of the element and of the window, now and whenever it changes. */
  watch(element: HTMLElement, sized: (width: number, height: number, viewport: number) => void): void {
    new ResizeObserver(([entry]) => {
      // In the frame after: what made it smaller (a panel, a press) is on the screen first, then the tiles find their places.
      if (entry) requestAnimationFrame(() => setTimeout(() => sized(entry.contentRect.width, entry.contentRect.height, window.innerWidth)));
    }).observe(element);
  }

  async leave(): Promise<void> {
    this.left = true;
    stayAwake(false);
    await this.drop();
    for (const track of this.kept.values()) track.stop();
    this.kept.clear();
    navigator.mediaDevices?.removeEventListener('devicechange', this.devices);
  }

  /** A device of ours from here on: others have it now, or with the next connection. */
  private async take(kind: Kind, track: LocalTrack): Promise<void> {
    if (this.left) return track.stop();
    this.kept.set(SOURCE[kind], track);
    if (this.offered) await this.offer(this.offered, SOURCE[kind], track);
  }

  /** Publishes what is open; what cannot be sent is switched off, never silently unless the room forbids it. */
  private async offer(room: Room, source: Track.Source, track: LocalTrack): Promise<void> {
    const muted = track.isMuted;
    try {
      const { trackSid } = await this.publish(room, source, track);
      // Switched meanwhile, of which LiveKit did not hear.
      if (track.isMuted !== muted) engine(room).updateMuteStatus(trackSid, track.isMuted);
    } catch (error) {
      if (this.room !== room || room.state !== 'connected') return;
      this.kept.delete(source);
      track.stop();
      const kind = source === SOURCE.mic ? 'mic' : source === SOURCE.camera ? 'camera' : 'share';
      if (!(error instanceof PublishTrackError && error.status === 403)) {
        if (kind !== 'share') this.trouble[kind] = 'failed';
        this.tell('refused', { kind, trouble: 'failed' });
      }
    }
    this.touch(room.localParticipant);
  }

  private async refuse(kind: Kind, error: unknown): Promise<void> {
    const trouble = (this.trouble[kind] = await troubleOf(error, kind));
    this.tell('refused', { kind, trouble });
  }

  private publish(room: Room, source: Track.Source, track: LocalTrack): Promise<LocalTrackPublication> {
    const simulcast = source === Track.Source.Camera;
    // Who chose another background is not seen before it is there (`backgrounds/apply.ts`).
    if (simulcast && choices().background && !track.getProcessor()) track.mediaStreamTrack.enabled = false;
    return room.localParticipant.publishTrack(track, { source, simulcast });
  }

  private async unshare(): Promise<void> {
    const tracks = [Track.Source.ScreenShare, Track.Source.ScreenShareAudio].flatMap((source) => this.kept.get(source) ?? []);
    for (const track of tracks) {
      this.kept.delete(track.source);
      track.stop();
    }
    this.touch(this.me);
    await Promise.allSettled(tracks.map((track) => this.offered?.localParticipant.unpublishTrack(track, true)));
  }

  private async taken(room: Room, sid: string): Promise<void> {
    const found = [...this.kept].find(([, track]) => track.sid === sid);
    if (!found || this.room !== room) return;
    this.kept.delete(found[0]);
    found[1].stop();
    this.touch(room.localParticipant);
    await this.tellDevices();
  }

  /** Ends the present room without ending what we publish. */
  private async drop(): Promise<void> {
    const room = this.room;
    this.room = this.offered = this.offering = undefined;
    this.views.silence();
    await room?.disconnect(false).catch(() => undefined);
  }

  private listen(room: Room): void {
    const of = (p?: Participant) => p && this.touch(p);
    // Also when it was not the bar that did it: a host mutes, a background gives up.
    const turned = (p: Participant) => {
      of(p);
      if (p.isLocal) void this.tellDevices();
    };
    const mine = () => this.room === room;
    const away = () => {
      if (!mine()) return;
      this.views.freeze();
      this.tell('reconnecting', {});
    };
    room
      .on(RoomEvent.ParticipantConnected, of)
      .on(RoomEvent.ParticipantDisconnected, (p) => {
        if (mine() && room.state === 'connected' && isPerson(p)) this.tell('gone', p.identity);
      })
      .on(RoomEvent.TrackSubscribed, (track: RemoteTrack, _, p) => {
        if (track.kind === Track.Kind.Audio) this.views.hear(track);
        this.views.refresh(room, p.identity);
        of(p);
      })
      .on(RoomEvent.TrackUnsubscribed, (track, _, p) => {
        if (track.kind === Track.Kind.Audio) this.views.unhear(track);
        of(p);
      })
      .on(RoomEvent.TrackPublished, (_, p) => of(p))
      .on(RoomEvent.TrackUnpublished, (_, p) => of(p))
      .on(RoomEvent.TrackMuted, (_, p) => turned(p))
      .on(RoomEvent.TrackUnmuted, (_, p) => {
        this.views.refresh(room, p.identity);
        turned(p);
      })
      .on(RoomEvent.LocalTrackPublished, (publication, p) => {
        // Also what LiveKit opened by itself, when somebody turned a device on during the call.
        if (publication.track) this.kept.set(publication.source, publication.track);
        this.views.refresh(room, p.identity);
        of(p);
      })
      .on(RoomEvent.LocalTrackUnpublished, (_, p) => of(p))
      .on(RoomEvent.ParticipantNameChanged, (_, p) => of(p))
      .on(RoomEvent.ParticipantAttributesChanged, (_, p) => of(p))
      .on(RoomEvent.ConnectionQualityChanged, (_, p) => of(p))
      .on(RoomEvent.ActiveSpeakersChanged, (now) => {
        [...this.speakers, ...now].forEach(of);
        this.speakers = now;
      })
      .on(RoomEvent.AudioPlaybackStatusChanged, () => this.tell('muffled', !room.canPlaybackAudio))
      .on(RoomEvent.Reconnecting, away)
      .on(RoomEvent.SignalReconnecting, away)
      .on(RoomEvent.Reconnected, () => {
        if (!mine()) return;
        // What was switched meanwhile LiveKit may have told nobody.
        for (const track of this.kept.values()) if (track.sid) engine(room).updateMuteStatus(track.sid, track.isMuted);
        this.snapshot();
        this.tell('reconnected', {});
      })
      .on(RoomEvent.Disconnected, (reason) => {
        // Ours only: a failed first connection is the answer of connect(), and leave() has forgotten the room.
        if (!mine()) return;
        this.room = this.offered = this.offering = undefined;
        this.views.silence();
        this.tell('lost', reason === undefined ? '' : DisconnectReason[reason]);
      });
    room.localParticipant.on(ParticipantEvent.ParticipantPermissionsChanged, () => this.tellRights());
    // LiveKit's server took it, because a host did: it is not offered again, and the camera's light goes out.
    engine(room).on('localTrackUnpublished', ({ trackSid }) => void this.taken(room, trackSid));
  }

  /** Several events of one moment become one message for each participant. */
  private touch(p?: Participant): void {
    if (!p || !isPerson(p)) return;
    if (this.changed.size === 0) {
      queueMicrotask(() => {
        const people = [...this.changed];
        this.changed.clear();
        const room = this.room;
        for (const each of people) {
          // While the connection is gone the page keeps what it has of others. Who leaves loses their tracks first: that must not
          // bring them back.
          const here = room?.state === 'connected' && each === room.remoteParticipants.get(each.identity);
          if (here || each === this.me) this.tell('person', person(each, this.kept));
        }
      });
    }
    this.changed.add(p);
  }

  private snapshot(): void {
    const room = this.room;
    if (!room) return;
    const all = [room.localParticipant, ...room.remoteParticipants.values()].filter(isPerson);
    this.tell('everybody', all.map((p) => person(p, this.kept)));
  }

  private tellRights(): void {
    const permissions = this.room?.localParticipant.permissions;
    const sources = permissions?.canPublishSources ?? [];
    // TrackSource in LiveKit's protocol: camera 1, microphone 2, screen share 3. An empty list allows all.
    const may = (source: number) => (permissions?.canPublish ?? true) && (sources.length === 0 || sources.includes(source));
    this.tell('rights', { mic: may(2), camera: may(1), share: may(3) });
  }

  private async tellDevices(): Promise<void> {
    const [mics, cameras, speakers] = await Promise.all([list('audioinput'), list('videoinput'), list('audiooutput')]);
    const wish = choices();
    const id = (source: Track.Source) => this.kept.get(source)?.mediaStreamTrack.getSettings().deviceId;
    const state: DeviceState = {
      mic: { on: this.kept.get(SOURCE.mic)?.isMuted === false, trouble: this.trouble.mic, id: chosen(mics, id(SOURCE.mic), wish.micId), list: mics, silent: false },
      camera: { on: this.kept.get(SOURCE.camera)?.isMuted === false, trouble: this.trouble.camera, id: chosen(cameras, id(SOURCE.camera), wish.cameraId), list: cameras },
      speaker: { id: chosen(speakers, wish.speakerId), list: speakers, choosable: canChooseSpeaker && speakers.length > 0 },
      asking: false,
    };
    this.tell('devices', state);
  }

  private tell(event: string, body: unknown): void {
    if (!this.left) this.send(JSON.stringify({ [event]: body }));
  }
}
