// Which element shows whose picture, and the sound of everybody else.
import { Track, type Room } from 'livekit-client';
import type { Kept } from './people';

type Place = { identity: string; source: Track.Source };

export class Views {
  private readonly places = new Map<HTMLVideoElement, Place>();
  private sounds: HTMLMediaElement[] = [];
  /** Who we are; known before and after a connection, too. */
  private own = '';

  constructor(private readonly kept: Kept) {}

  show(room: Room | undefined, view: HTMLVideoElement, identity: string, source: Track.Source): void {
    this.places.set(view, { identity, source });
    this.fill(room, view);
  }

  hide(room: Room | undefined, view: HTMLVideoElement): void {
    const place = this.places.get(view);
    this.places.delete(view);
    if (place) this.track(room, place)?.detach(view);
    view.srcObject = null;
  }

  /** Tracks of this participant came or went; or all may have, because we are in as `own`. */
  refresh(room: Room | undefined, identity?: string, own = this.own): void {
    this.own = own;
    for (const [view, place] of this.places) {
      if (identity === undefined || place.identity === identity) this.fill(room, view);
    }
  }

  /** Keeps the last picture of each view while there is no stream: the browser shows it until new frames come. */
  freeze(): void {
    for (const view of this.places.keys()) {
      if (!view.videoWidth) continue;
      const canvas = document.createElement('canvas');
      const scale = Math.min(1, 640 / view.videoWidth);
      canvas.width = view.videoWidth * scale;
      canvas.height = view.videoHeight * scale;
      canvas.getContext('2d')?.drawImage(view, 0, 0, canvas.width, canvas.height);
      view.poster = canvas.toDataURL('image/jpeg', 0.7);
    }
  }

  hear(sound: Track): void {
    const player = sound.attach();
    player.hidden = true;
    document.body.append(player);
    this.sounds.push(player);
  }

  unhear(sound: Track): void {
    const gone = sound.detach();
    for (const player of gone) player.remove();
    this.sounds = this.sounds.filter((player) => !gone.includes(player));
  }

  silence(): void {
    for (const player of this.sounds) {
      player.srcObject = null;
      player.remove();
    }
    this.sounds = [];
  }

  private fill(room: Room | undefined, view: HTMLVideoElement): void {
    const place = this.places.get(view);
    const found = place && this.track(room, place);
    if (found && !found.attachedElements.includes(view)) found.attach(view);
  }

  private track(room: Room | undefined, { identity, source }: Place): Track | undefined {
    if (identity === this.own) return this.kept.get(source);
    return room?.remoteParticipants.get(identity)?.getTrackPublication(source)?.videoTrack;
  }
}
