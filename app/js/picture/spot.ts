// Whom hosts show large to everybody, as the room's metadata have it: only our server writes them. Pure.
const MOST = 3;
const LONGEST = 255;

export function listed(metadata: string | undefined): string[] {
  try {
    const read = JSON.parse(metadata || '{}') as { spotlight?: unknown } | null;
    const all: unknown[] = Array.isArray(read?.spotlight) ? read.spotlight : [];
    const fine = all.filter((one): one is string => typeof one === 'string' && one !== '' && one.length <= LONGEST && !one.includes('\n'));
    return [...new Set(fine)].slice(0, MOST);
  } catch {
    return [];
  }
}
