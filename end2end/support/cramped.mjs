// What does not fit: looked for in the page itself, so that any language can be asked.

/** Runs in the page: what is wider than the page, controls whose words are cut off, and words that stand outside the window or their dialog. */
export function cramped() {
  const over = document.documentElement.scrollWidth - innerWidth;
  // For screen readers alone is what is a point in size.
  const seen = (each) => !each.closest('.sr') && each.checkVisibility() && each.clientWidth !== 1;
  const cut = [...document.querySelectorAll('button, .button, summary, label, h1, h2, legend, th')].filter((each) => {
    const style = getComputedStyle(each);
    return seen(each) && style.overflow !== 'visible' && each.scrollWidth > each.clientWidth + 1;
  });
  const scrolls = (each) => {
    for (let at = each; at && at !== document.body; at = at.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth) return at;
    }
    return undefined;
  };
  // What may be pushed aside on purpose: tabs in a row.
  const aside = (each) => each.closest('[role=tablist], .side, .say__tools');
  const open = [...document.querySelectorAll('dialog[open]')].at(-1);
  const words = document.createTreeWalker(open ?? document.body, NodeFilter.SHOW_TEXT);
  const outside = [];
  const range = document.createRange();
  for (let node = words.nextNode(); node; node = words.nextNode()) {
    const each = node.parentElement;
    if (!node.textContent.trim() || each.closest('script, style, noscript, option, textarea') || !seen(each) || aside(each)) continue;
    range.selectNodeContents(node);
    const frame = open?.contains(each) ? open.getBoundingClientRect() : { left: 0, right: innerWidth };
    for (const { left, right, width } of range.getClientRects()) {
      if (width > 0 && (left < frame.left - 1 || right > frame.right + 1)) outside.push(node.textContent.trim());
    }
  }
  const wide = [...document.querySelectorAll('dialog[open], dialog[open] *, .aside__body, #pop')].filter((each) => seen(each) && !aside(each) && scrolls(each) === each);
  return [
    ...(over > 0 ? [`${over} px too wide`] : []),
    ...cut.map((each) => `cut off: ${each.textContent.trim()}`),
    ...new Set(outside.map((text) => `outside: ${text}`)),
    ...wide.map((each) => `to be pushed aside: ${each.className || each.tagName}`),
  ];
}
