// axe-core, injected through the browser's own tools: no page has to allow it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const grave = ({ impact }) => impact === 'serious' || impact === 'critical';

/** What fades in is half there, with the contrast of a moment: it is looked at when it has arrived. */
const arrived = () => {
  for (const animation of document.getAnimations()) {
    if (Number.isFinite(animation.effect?.getComputedTiming().endTime)) animation.finish();
  }
};

async function look(page) {
  await page.evaluate(arrived);
  return page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values }, preload: false }), TAGS);
}

/** Finds what WCAG 2.2 AA forbids; serious and critical findings fail. */
export async function accessible(page, what) {
  await page.evaluate(source);
  let { violations, passes } = await look(page);
  if (violations.some(grave)) {
    // Something may have begun to fade in while axe was looking. What is wrong with the page is wrong half a second later, too.
    await page.waitForTimeout(500);
    ({ violations, passes } = await look(page));
  }
  assert.ok(passes.length > 5, `${what}: axe looked at nothing`);
  const told = ({ impact, id, help, nodes }) => `${impact} ${id}: ${help}\n${nodes.map((node) => `    ${node.html.slice(0, 160)}\n    ${node.failureSummary}`).join('\n')}`;
  const bad = violations.filter(grave);
  assert.equal(bad.length, 0, `${what}:\n${bad.map(told).join('\n')}`);
  return violations.length;
}
