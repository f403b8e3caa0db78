// The page's own script and style, and the policy that lets these two run and nothing else.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export const STYLE = readFileSync(new URL('./page.css', import.meta.url), 'utf8');
export const SCRIPT = readFileSync(new URL('./page-script.js', import.meta.url), 'utf8');

/** Nothing is loaded, sent, framed or based elsewhere; only the two texts above count as script and style. */
export const POLICY = [
  "default-src 'none'",
  `script-src ${hashOf(SCRIPT)}`,
  `style-src ${hashOf(STYLE)}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
