// Watches everything a browser context does, and says what no page of ours may do.
import assert from 'node:assert/strict';

export class Guard {
  requests = [];
  faults = [];
  allowed = [];

  constructor(context, origin, { script = true } = {}) {
    this.origin = origin;
    this.script = script;
    context.on('request', (request) => this.requests.push(request.url()));
    context.on('page', (page) => this.watch(page));
    context.on('weberror', (error) => this.faults.push(`page error: ${error.error().message}`));
  }

  async prepare(context) {
    if (!this.script) return;
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => {
        console.error(`content policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
      });
    });
  }

  watch(page) {
    page.on('websocket', (socket) => this.requests.push(socket.url().replace(/^ws/, 'http')));
    page.on('console', (message) => {
      if (message.type() === 'error') this.faults.push(`console: ${message.text()} (${message.location().url})`);
    });
    page.on('crash', () => this.faults.push('the page crashed'));
  }

  /** Faults that a test provokes. */
  allow(...patterns) {
    this.allowed.push(...patterns);
  }

  check() {
    const foreign = this.requests.filter((url) => !url.startsWith(`${this.origin}/`) && !/^(data|blob):/.test(url));
    assert.deepEqual([...new Set(foreign)], [], 'requests that leave our origin');
    const faults = this.faults.filter((text) => !this.allowed.some((pattern) => pattern.test(text)));
    assert.deepEqual(faults, [], 'errors in the browser');
  }
}

/** What a browser says when a server it knew is away. */
export const SERVER_AWAY = [
  /net::ERR_/,
  /WebSocket connection to .* failed/,
  /the server responded with a status of (404|500|502|503|504)/,
];
