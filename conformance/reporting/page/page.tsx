// The page of a report: one file, no network, readable without a script. Everything that a target said goes through the
// escaping of hono/jsx; the only raw text is our own script and style, and the policy lets nothing else run.
import { raw } from 'hono/html';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Report } from '../report.ts';
import { visible } from '../escape.ts';
import { POLICY, SCRIPT, STYLE } from './assets.ts';
import { Failures } from './failures.tsx';
import { Head, Numbers } from './overview.tsx';
import type { Detail } from './parts.tsx';
import { Remarks } from './remarks.tsx';
import { Filters, Requirements } from './requirements.tsx';

const MOST_BYTES = 1_000_000;
/** From all that serves a reader down to what always fits. */
const DETAILS: readonly Detail[] = [
  { blocks: 3, body: 6_000, line: 1_000, command: 8_000, evidenced: 1_000 },
  { blocks: 2, body: 1_500, line: 400, command: 2_000, evidenced: 1_000 },
  { blocks: 1, body: 500, line: 200, command: 800, evidenced: 150 },
  { blocks: 1, body: 300, line: 120, command: 500, evidenced: 30 },
];

/** The report as one HTML file that needs nothing else, under a megabyte also where everything failed. */
export function pageHtml(report: Report): string {
  let html = '';
  for (const detail of DETAILS) {
    html = `<!doctype html>\n${rendered(<Page report={report} detail={detail} />)}\n`;
    if (Buffer.byteLength(html) <= MOST_BYTES) break;
  }
  return html;
}

function rendered(element: JSX.Element): string {
  if (element instanceof Promise) throw new Error('the page has no parts that load');
  return element.toString();
}

function Page({ report, detail }: { readonly report: Report; readonly detail: Detail }): JSX.Element {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={POLICY} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="data:," />
        <title>{`${visible(report.target.name)}: ${report.summary.verdict} · fine-tuning API`}</title>
        <style>{raw(STYLE)}</style>
      </head>
      <body>
        <a class="skip" href="#failures">
          To what failed
        </a>
        <Head report={report} />
        <main>
          <Numbers report={report} />
          <Filters report={report} />
          <Failures report={report} detail={detail} />
          <Requirements report={report} detail={detail} />
          <Remarks report={report} detail={detail} />
        </main>
        <footer class="bottom">
          <p>{`${visible(report.tool.name)} ${visible(report.tool.version)}. The data behind this page is conformance.json; its schema is published with the suite.`}</p>
        </footer>
        <script>{raw(SCRIPT)}</script>
      </body>
    </html>
  );
}
