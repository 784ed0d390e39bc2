// When who comes into a meeting starts muted. Pure.

/** `others` were there first; more than `most` of them is a large meeting. */
export function startsMuted(others: number, most: number, wished: boolean): boolean {
  return wished && others > most;
}
