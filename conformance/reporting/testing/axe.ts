// What axe objects to on a page, in one line each.
import type { Page } from '@playwright/test';
import axe from 'axe-core';

/** The violations that axe-core finds, with everything folded up opened first: what is hidden cannot be judged. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
  await page.evaluate(axe.source);
  return page.evaluate<string[]>(`axe.run({ resultTypes: ['violations'] }).then(({ violations }) =>
    violations.map(({ id, help, nodes }) => id + ': ' + help + ': ' + nodes.length + ' times, such as ' + nodes[0].html.slice(0, 200)))`);
}
