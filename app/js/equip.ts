// What one gets once one is in is a script of its own (`inside.ts`); it is tried again while the network is bad.
import type { Room } from 'livekit-client';

export async function equip(room: Room, wanted: () => boolean): Promise<void> {
  const script = document.getElementById('meeting')?.dataset.insideScript ?? '';
  for (let attempt = 0; wanted(); attempt += 1) {
    try {
      // A browser may remember that a script could not be had, by its address.
      const { joined } = (await import(attempt ? `${script}?${attempt}` : script)) as { joined(room: Room): Promise<void> };
      return await joined(room);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, Math.min(30_000, 1000 * 2 ** attempt)));
    }
  }
}
