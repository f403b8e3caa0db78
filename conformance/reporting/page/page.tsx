// The page of a report.
import type { Report } from '../report.ts';

/** The report as one HTML file that needs nothing else. */
export function pageHtml(report: Report): string {
  const html = (
    <html lang="en">
      <body>
        <h1>{report.summary.verdict}</h1>
      </body>
    </html>
  );
  return `<!doctype html>${html.toString()}`;
}
