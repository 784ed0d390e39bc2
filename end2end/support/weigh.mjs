// What a page costs over the wire: headers and packed bodies, as Chromium counts them.

/** Loads it with an empty cache and waits until nothing more comes. Rows: url, type, encoding, bytes. */
export async function weigh(page, path, { settled = () => Promise.resolve() } = {}) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  const rows = new Map();
  devtools.on('Network.requestWillBeSent', ({ requestId, request }) => rows.set(requestId, { url: request.url, bytes: 0, encoding: '', type: '' }));
  devtools.on('Network.responseReceived', ({ requestId, response }) => {
    const name = Object.keys(response.headers).find((key) => key.toLowerCase() === 'content-encoding');
    Object.assign(rows.get(requestId) ?? {}, { type: response.mimeType, encoding: name ? response.headers[name] : '' });
  });
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const row = rows.get(requestId);
    if (row) row.bytes = encodedDataLength;
  });
  await page.goto(path, { waitUntil: 'networkidle' });
  await settled();
  await devtools.detach();
  return [...rows.values()].filter(({ url }) => !/^(data|blob):/.test(url));
}

export const total = (rows) => rows.reduce((sum, row) => sum + row.bytes, 0);

export function table(title, rows) {
  const lines = rows.map(({ url, encoding, bytes }) => `${String(bytes).padStart(9)}  ${encoding.padEnd(4)}  ${new URL(url).pathname}`);
  return `${title}\n${lines.join('\n')}\n${String(total(rows)).padStart(9)}  in all`;
}
