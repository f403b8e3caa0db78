// The page's own script and style, and the policy that lets these two run and nothing else.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/** What every page needs, and what its views need. */
export const STYLE = `${read('./page.css')}${read('./views.css')}`;
export const SCRIPT = read('./page-script.js');

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
