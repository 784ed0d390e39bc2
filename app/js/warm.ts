// Behind a proxy that wants a password, the first WebSocket of Firefox fails: where the operator says so, one is spent on nothing.
const PATIENCE = 2000;
let done = false;

export function warm(url: string): Promise<void> | undefined {
  if (done || document.getElementById('meeting')?.dataset.warm === undefined || !navigator.userAgent.includes('Firefox')) return;
  done = true;
  return new Promise((resolve) => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/rtc`);
    const end = () => {
      socket.close();
      resolve();
    };
    socket.onopen = socket.onerror = end;
    setTimeout(end, PATIENCE);
  });
}
