// A reporter for node's test runner: the tests that failed, a line of JSON each, so that `run.sh` can name them and try them once more.
//   node failed.mjs LINE          what to run again: pattern, name and file, a line each
//   node failed.mjs LINE flaky    the same test in words

/** What a person needs of an error: its message and the first line of the test that it came from. */
function told(error) {
  const cause = error?.cause ?? error;
  const text = String(cause?.message ?? cause).slice(0, 1200);
  const place = String(cause?.stack ?? '').split('\n').find((line) => line.includes('.test.mjs'));
  return place ? `${text}\n${place.trim()}` : text;
}

export default async function* failed(events) {
  for await (const { type, data } of events) {
    if (type !== 'test:fail') continue;
    // A file "fails" whenever one of its tests does; only its hooks and what it loads are its own.
    if (data.details?.error?.failureType === 'subtestsFailed') continue;
    yield `${JSON.stringify({ file: data.file, name: data.name, error: told(data.details?.error) })}\n`;
  }
}

const [, self, line, verdict] = process.argv;
if (self?.endsWith('/failed.mjs') && line) {
  const { file, name, error } = JSON.parse(line);
  // The file itself stands in a test's place when it could not be loaded, or took too long.
  const pattern = name === file ? '.' : `^${name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`;
  console.log(verdict ? `${verdict}: ${name}\n${error.replaceAll(/^/gm, '    ')}` : [pattern, name, file].join('\n'));
}
