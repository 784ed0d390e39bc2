// What this browser receives, for support and for tests: window.visavis.stats(). Reveals nothing of anybody else.
import type { RemoteTrack, Room } from 'livekit-client';

export async function stats(room: Room | undefined): Promise<object[]> {
  const found: object[] = [];
  for (const participant of room?.remoteParticipants.values() ?? []) {
    for (const { track, source, kind } of participant.trackPublications.values()) {
      const report = await (track as RemoteTrack | undefined)?.receiver?.getStats();
      report?.forEach((entry: Record<string, unknown>) => {
        if (entry.type !== 'inbound-rtp') return;
        const { framesDecoded = 0, totalAudioEnergy = 0, packetsReceived = 0, frameWidth = 0, frameHeight = 0 } = entry;
        found.push({ identity: participant.identity, source, kind, framesDecoded, totalAudioEnergy, packetsReceived, frameWidth, frameHeight });
      });
    }
  }
  return found;
}
