// As on a LAN: by this machine's own address, with a certificate of our own, for another computer's browser.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { everybodyReceives } from '../support/person.mjs';
import { world } from '../support/world.mjs';

// The certificate is made below; nobody signed it.
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';

const outside = Object.values(networkInterfaces()).flat().find((each) => each.family === 'IPv4' && !each.internal);
const address = outside?.address ?? '127.0.0.1';

function certificate() {
  const folder = mkdtempSync(join(tmpdir(), 'visavis-tls-'));
  const [cert, key] = ['cert.pem', 'key.pem'].map((name) => join(folder, name));
  const about = ['-subj', '/CN=visavis', '-addext', `subjectAltName=IP:${address}`];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', cert, ...about], { stdio: 'ignore' });
  return { VISAVIS_TLS_CERT: cert, VISAVIS_TLS_KEY: key };
}

const here = world({
  origin: (port) => `https://${address}:${port}`,
  env: (server) => ({ ...certificate(), VISAVIS_LISTEN: `0.0.0.0:${server.ports.http}`, VISAVIS_PUBLIC_URL: server.origin }),
});

test('two people meet over https, with cookies for https alone', async () => {
  await here.server.addUser('anna@example.org', 'Anna Lindqvist');
  const trusting = { ignoreHTTPSErrors: true };
  await here.with([{ name: 'Anna Lindqvist', ...trusting }, { name: 'Bert Bos', ...trusting }], async (anna, bert) => {
    await anna.signIn('anna@example.org');
    const slug = await anna.makeRoom('Over https');
    await anna.join(slug);
    await bert.join(slug);
    await everybodyReceives([anna, bert]);
    const cookies = await anna.context.cookies();
    for (const name of ['__Host-visavis', '__Host-lobbyParticipantId', 'csrftoken']) {
      assert.equal(cookies.find((cookie) => cookie.name === name)?.secure, true, name);
    }
    const home = await fetch(here.server.origin);
    assert.match(home.headers.get('strict-transport-security') ?? '', /max-age=\d{7,}/);
  });
});
