// Who is in the small window: a few seats, and nobody moves without need. Pure.
export const SEATS = 4;

/** Something to show: whose, and the camera or the screen. */
export interface Scene {
  identity: string;
  source: 'camera' | 'screen_share';
}

export interface Present {
  identity: string;
  own: boolean;
  screen: boolean;
  /** Large for oneself or for everybody. */
  large: boolean;
  speaking: boolean;
}

export const keyOf = ({ identity, source }: Scene): string => `${source} ${identity}`;

/** Screens first, then who is large, then who speaks, then the others, oneself last. Who has a seat keeps it while there is a reason. */
export function seated(before: readonly Scene[], all: readonly Present[]): Scene[] {
  const screens = all.filter(({ screen, own }) => screen && !own).slice(0, SEATS).map(({ identity }): Scene => ({ identity, source: 'screen_share' }));
  const had = new Set(before.map(keyOf));
  const rank = (one: Present) => {
    const sits = had.has(keyOf({ identity: one.identity, source: 'camera' }));
    return one.large ? 0 : one.speaking && !one.own ? 1 : sits && !one.own ? 2 : one.own ? 4 : 3;
  };
  const people = [...all].sort((a, b) => rank(a) - rank(b)).map(({ identity }): Scene => ({ identity, source: 'camera' }));
  const wanted = [...screens, ...people].slice(0, SEATS);
  const keys = new Set(wanted.map(keyOf));
  const fresh = wanted.filter((one) => !had.has(keyOf(one)));
  // Those who stay, stay where they are; who is new takes the place of whoever goes.
  const kept = before.flatMap((one) => (keys.has(keyOf(one)) ? [one] : (fresh.shift() ?? [])));
  const now = [...kept, ...fresh].slice(0, SEATS);
  const isScreen = (one: Scene) => one.source === 'screen_share';
  return [...now.filter(isScreen), ...now.filter((one) => !isScreen(one))];
}

/** Where there is room for one alone: a screen, else who is large, else who speaks, or was the last to. */
export function first(before: Scene | undefined, all: readonly Present[]): Scene | undefined {
  const others = all.filter(({ own }) => !own);
  const screen = others.find(({ screen }) => screen);
  if (screen) return { identity: screen.identity, source: 'screen_share' };
  const last = others.find(({ identity }) => before?.source === 'camera' && before.identity === identity);
  const speaks = last?.speaking ? last : others.find(({ speaking }) => speaking);
  const one = others.find(({ large }) => large) ?? speaks ?? last ?? others[0] ?? all[0];
  return one && { identity: one.identity, source: 'camera' };
}
