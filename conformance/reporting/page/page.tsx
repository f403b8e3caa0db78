// The page of a report: one file, no network, readable without a script. Where everything failed it shows less of each
// failure rather than grow beyond a megabyte.
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Coverage } from '../coverage.ts';
import { visible } from '../escape.ts';
import type { HistoryEntry } from '../history.ts';
import type { TimelineLine } from '../log.ts';
import type { Report } from '../report.ts';
import { Contract } from './contract.tsx';
import { Distance } from './distance.tsx';
import { Document, documentHtml } from './document.tsx';
import { Failures } from './failures.tsx';
import { Head, Numbers } from './overview.tsx';
import type { Detail } from './parts.tsx';
import { Remarks } from './remarks.tsx';
import { Filters, Requirements } from './requirements.tsx';
import { Timelines } from './timelines.tsx';
import { hasTrends, Trends } from './trends.tsx';

const MOST_BYTES = 1_000_000;
/** From all that serves a reader down to what always fits. */
const DETAILS: readonly Detail[] = [
  { blocks: 3, body: 6_000, line: 1_000, command: 8_000, evidenced: 1_000, jobs: 200 },
  { blocks: 2, body: 1_500, line: 400, command: 2_000, evidenced: 1_000, jobs: 60 },
  { blocks: 1, body: 500, line: 200, command: 800, evidenced: 150, jobs: 20 },
  { blocks: 1, body: 300, line: 120, command: 500, evidenced: 30, jobs: 5 },
];

/** What a page can show beside the report. */
export interface Views {
  readonly coverage?: Coverage;
  readonly timelines?: readonly TimelineLine[];
  /** Earlier runs and this one, oldest first. */
  readonly history?: readonly HistoryEntry[];
}

/** The report as one HTML file that needs nothing else, under a megabyte also where everything failed. */
export function pageHtml(report: Report, views: Views = {}): string {
  let html = '';
  for (const detail of DETAILS) {
    html = documentHtml(<Page report={report} detail={detail} views={views} />);
    if (Buffer.byteLength(html) <= MOST_BYTES) break;
  }
  return html;
}

/** Where to find what: the page is long, and most readers come for one part of it. */
function Contents({ report, views }: { readonly report: Report; readonly views: Views }): JSX.Element {
  const parts: readonly (readonly [string, string, boolean])[] = [
    ['failures', 'What failed', true],
    ['requirements', 'All requirements', true],
    ['distance', 'Distance from OpenAI', report.contract.dialect !== undefined],
    ['contract', 'The contract', views.coverage !== undefined],
    ['jobs', 'Jobs over time', (views.timelines ?? []).length > 0],
    ['trends', 'From run to run', hasTrends(views.history ?? [])],
    ['notices', 'Notices', report.notices.length > 0],
    ['capabilities', 'Capabilities', report.capabilities.length > 0],
    ['observed', 'Observed', report.observed.length > 0],
    ['run', 'The run', true],
  ];
  return (
    <nav class="contents" aria-label="Contents">
      {parts.map(([id, words, isThere]) => (isThere ? <a href={`#${id}`}>{words}</a> : null))}
    </nav>
  );
}

function Page({
  report,
  detail,
  views,
}: {
  readonly report: Report;
  readonly detail: Detail;
  readonly views: Views;
}): JSX.Element {
  const { coverage, timelines = [], history = [] } = views;
  return (
    <Document
      title={`${visible(report.target.name)}: ${report.summary.verdict} · fine-tuning API`}
      skipTo={{ id: 'failures', words: 'To what failed' }}
    >
      <Head report={report} />
      <Contents report={report} views={views} />
      <main>
        <Numbers report={report} />
        <Filters report={report} />
        <Failures report={report} detail={detail} />
        <Requirements report={report} detail={detail} />
        <Distance report={report} detail={detail} />
        {coverage === undefined ? null : <Contract coverage={coverage} detail={detail} />}
        <Timelines timelines={timelines} most={detail.jobs} />
        <Trends history={history} />
        <Remarks report={report} detail={detail} />
      </main>
      <footer class="bottom">
        <p>{`${visible(report.tool.name)} ${visible(report.tool.version)}. The data behind this page is conformance.json; its schema is published with the suite.`}</p>
      </footer>
    </Document>
  );
}
