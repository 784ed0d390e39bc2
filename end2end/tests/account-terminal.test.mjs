// `visavis user …`: what the operator does at the terminal, and the exit codes that scripts read.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cookies, form, request, signedIn } from '../support/http.mjs';
import { BIN } from '../support/server.mjs';
import { world } from '../support/world.mjs';

const here = world();
const PASSWORD = 'correct horse battery';

/** Runs `visavis user …` as it is; `input` is its standard input. */
function user(args, input = '') {
  const { status, stdout, stderr } = spawnSync(BIN, ['user', ...args], { env: here.server.env, input, encoding: 'utf8', timeout: 30_000 });
  return { status, stdout: stdout.trim(), stderr };
}

test('accounts are shown, renamed, made administrators, closed and opened', async () => {
  const { server } = here;
  await server.addUser('rosa@example.org', 'Rosa P.');
  const show = () => JSON.parse(user(['show', 'rosa@example.org', '--json']).stdout);
  assert.equal(user(['name', 'rosa@example.org', server.keepSecret('Rosa Parks')]).status, 0);
  assert.equal(user(['admin', 'ROSA@example.org', 'on']).status, 0);
  assert.deepEqual([show().name, show().is_admin, show().is_active], ['Rosa Parks', true, true]);
  assert.match(user(['list']).stdout, /rosa@example\.org {2}Rosa Parks {2}\[administrator\]/);
  assert.equal(user(['admin', 'rosa@example.org', 'off']).status, 0);

  const cookie = await signedIn(server, 'rosa@example.org');
  const me = () => request(server, '/api/v1.0/users/me/', { headers: { cookie } });
  assert.equal((await me()).status, 200);
  const sessions = () => JSON.parse(user(['sessions', 'list', 'rosa@example.org', '--json']).stdout);
  assert.equal(sessions().length, 1);
  assert.equal(user(['deactivate', 'rosa@example.org']).status, 0);
  assert.equal((await me()).status, 401, 'at once');
  assert.equal(user(['activate', 'rosa@example.org']).status, 0);
  assert.equal((await me()).status, 401, 'opening brings no session back');
  assert.equal(show().is_active, true);

  const again = await signedIn(server, 'rosa@example.org');
  await signedIn(server, 'rosa@example.org');
  assert.equal(user(['sessions', 'end', 'rosa@example.org', sessions().at(0).key]).status, 0);
  assert.equal(sessions().length, 1);
  assert.equal(user(['sessions', 'end', 'rosa@example.org', '--all']).status, 0);
  assert.equal((await request(server, '/api/v1.0/users/me/', { headers: { cookie: again } })).status, 401);
});

test('a password comes from standard input and never from the command line', async () => {
  const { server } = here;
  await server.addUser('alan@example.org', 'Alan T.');
  const cookie = await signedIn(server, 'alan@example.org');
  assert.equal(user(['password', 'alan@example.org', PASSWORD]).status, 2, 'there is no place for it');
  assert.equal(user(['password', 'alan@example.org'], 'short\n').status, 1);
  assert.equal(user(['password', 'alan@example.org'], `${server.keepSecret(PASSWORD)}\n`).status, 0);
  assert.equal((await request(server, '/api/v1.0/users/me/', { headers: { cookie } })).status, 401, 'signed out everywhere');
  const answer = await form(server, '/sign-in', { email: 'alan@example.org', password: PASSWORD });
  assert.equal(answer.headers.location, '/');
  assert.match(cookies(answer), /sessionid=/);
});

test('a copy is written once, for its owner alone to read', async () => {
  const { server } = here;
  await server.addUser('mary@example.org', 'Mary S.');
  const file = join(server.data, 'mary.zip');
  assert.equal(user(['export', 'mary@example.org', file]).status, 0);
  assert.ok(existsSync(file) && (statSync(file).mode & 0o077) === 0);
  const again = user(['export', 'mary@example.org', file]);
  assert.equal(again.status, 1);
  assert.match(again.stderr, /cannot be made/);
});

test('an account with rooms is deleted only with a word on them', async () => {
  const { server } = here;
  await server.addUser('leaver@example.org', 'Leaver');
  await server.addUser('heir@example.org', 'Heir');
  const cookie = await signedIn(server, 'leaver@example.org');
  await form(server, '/rooms', { name: 'Left behind' }, { cookie });
  const undecided = user(['delete', 'leaver@example.org']);
  assert.equal(undecided.status, 1);
  assert.match(undecided.stderr, /left-behind/);
  assert.equal(user(['delete', 'leaver@example.org', '--delete-rooms', '--hand-over-to', 'heir@example.org']).status, 2);
  assert.equal(user(['delete', 'leaver@example.org', '--hand-over-to', 'nobody@example.org']).status, 1);
  assert.equal(user(['delete', 'leaver@example.org', '--hand-over-to', 'leaver@example.org']).status, 1);
  assert.equal(user(['delete', 'leaver@example.org', '--hand-over-to', 'heir@example.org']).status, 0);
  assert.equal(user(['show', 'leaver@example.org']).status, 1);
  const heir = await signedIn(server, 'heir@example.org');
  assert.match((await request(server, '/', { headers: { cookie: heir, accept: 'text/html' } })).body, /Left behind/);
  assert.equal(user(['delete', 'heir@example.org', '--delete-rooms']).status, 0);
  assert.equal((await request(server, '/left-behind', { headers: { accept: 'text/html' } })).status, 404);
});
