// Watches everything a browser context does, and says what no page of ours may do.
import assert from 'node:assert/strict';

/** Without tokens and their like. */
const short = (text) => text.replaceAll(/\?[\w%=&.+-]{40,}/g, '?…').slice(0, 500);

export class Guard {
  requests = [];
  faults = [];
  allowed = [
    // A test that resizes while one page fades into the next ends the fade; nothing of ours went wrong.
    /Transition was aborted because of invalid state/,
    // LiveKit's script, of the tracks of one who was there a moment ago (a reload, a connection that was lost, a right that was taken)
    // and of many who come at once. That pictures and sound come all the same is for `receives` to show.
    /Tried to add a track for a participant, that's not present/,
    /could not find published track/,
    // And of a camera that is off when everything is sent anew.
    /could not determine track dimensions, using defaults/,
    // Whoever is not listed by LiveKit yet, or not any more; asked again by `chat/history.ts`.
    /status of 404 \(Not Found\) \(http:\/\/\S+\/chat\/\)/,
  ];

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
      if (message.type() === 'error') this.faults.push(`console: ${short(message.text())} (${short(message.location().url)})`);
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

/** What LiveKit's own script writes into the console when the other side ends a connection. */
export const ENDED_BY_LIVEKIT = [/DataChannel error on \w+: User-Initiated Abort/, /publisher data channel '\w+' closed unexpectedly/];

/** What browser and script say when a server they knew is away. */
export const SERVER_AWAY = [
  ...ENDED_BY_LIVEKIT,
  /net::ERR_/,
  /negotiation timed out/,
  /WebSocket connection to .* failed/,
  /the server responded with a status of (404|500|502|503|504)/,
  /(error reading from signal stream|cannot send signal request before connected,|Tried to add a track for a participant, that's not present|Encountered websocket error|requested room does not exist|Failed to fetch|could not|Received leave request) .*\{room: /s,
];
