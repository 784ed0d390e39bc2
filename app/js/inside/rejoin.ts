// After a call: “Rejoin” and “Home” lead there once the server answers, not to the browser's own page of an error.
import { common } from './desk';
import { made } from './element';

const EVERY = 3000;

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('[data-ended] a') : null;
  // Another tab or window is for the browser to open.
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.getAttribute('aria-busy') !== 'true') void go(link);
});

async function go(link: HTMLAnchorElement): Promise<void> {
  link.setAttribute('aria-busy', 'true');
  while (link.isConnected) {
    const answer = await fetch(link.href, { method: 'HEAD', cache: 'no-store' }).catch(() => undefined);
    // Behind a proxy the server is away with these.
    if (answer && ![502, 503, 504].includes(answer.status)) return location.assign(link.href);
    told(link);
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
}

function told(link: HTMLAnchorElement): void {
  const place = link.closest('[data-ended]');
  if (!place || place.querySelector('[data-part=away]')) return;
  const text = made('p', 'notice notice--amber');
  text.dataset.part = 'away';
  text.setAttribute('role', 'status');
  place.append(text);
  // A live region says what comes into it.
  requestAnimationFrame(() => (text.textContent = common('away')));
}
