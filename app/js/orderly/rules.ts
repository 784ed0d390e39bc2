// What hosts decided about everybody, as the room's metadata have it: only our server writes them. Pure.

/** What each of those who are no hosts may do, and whether whoever comes now has to be admitted. */
export interface Rules {
  microphone: boolean;
  camera: boolean;
  share: boolean;
  chat: boolean;
  mute: boolean;
  locked: boolean;
}

const object = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {});

function parsed(metadata: string | undefined): unknown {
  try {
    return JSON.parse(metadata || '{}');
  } catch {
    return undefined;
  }
}

/** What is not said is allowed. */
export function read(metadata: string | undefined): Rules {
  const said = object(parsed(metadata));
  const configuration = object(said.configuration);
  const sources = configuration.can_publish_sources;
  const may = (source: string) => !Array.isArray(sources) || sources.includes(source);
  return {
    microphone: may('microphone'),
    camera: may('camera'),
    share: may('screen_share'),
    chat: object(said.chat).on !== false,
    // The contract's `null` means no; only what is absent means yes.
    mute: configuration.everyone_can_mute === undefined || configuration.everyone_can_mute === true,
    locked: said.locked === true,
  };
}

/** What differs, as it is now. */
export function changes(before: Rules, now: Rules): [keyof Rules, boolean][] {
  return (Object.keys(now) as (keyof Rules)[]).filter((key) => before[key] !== now[key]).map((key) => [key, now[key]]);
}
