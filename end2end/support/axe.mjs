// axe-core, injected through the browser's own tools: no page has to allow it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Finds what WCAG 2.2 AA forbids; serious and critical findings fail. */
export async function accessible(page, what) {
  await page.evaluate(source);
  const { violations, passes } = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values }, preload: false }), TAGS);
  assert.ok(passes.length > 5, `${what}: axe looked at nothing`);
  const told = ({ impact, id, help, nodes }) => `${impact} ${id}: ${help}\n${nodes.map((node) => `    ${node.html.slice(0, 160)}\n    ${node.failureSummary}`).join('\n')}`;
  const bad = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  assert.equal(bad.length, 0, `${what}:\n${bad.map(told).join('\n')}`);
  return violations.length;
}
