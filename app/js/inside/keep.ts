// The focus is kept when what had it goes: with the press, as a notice with its button or a tile that moves to another place; or because
// somebody else left, ended a share, took a role. Without that, whoever uses a keyboard would begin again at the top of the page.

/** How long something may take to go, in milliseconds. */
const LONG = 3000;

// Before anybody acts on the press: afterwards the button may be gone already.
document.addEventListener('click', ({ target }) => {
  const pressed = target instanceof Element ? target.closest<HTMLElement>('.call button') : null;
  if (!pressed || document.activeElement !== pressed) return;
  const places = instead(pressed);
  const look = () => {
    if (pressed.isConnected && document.activeElement === pressed) return;
    clearTimeout(late);
    changes.disconnect();
    const lost = document.activeElement === null || document.activeElement === document.body;
    // The call itself may be what has gone.
    if (!pressed.isConnected && lost) shown(places)?.focus();
  };
  // After all that belongs to the same change: somebody may have given the focus away on purpose.
  const changes = new MutationObserver(() => requestAnimationFrame(look));
  const late = setTimeout(() => changes.disconnect(), LONG);
  changes.observe(document.body, { childList: true, subtree: true });
}, true);

// Not by a press of one's own.
let held: { element: Element; places: string } | undefined;
document.addEventListener('focusin', ({ target }) => {
  const element = target instanceof Element ? target.closest('.call *') : null;
  held = element ? { element, places: instead(element) } : undefined;
});
new MutationObserver(() => {
  const lost = held;
  if (!lost || lost.element.isConnected) return;
  held = undefined;
  // Whoever took it away on purpose gives the focus somewhere by then.
  requestAnimationFrame(() => requestAnimationFrame(() => {
    if (document.activeElement === null || document.activeElement === document.body) shown(lost.places)?.focus();
  }));
}).observe(document.body, { childList: true, subtree: true });

/** The same button where the person is now, or the button of the bar that does the same; else the call's heading. */
function instead(pressed: Element): string {
  const tile = pressed.closest<HTMLElement>('[data-tile]')?.dataset.tile;
  if (tile) return `[data-tile="${CSS.escape(tile)}"] .tile__menu`;
  if (pressed.closest('.share__tools')) return `.share__tools [aria-label="${CSS.escape(pressed.getAttribute('aria-label') ?? '')}"]`;
  return pressed.closest('.pill') ? '#share, #more' : '';
}

function shown(places: string): HTMLElement | undefined {
  const all = places ? [...document.querySelectorAll<HTMLElement>(places)] : [];
  return all.find((each) => each.offsetParent !== null) ?? document.getElementById('room-name') ?? undefined;
}
