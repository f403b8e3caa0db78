// What every page of ours is wrapped in: one file that loads nothing, under a policy by which our own script and style
// alone count. Everything else on a page goes through the escaping of hono/jsx.
import type { Child } from 'hono/jsx';
import { raw } from 'hono/html';
import type { JSX } from 'hono/jsx/jsx-runtime';
import { POLICY, SCRIPT, STYLE } from './assets.ts';

/** A page as the text of a file. */
export function documentHtml(element: JSX.Element): string {
  if (element instanceof Promise) throw new Error('the page has no parts that load');
  return `<!doctype html>\n${element.toString()}\n`;
}

/** The frame of a page. */
export function Document({
  title,
  skipTo,
  children,
}: {
  readonly title: string;
  /** Where the first link of the page leads: past what stands at the top. */
  readonly skipTo: { readonly id: string; readonly words: string };
  readonly children: Child;
}): JSX.Element {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={POLICY} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="data:," />
        <title>{title}</title>
        <style>{raw(STYLE)}</style>
      </head>
      <body>
        <a class="skip" href={`#${skipTo.id}`}>
          {skipTo.words}
        </a>
        {children}
        <script>{raw(SCRIPT)}</script>
      </body>
    </html>
  );
}
