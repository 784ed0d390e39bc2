// Prejoin: camera, microphone and speaker. Opens them with one question of the browser's and hands the very same tracks
// to the call.
import { choices, remember as store, type Choices } from './choices';
import { keep, kept } from './hands/name';
import { audioConstraints, canChooseSpeaker, chosen, list, videoConstraints, type DeviceState } from './list';
import { Meter } from './meter';
import { playTone } from './tone';
import { onPermission, permission, troubleOf, type Kind, type Trouble } from './trouble';

/** The name somebody came in with; what they were called before is over. */
export function remember(changes: Partial<Choices>): void {
  store(changes);
  keep('');
}

/** The name chosen during the call that this tab was in, else, where there is none, the one typed last time. */
export function prefill(field: HTMLInputElement): void {
  const chosen = kept();
  if (chosen && document.activeElement !== field) field.value = chosen;
  else field.value ||= choices().name;
}

export function open(emit: (state: string) => void): Devices {
  return new Devices(emit);
}

interface Call {
  adopt(kind: Kind, media: MediaStreamTrack): void;
}

class Devices {
  private readonly track: Record<Kind, MediaStreamTrack | null> = { mic: null, camera: null };
  private readonly trouble: Record<Kind, Trouble> = { mic: '', camera: '' };
  private readonly meter = new Meter((is) => {
    this.silent = is;
    void this.tell();
  });
  private view: HTMLVideoElement | null = null;
  private silent = false;
  private asking = false;
  private closed = false;
  private handedOver?: Call;
  private readonly changed = () => void this.tell();

  constructor(private readonly emit: (state: string) => void) {
    navigator.mediaDevices?.addEventListener('devicechange', this.changed);
    for (const kind of ['mic', 'camera'] as const) {
      void onPermission(kind, (state) => {
        // In the call nothing goes on unasked: there a press tries again.
        if (!this.closed && state === 'granted' && this.trouble[kind] === 'denied') void this.turn(kind, true);
      });
    }
  }

  /** Opens what was on last time. */
  async start(): Promise<void> {
    const { mic, camera } = choices();
    const wanted = (['mic', 'camera'] as const).filter((kind) => (kind === 'mic' ? mic : camera));
    if (wanted.length === 2) await this.both();
    else if (wanted[0]) await this.one(wanted[0]);
    await this.tell();
  }

  async turn(kind: Kind, on: boolean): Promise<void> {
    store({ [kind]: on });
    this.drop(kind);
    this.trouble[kind] = '';
    if (on) await this.one(kind);
    await this.tell();
  }

  async pick(kind: Kind | 'speaker', id: string): Promise<void> {
    store({ [`${kind}Id`]: id });
    if (kind !== 'speaker' && this.track[kind]) {
      this.drop(kind);
      await this.one(kind);
    }
    await this.tell();
  }

  preview(view: HTMLVideoElement | null): void {
    this.view = view;
    if (view) view.srcObject = this.track.camera ? new MediaStream([this.track.camera]) : null;
  }

  paintLevel(bars: HTMLElement | null): void {
    this.meter.paintOn(bars);
  }

  testSpeaker(): Promise<void> {
    return playTone(choices().speakerId).catch(() => undefined);
  }

  /** Hands the tracks over; from here on they are the call's. So are those that are still being opened. */
  handOver(call: Call): void {
    this.handedOver = call;
    for (const kind of ['mic', 'camera'] as const) {
      const track = this.track[kind];
      if (!track) continue;
      track.onended = null;
      call.adopt(kind, track);
    }
    this.track.mic = this.track.camera = null;
    // The preview keeps its picture until the call stands.
    this.view = null;
    this.close();
  }

  close(): void {
    this.closed = true;
    this.meter.stop();
    this.drop('mic');
    this.drop('camera');
    navigator.mediaDevices?.removeEventListener('devicechange', this.changed);
  }

  private async both(): Promise<void> {
    const { micId, cameraId } = choices();
    try {
      this.keep(await this.ask({ audio: audioConstraints(micId), video: videoConstraints(cameraId) }));
    } catch (error) {
      const refused = error instanceof Error && error.name === 'NotAllowedError';
      // Asking again after a refusal would nag; only what is allowed already is opened then.
      await Promise.all(
        (['mic', 'camera'] as const).map(async (kind) => {
          if (refused && (await permission(kind)) !== 'granted') this.trouble[kind] = await troubleOf(error, kind);
          else await this.one(kind);
        }),
      );
    }
  }

  private async one(kind: Kind): Promise<void> {
    const { micId, cameraId } = choices();
    try {
      this.keep(await this.ask(kind === 'mic' ? { audio: audioConstraints(micId) } : { video: videoConstraints(cameraId) }));
      this.trouble[kind] = '';
    } catch (error) {
      this.trouble[kind] = await troubleOf(error, kind);
    }
  }

  private async ask(constraints: MediaStreamConstraints): Promise<MediaStream> {
    const late = setTimeout(() => {
      this.asking = true;
      void this.tell();
    }, 400);
    try {
      return await navigator.mediaDevices.getUserMedia(constraints);
    } finally {
      clearTimeout(late);
      this.asking = false;
    }
  }

  private keep(stream: MediaStream): void {
    for (const track of stream.getTracks()) {
      const kind: Kind = track.kind === 'audio' ? 'mic' : 'camera';
      if (this.closed || this.track[kind]) {
        if (this.handedOver) this.handedOver.adopt(kind, track);
        else track.stop();
        continue;
      }
      this.track[kind] = track;
      track.onended = () => void this.lost(kind);
      if (kind === 'mic') this.meter.listen(track);
      else this.preview(this.view);
    }
  }

  /** Unplugged, or the permission was taken away: off, and no new question. */
  private async lost(kind: Kind): Promise<void> {
    this.drop(kind);
    this.trouble[kind] = (await permission(kind)) === 'denied' ? 'denied' : 'missing';
    await this.tell();
  }

  private drop(kind: Kind): void {
    const track = this.track[kind];
    if (track) track.onended = null;
    track?.stop();
    this.track[kind] = null;
    if (kind === 'mic') {
      this.silent = false;
      this.meter.stop();
    } else this.preview(this.view);
  }

  private async tell(): Promise<void> {
    const [mics, cameras, speakers] = await Promise.all([list('audioinput'), list('videoinput'), list('audiooutput')]);
    if (this.closed) return;
    const wish = choices();
    const { mic, camera } = this.track;
    const state: DeviceState = {
      mic: { on: !!mic, trouble: this.trouble.mic, id: chosen(mics, mic?.getSettings().deviceId, wish.micId), list: mics, silent: this.silent },
      camera: { on: !!camera, trouble: this.trouble.camera, id: chosen(cameras, camera?.getSettings().deviceId, wish.cameraId), list: cameras },
      speaker: { id: chosen(speakers, wish.speakerId), list: speakers, choosable: canChooseSpeaker && speakers.length > 0 },
      asking: this.asking,
    };
    this.emit(JSON.stringify(state));
  }
}
