// What nobody of good will sends: every answer is clear, nothing breaks, nothing is lost.
import assert from 'node:assert/strict';
import net from 'node:net';
import { test } from 'node:test';
import { form, request, signedIn } from '../support/http.mjs';
import { world } from '../support/world.mjs';

let cookie;
let csrf;
const here = world({
  async prepare({ server }) {
    await server.addUser('odd@example.org', 'Odd Input');
    cookie = await signedIn(server, 'odd@example.org');
    csrf = cookie.match(/csrftoken=([^;]+)/)[1];
  },
});
const API = '/api/v1.0/rooms/';

const api = (body, headers = {}) => request(here.server, API, {
  method: 'POST',
  headers: { cookie, 'x-csrftoken': csrf, 'content-type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const count = async () => JSON.parse((await request(here.server, API, { headers: { cookie } })).body).count;

test('bodies: oversize, broken, of the wrong kind', async () => {
  const before = await count();
  // Just over the limit: a much larger body meets a closed connection before the answer can be read.
  const large = 'x'.repeat(270_000);
  assert.equal((await api({ name: large })).status, 413);
  assert.equal((await form(here.server, '/rooms', { name: large }, { cookie, headers: { accept: 'text/html' } })).status, 413);
  assert.equal((await form(here.server, '/sign-in', { email: large, password: large })).status, 413);
  for (const body of ['{"name":', '[1,2', '\u0000', '"', 'name=x']) {
    const answer = await api(body);
    assert.equal(answer.status, 400, body);
    assert.ok(JSON.parse(answer.body), body);
  }
  for (const body of ['[]', '3', 'null', '{"name":3}', '{"name":["a"]}', '{"name":{"a":1}}', '{"name":null}', '{}']) {
    assert.equal((await api(body)).status, 400, body);
  }
  assert.equal((await api('['.repeat(100_000))).status, 400, 'deeply nested');
  assert.equal((await api('{"name":"a"}', { 'content-type': 'text/plain' })).status, 415);
  for (const fields of ['%ff%fe=%zz', 'name=%00', '=&=&&', 'name']) {
    const answer = await request(here.server, '/sign-in', {
      method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }, body: fields,
    });
    assert.ok(answer.status >= 300 && answer.status < 500, `${fields}: ${answer.status}`);
  }
  assert.equal(await count(), before);
});

test('names: over-long, turned round, emoji, control characters, reserved', async () => {
  const made = async (name) => {
    const answer = await api({ name });
    return { status: answer.status, ...JSON.parse(answer.body) };
  };
  const refused = ['', '   ', '\u202e\u202c', '\u200b', '\u0000\u0007', 'x'.repeat(501), 'x'.repeat(150), 'sign-in', 'Sign In', 'API', 'livekit',
    'healthz', '2c3a3ab1-6a1f-4f0c-9e2f-b1e1a7f6a0aa'];
  for (const name of refused) assert.equal((await made(name)).status, 400, JSON.stringify(name.slice(0, 40)));
  const accepted = [
    ['\u202eRound\u202c table', 'Round table', 'round-table'],
    ['Tab\tand\nline\u0000', 'Tab and line', 'tab-and-line'],
    ['👩‍👩‍👧 Família', '👩‍👩‍👧 Família', 'familia'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>', 'scriptalert1script'],
    ['مكتب الترجمة', 'مكتب الترجمة', /^[a-z]{3}-[a-z]{4}-[a-z]{3}$/],
    ['🙂', '🙂', /^[a-z]{3}-[a-z]{4}-[a-z]{3}$/],
  ];
  for (const [name, kept, slug] of accepted) {
    const room = await made(name);
    assert.equal(room.status, 201, name);
    assert.equal(room.name, kept);
    if (typeof slug === 'string') assert.equal(room.slug, slug);
    else assert.match(room.slug, slug);
  }
  assert.equal((await made('Round table')).status, 400, 'a second room of one link');
  const home = await request(here.server, '/', { headers: { cookie, accept: 'text/html' } });
  assert.ok(home.body.includes('&lt;script&gt;alert(1)') && !home.body.includes('<script>alert'), 'names are text');
});

test('names in the prejoin, shown as they are meant', async () => {
  const { server } = here;
  const slug = JSON.parse((await api({ name: 'Odd names' })).body).slug;
  await here.with([{ name: '\u202e<b>Mallory</b>\u202c' }, { name: '🙂'.repeat(20) }], async (mallory, smiler) => {
    await mallory.join(slug);
    await smiler.join(slug);
    await mallory.hasTiles(2);
    const text = await smiler.page.locator('body').innerText();
    assert.ok(text.includes('<b>Mallory</b>') && !text.includes('\u202e'), text);
    assert.equal(await smiler.page.locator('b', { hasText: /^Mallory$/ }).count(), 0);
  });
  const enter = (name) => request(server, '/fn/enter', {
    method: 'POST', headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }, body: JSON.stringify({ request: { slug, name, again: false } }),
  });
  assert.equal((await enter('x'.repeat(5000))).status, 400);
  assert.equal((await enter('  ')).status, 400);
  assert.equal((await enter('fine')).status, 200);
});

test('another site’s requests are refused', async () => {
  const before = await count();
  for (const headers of [{ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, { 'sec-fetch-site': 'same-site', origin: 'http://evil.localhost' }]) {
    for (const [path, fields] of [['/rooms', {}], ['/sign-out', {}], ['/sign-in', { email: 'a@b.org', password: 'x' }], ['/join', { code: 'x' }]]) {
      assert.equal((await form(here.server, path, fields, { cookie, headers })).status, 403, path);
    }
  }
  const old = { 'content-type': 'application/x-www-form-urlencoded', cookie, origin: 'https://evil.example' };
  assert.equal((await request(here.server, '/rooms', { method: 'POST', headers: old, body: '' })).status, 403, 'a browser without Fetch Metadata');
  assert.equal((await api({ name: 'no token' }, { 'x-csrftoken': 'wrong' })).status, 403, 'REST without the double submit');
  assert.equal(await count(), before);
});

test('paths', async () => {
  const gone = [
    '/assets/../Cargo.toml', '/assets/..%2f..%2fetc%2fpasswd', '/assets/%2e%2e/%2e%2e/etc/passwd', '/assets/....//etc/passwd', '/assets/%00',
    '/assets//etc/passwd', '/livekit/twirp/livekit.RoomService/ListRooms', '/livekit/', '/livekit/../twirp/x', '/livekit/rtc/../../twirp/x',
    '/livekit/rtc%2f..%2f..%2ftwirp', '/fn/nothing', '/api/v1.0/nothing', `/${'x'.repeat(3000)}`, '/%ff%fe', '/.git/config', '/rooms/x/y',
  ];
  for (const path of gone) {
    for (const method of ['GET', 'POST']) {
      const answer = await request(here.server, path, { method, headers: { 'sec-fetch-site': 'same-origin' } });
      assert.ok([400, 404, 405, 414].includes(answer.status), `${method} ${path.slice(0, 60)}: ${answer.status}`);
      assert.ok(!answer.body.includes('root:') && !answer.body.includes('[workspace]'));
    }
  }
  for (const path of ['/', '/sign-in', '/healthz', '/nowhere', '/api/v1.0/config/', '/assets/nothing']) {
    const { headers } = await request(here.server, path, { headers: { accept: 'text/html' } });
    assert.match(headers['content-security-policy'], /frame-ancestors 'none'/, path);
    assert.equal(headers['x-content-type-options'], 'nosniff', path);
    assert.equal(headers['referrer-policy'], 'same-origin', path);
    assert.ok(headers['x-request-id'], path);
    assert.doesNotMatch(headers['content-security-policy'], /unsafe-inline|'unsafe-eval'/, path);
  }
  const [one, two] = await Promise.all([1, 2].map(() => request(here.server, '/', { headers: { accept: 'text/html' } })));
  assert.notEqual(one.headers['content-security-policy'], two.headers['content-security-policy'], 'a nonce is used once');
});

test('not even HTTP', async () => {
  for (const text of ['\u0000\u0001\u0002\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', `GET / HTTP/1.1\r\nhost: ${'x'.repeat(100_000)}\r\n\r\n`, 'POST /rooms HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n']) {
    await new Promise((done) => {
      const socket = net.connect(here.server.ports.http, '127.0.0.1', () => socket.write(text));
      socket.setTimeout(1000, () => socket.destroy());
      socket.on('error', done).on('close', done);
      socket.resume();
    });
  }
  assert.equal((await request(here.server, '/healthz')).status, 200);
});
