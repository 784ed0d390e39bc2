// The built binary, started as a user starts it, in a folder of its own.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './ports.mjs';
import { until } from './wait.mjs';

export const BIN = process.env.VISAVIS_BIN ?? join(process.env.CARGO_TARGET_DIR ?? `${process.env.HOME}/.cache/visavis/target`, 'debug/visavis');
const LIVEKIT = process.env.VISAVIS_LIVEKIT_BIN ?? `${process.env.HOME}/.cache/visavis/bin/livekit-server`;

/** The environment without what belongs to whoever runs the tests. */
function environment(extra) {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('VISAVIS_') && !name.startsWith('NODE_'));
  return { ...Object.fromEntries(own), ...extra };
}

export function temporaryFolder() {
  return mkdtempSync(join(tmpdir(), 'visavis-e2e-'));
}

/** Runs the binary to its end. */
export function runBinary(args, env = {}, { within = 30_000, cwd } = {}) {
  return new Promise((done) => {
    execFile(BIN, args, { env: environment(env), timeout: within, cwd }, (error, stdout, stderr) => {
      done({ code: error ? (typeof error.code === 'number' ? error.code : -1) : 0, killed: error?.killed ?? false, stdout, stderr });
    });
  });
}

export class Server {
  /** Lines of the log that a test provokes. */
  expected = [];
  /** What must never stand in the log. */
  secret = new Set();
  stderr = '';
  stdout = '';

  static async start(options = {}) {
    const server = new Server();
    server.data = temporaryFolder();
    server.ports = await freePorts();
    server.origin = options.origin?.(server.ports.http) ?? `http://localhost:${server.ports.http}`;
    server.env = environment({
      VISAVIS_DATA_DIR: server.data,
      VISAVIS_LISTEN: `127.0.0.1:${server.ports.http}`,
      VISAVIS_LIVEKIT_BIN: LIVEKIT,
      VISAVIS_LIVEKIT_PORT: String(server.ports.api),
      VISAVIS_LIVEKIT_TCP_PORT: String(server.ports.rtcTcp),
      VISAVIS_LIVEKIT_UDP_PORT: String(server.ports.rtcUdp),
      VISAVIS_LIVEKIT_TURN_PORT: String(server.ports.turn),
      ...(typeof options.env === 'function' ? options.env(server) : options.env),
    });
    await server.launch();
    return server;
  }

  /** Starts the process; the folder, the ports and the accounts stay. */
  async launch({ ready = true } = {}) {
    const child = spawn(BIN, ['serve'], { env: this.env, cwd: this.data, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    child.stdout.on('data', (text) => (this.stdout += text));
    child.stderr.on('data', (text) => (this.stderr += text));
    this.ended = new Promise((done) => child.once('exit', (code, signal) => done({ code, signal })));
    if (!ready) return;
    await until('the server is ready', async () => {
      assert.equal(child.exitCode, null, `the server ended: ${this.stderr}`);
      const answer = await fetch(`${this.origin}/readyz`);
      return answer.ok;
    }, { within: 40_000, every: 50 });
  }

  get runs() {
    return !!this.child && this.child.exitCode === null && this.child.signalCode === null;
  }

  async stop(signal = 'SIGTERM') {
    if (!this.runs) return;
    this.child.kill(signal);
    const late = setTimeout(() => {
      this.stderr += '\nERROR the server did not stop in 15 s\n';
      this.child.kill('SIGKILL');
    }, 15_000);
    await this.ended;
    clearTimeout(late);
  }

  /** Stops it, looks through its log, and removes the folder. */
  async finish() {
    const livekit = this.livekitPid();
    await this.stop();
    assert.equal(alive(livekit), false, 'LiveKit goes with us');
    this.checkLog();
    rmSync(this.data, { recursive: true, force: true });
  }

  checkLog() {
    const lines = this.stderr.replaceAll(/\u001b\[[0-9;]*m/g, '').split('\n');
    const wrong = lines.filter((line) => /\bERROR\b|panicked/.test(line) && !this.expected.some((pattern) => pattern.test(line)));
    assert.deepEqual(wrong, [], 'errors in the log');
    const told = lines.filter((line) => [...this.secret].some((text) => line.includes(text)));
    assert.deepEqual(told, [], 'the log names people, addresses or tokens');
  }

  /** What is given here must not be found in the log. Returns it. */
  keepSecret(text) {
    this.secret.add(text);
    return text;
  }

  /** Runs `visavis …` beside the server, on the same data. */
  async cli(...args) {
    const own = Object.fromEntries(Object.entries(this.env).filter(([name]) => name.startsWith('VISAVIS_')));
    const result = await runBinary(args, own);
    assert.equal(result.code, 0, `visavis ${args.join(' ')}: ${result.stderr}`);
    this.stderr += result.stderr;
    return result.stdout.trim();
  }

  async addUser(email, name, ...flags) {
    this.keepSecret(email);
    if (name) this.keepSecret(name);
    await this.cli('user', 'add', email, ...(name ? ['--name', name] : []), ...flags);
  }

  /** A fresh sign-in link. */
  async link(email) {
    const url = (await this.cli('user', 'link', email)).split('\n').at(-1);
    this.keepSecret(new URL(url).pathname.split('/').at(-1));
    return url;
  }

  livekitPid() {
    try {
      return Number(readFileSync(join(this.data, 'livekit/livekit.pid'), 'utf8').trim());
    } catch {
      return undefined;
    }
  }
}

export function alive(pid) {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
