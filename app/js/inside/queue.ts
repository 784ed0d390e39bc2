// What waits to be said, in which order. Pure.

/** `group`: of these only one waits at a time. */
export type Sentence = { text: string; group?: string | undefined };

/**
 * Fifty messages keep nothing waiting that a host decides: those of a group come last, and a second one of it changes the one that waits
 * to `more`. Nothing twice in a row.
 */
export function enqueue(waiting: Sentence[], text: string, group?: string, more = text): void {
  if (!text || waiting.at(-1)?.text === text) return;
  const same = group && waiting.find((one) => one.group === group);
  if (same) {
    same.text = more;
    return;
  }
  const later = group ? -1 : waiting.findIndex((one) => one.group);
  waiting.splice(later < 0 ? waiting.length : later, 0, { text, group });
}
