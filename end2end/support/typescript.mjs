// Pure parts of the browser half, loaded without a browser: one file that imports nothing.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const folder = new URL('../../app/js/', import.meta.url);

export async function load(path) {
  const { transformSync } = createRequire(new URL('package.json', folder))('esbuild');
  const { code } = transformSync(readFileSync(new URL(path, folder), 'utf8'), { loader: 'ts', format: 'esm' });
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}
