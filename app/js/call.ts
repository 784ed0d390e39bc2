// The call: a thin layer over livekit-client that speaks plain objects (as JSON) to the page. One `Call` outlives many
// `Room`s: after a lost connection the page asks for admission again and connects anew, and what was published is
// published again.
import {
  DisconnectReason, LocalAudioTrack, LocalVideoTrack, ParticipantEvent, PublishTrackError, Room, RoomEvent,
  ScreenSharePresets, Track,
  setLogLevel,
  type LocalTrack, type LocalTrackPublication, type Participant, type RemoteTrack,
} from 'livekit-client';
import { stayAwake } from './awake';
import { choices, remember } from './choices';
import { audioConstraints, canChooseSpeaker, chosen, list, picture, videoConstraints, type DeviceState } from './list';
import { isPerson, person } from './people';
import { stats } from './stats';
import { troubleOf, type Kind, type Trouble } from './trouble';
import { Views } from './views';
import { warm } from './warm';

const SOURCE = { mic: Track.Source.Microphone, camera: Track.Source.Camera } as const;
// LiveKit's own attempts end early: after about five seconds asking us again is quicker, because only we can say that
// the room must be made anew.
const DELAYS = [0, 300, 700, 1200, 1800];

/** What LiveKit's client tells only inside itself: which track of ours its server ended. */
type Engine = { on(event: 'localTrackUnpublished', told: (track: { trackSid: string }) => void): void };

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
  private readonly kept = new Map<Track.Source, LocalTrack>();
  private readonly views = new Views(this.kept);
  private readonly trouble: Record<Kind, Trouble> = { mic: '', camera: '' };
  private readonly changed = new Set<Participant>();
  private speakers: Participant[] = [];
  private left = false;
  /** The room in which what is kept has been offered. */
  private offered?: Room;
  private offering?: Promise<unknown>;
  private readonly turning = new Set<Kind>();
  private readonly devices = () => void this.tellDevices();

  constructor(private readonly send: (event: string) => void) {
    navigator.mediaDevices?.addEventListener('devicechange', this.devices);
    Object.assign(window, { visavis: { stats: () => stats(this.room) } });
  }

  /**
   * A track of the prejoin, no copy of it: the camera's light never blinks. May come during the call, when somebody was
   * quicker than their device or than their answer to the browser's question.
   */
  adopt(kind: Kind, media: MediaStreamTrack): void {
    const { micId, cameraId } = choices();
    const source = SOURCE[kind];
    if (this.left || this.kept.has(source) || this.turning.has(kind)) return media.stop();
    const track = kind === 'mic' ? new LocalAudioTrack(media, audioConstraints(micId), false) : new LocalVideoTrack(media, videoConstraints(cameraId), false);
    this.kept.set(source, track);
    const room = this.offered;
    if (room) void this.offer(room, source, track).then(() => this.tellDevices());
  }

  /** Resolves to '' when connected, else to a word for the log. */
  async connect(url: string, token: string): Promise<string> {
    await this.drop();
    stayAwake(true);
    const { micId, cameraId, speakerId } = choices();
    const room = new Room({
      adaptiveStream: true,
      dynacast: true,
      stopLocalTrackOnUnpublish: false,
      disconnectOnPageLeave: true,
      audioCaptureDefaults: { ...audioConstraints(micId) },
      videoCaptureDefaults: { deviceId: cameraId ? { ideal: cameraId } : undefined, resolution: picture() },
      audioOutput: canChooseSpeaker && speakerId ? { deviceId: speakerId } : undefined,
      reconnectPolicy: { nextRetryDelayInMs: ({ retryCount }) => DELAYS[retryCount] ?? null },
    });
    this.room = room;
    this.listen(room);
    void this.equip(room);
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
    this.snapshot();
    this.views.refresh(room);
    this.tellRights();
    // We are in now; others see and hear us a moment later.
    this.offered = room;
    this.offering = Promise.all([...this.kept].map(([source, track]) => this.offer(room, source, track))).then(() => this.tellDevices());
    return '';
  }

  /** What one gets once one is in is a script of its own (`inside.ts`); it is tried again while the network is bad. */
  private async equip(room: Room): Promise<void> {
    const script = document.getElementById('meeting')?.dataset.insideScript ?? '';
    for (let attempt = 0; this.room === room; attempt += 1) {
      try {
        // A browser may remember that a script could not be had, by its address.
        const { joined } = (await import(attempt ? `${script}?${attempt}` : script)) as { joined(room: Room): Promise<void> };
        return await joined(room);
      } catch {
        await new Promise((resolve) => setTimeout(resolve, Math.min(30_000, 1000 * 2 ** attempt)));
      }
    }
  }

  async turn(kind: Kind, on: boolean): Promise<void> {
    const { room } = this;
    if (!room) return;
    const me = room.localParticipant;
    remember({ [kind]: on });
    this.turning.add(kind);
    try {
      this.trouble[kind] = '';
      // Off is off at once. What is still being published LiveKit would not hear of, and leave on.
      const track = this.kept.get(SOURCE[kind]);
      if (!on && track) track.mediaStreamTrack.enabled = false;
      await this.offering;
      if (kind === 'mic') await me.setMicrophoneEnabled(on);
      else if (on && !track) for (const fresh of await me.createTracks({ video: true })) await this.offer(room, SOURCE.camera, fresh);
      else await me.setCameraEnabled(on);
    } catch (error) {
      this.trouble[kind] = await troubleOf(error, kind);
      this.tell('refused', { kind, trouble: this.trouble[kind] });
    }
    this.turning.delete(kind);
    this.touch(me);
    await this.tellDevices();
  }

  async pick(kind: Kind | 'speaker', id: string): Promise<void> {
    remember({ [`${kind}Id`]: id });
    const device = { mic: 'audioinput', camera: 'videoinput', speaker: 'audiooutput' } as const;
    try {
      await this.room?.switchActiveDevice(device[kind], id);
    } catch (error) {
      if (kind !== 'speaker') this.tell('refused', { kind, trouble: await troubleOf(error, kind) });
    }
    await this.tellDevices();
  }

  async share(on: boolean): Promise<void> {
    const room = this.room;
    if (!room) return;
    if (!on) return this.unshare(room);
    let tracks: LocalTrack[];
    try {
      tracks = await room.localParticipant.createScreenTracks({
        audio: true, contentHint: 'detail', selfBrowserSurface: 'include', surfaceSwitching: 'include', systemAudio: 'include',
        resolution: ScreenSharePresets.h1080fps15.resolution,
      });
    } catch (error) {
      // To close the browser's chooser is no fault; to be stopped by the system is.
      if (error instanceof Error && /system/i.test(error.message)) this.tell('refused', { kind: 'share', trouble: 'system' });
      return;
    }
    for (const track of tracks) {
      track.mediaStreamTrack.addEventListener('ended', () => void this.unshare(this.room));
      this.kept.set(track.source, track);
    }
    const done = await Promise.allSettled(tracks.map((track) => this.publish(room, track.source, track)));
    if (done.some(({ status }) => status === 'rejected')) {
      await this.unshare(room);
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

  /** Publishes what was open already; what cannot be sent is switched off, never silently unless the room forbids it. */
  private async offer(room: Room, source: Track.Source, track: LocalTrack): Promise<void> {
    try {
      await this.publish(room, source, track);
    } catch (error) {
      if (this.room !== room || room.state !== 'connected') return;
      this.kept.delete(source);
      track.stop();
      const kind = source === SOURCE.mic ? 'mic' : source === SOURCE.camera ? 'camera' : 'share';
      const forbidden = error instanceof PublishTrackError && error.status === 403;
      if (!forbidden) this.tell('refused', { kind, trouble: 'failed' });
    }
    this.touch(room.localParticipant);
  }

  private publish(room: Room, source: Track.Source, track: LocalTrack): Promise<LocalTrackPublication> {
    const simulcast = source === Track.Source.Camera;
    // Who chose another background is not seen before it is there (`backgrounds/apply.ts`).
    if (simulcast && choices().background && !track.getProcessor()) track.mediaStreamTrack.enabled = false;
    return room.localParticipant.publishTrack(track, { source, simulcast });
  }

  private async unshare(room: Room | undefined): Promise<void> {
    for (const source of [Track.Source.ScreenShare, Track.Source.ScreenShareAudio]) {
      const track = this.kept.get(source);
      this.kept.delete(source);
      if (!track) continue;
      await room?.localParticipant.unpublishTrack(track, true).catch(() => undefined);
      track.stop();
    }
    if (room) this.touch(room.localParticipant);
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
    this.room = this.offered = undefined;
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
        this.snapshot();
        this.tell('reconnected', {});
      })
      .on(RoomEvent.Disconnected, (reason) => {
        // Ours only: a failed first connection is the answer of connect(), and leave() has forgotten the room.
        if (!mine()) return;
        this.room = this.offered = undefined;
        this.views.silence();
        this.tell('lost', reason === undefined ? '' : DisconnectReason[reason]);
      });
    room.localParticipant.on(ParticipantEvent.ParticipantPermissionsChanged, () => this.tellRights());
    // LiveKit's server took it, because a host did: it is not offered again, and the camera's light goes out.
    (room.engine as unknown as Engine).on('localTrackUnpublished', ({ trackSid }) => void this.taken(room, trackSid));
  }

  /** Several events of one moment become one message for each participant. */
  private touch(p: Participant): void {
    if (!isPerson(p)) return;
    if (this.changed.size === 0) {
      queueMicrotask(() => {
        const people = [...this.changed];
        this.changed.clear();
        const room = this.room;
        // While the connection is gone the page keeps what it has.
        if (room?.state !== 'connected') return;
        for (const each of people) {
          // Who leaves loses their tracks first: that must not bring them back.
          const here = each === room.localParticipant || each === room.remoteParticipants.get(each.identity);
          if (here) this.tell('person', person(each, this.kept));
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
    const room = this.room;
    if (!room) return;
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
    this.send(JSON.stringify({ [event]: body }));
  }
}
