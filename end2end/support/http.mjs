// Requests as no browser would send them.
import http from 'node:http';

/** Sends the path as it stands, without tidying it up. Returns status, headers, body. */
export function request(server, path, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((done, fail) => {
    const sent = http.request({ host: '127.0.0.1', port: server.ports.http, path, method, headers: { host: `localhost:${server.ports.http}`, ...headers } });
    sent.on('response', (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts).toString() }));
      answer.on('error', fail);
    });
    sent.on('error', (error) => fail(new Error(`${method} ${path.slice(0, 100)}: ${error.message}`)));
    sent.setTimeout(15_000, () => sent.destroy(new Error('no answer')));
    sent.end(body);
  });
}

/** A form, as a page of ours sends it. */
export function form(server, path, fields, { cookie, headers = {} } = {}) {
  return request(server, path, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
      origin: server.origin,
      ...(cookie ? { cookie } : {}),
      ...headers,
    },
    body: new URLSearchParams(fields).toString(),
  });
}

/** The cookies that an answer set, for the next request. */
export function cookies(answer, before = '') {
  const jar = new Map(before.split('; ').filter(Boolean).map((pair) => [pair.split('=')[0], pair]));
  for (const line of answer.headers['set-cookie'] ?? []) {
    const [pair] = line.split(';');
    jar.set(pair.split('=')[0], pair);
  }
  return [...jar.values()].join('; ');
}

/** Signs in by link; the cookies. */
export async function signedIn(server, email) {
  const { pathname } = new URL(await server.link(email));
  return cookies(await form(server, pathname, {}));
}
