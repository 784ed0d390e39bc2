// What LiveKit's client keeps inside itself and the call needs all the same.
import { Room, ScreenSharePresets, type LocalParticipant, type LocalTrack } from 'livekit-client';
import { choices } from './choices';
import { audioConstraints, canChooseSpeaker, picture } from './list';

interface Engine {
  /** Which track of ours its server ended. */
  on(event: 'localTrackUnpublished', told: (track: { trackSid: string }) => void): void;
  updateMuteStatus(sid: string, muted: boolean): void;
}

export const engine = (room: Room): Engine => room.engine as unknown as Engine;

// LiveKit's own attempts end early: after about five seconds asking us again is quicker, because only we can say that
// the room must be made anew.
const DELAYS = [0, 300, 700, 1200, 1800];

/** A room to connect to, with the devices as they were chosen. */
export function room(): Room {
  const { micId, cameraId, speakerId } = choices();
  return new Room({
    adaptiveStream: true,
    dynacast: true,
    stopLocalTrackOnUnpublish: false,
    disconnectOnPageLeave: true,
    audioCaptureDefaults: { ...audioConstraints(micId) },
    videoCaptureDefaults: { deviceId: cameraId ? { ideal: cameraId } : undefined, resolution: picture() },
    audioOutput: canChooseSpeaker && speakerId ? { deviceId: speakerId } : undefined,
    reconnectPolicy: { nextRetryDelayInMs: ({ retryCount }) => DELAYS[retryCount] ?? null },
  });
}

/** What of the screen somebody chooses to show. */
export function screen(me: LocalParticipant): Promise<LocalTrack[]> {
  return me.createScreenTracks({
    audio: true, contentHint: 'detail', selfBrowserSurface: 'include', surfaceSwitching: 'include', systemAudio: 'include',
    resolution: ScreenSharePresets.h1080fps15.resolution,
  });
}
