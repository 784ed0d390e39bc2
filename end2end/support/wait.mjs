// Waiting for things that take their time.

export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Asks until the answer is truthy, and returns it; otherwise fails with `what` and the last answer. */
export async function until(what, ask, { within = 15_000, every = 100, show = (last) => last } = {}) {
  const end = Date.now() + within;
  let last;
  let error;
  while (Date.now() < end) {
    try {
      last = await ask();
      error = undefined;
      if (last) return last;
    } catch (caught) {
      error = caught;
    }
    await pause(every);
  }
  throw new Error(`not within ${within} ms: ${what} (${error ? error.message : JSON.stringify(await show(last))})`);
}
