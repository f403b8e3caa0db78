// How a target fared from run to run: verdicts, time, requests and jobs. Runs that were judged by other rules than the
// last one, or with another scope, are left out of the lines and told of.
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { HistoryEntry } from '../history.ts';
import { clipped, Section } from './parts.tsx';

const WIDTH = 300;
const HEIGHT = 72;
const EDGE = 6;
/** Runs that a chart shows. */
const MOST_RUNS = 60;

interface Line {
  readonly name: string;
  /** Class of the line, which gives it its colour. */
  readonly kind: 'pass' | 'fail' | 'open' | 'plain';
  readonly of: (entry: HistoryEntry) => number;
}

interface Chart {
  readonly title: string;
  readonly unit: string;
  readonly lines: readonly Line[];
}

/** What passes is counted in hundreds and what fails in ones: they do not share a scale. */
const CHARTS: readonly Chart[] = [
  { title: 'MUST passed', unit: '', lines: [{ name: '', kind: 'pass', of: ({ must }) => must.pass }] },
  {
    title: 'MUST',
    unit: '',
    lines: [
      { name: 'failed', kind: 'fail', of: ({ must }) => must.fail },
      { name: 'not exercised', kind: 'open', of: ({ must }) => must.notExercised },
    ],
  },
  {
    title: 'SHOULD',
    unit: '',
    lines: [
      { name: 'failed', kind: 'fail', of: ({ should }) => should.fail },
      { name: 'not exercised', kind: 'open', of: ({ should }) => should.notExercised },
    ],
  },
  {
    title: 'Duration',
    unit: ' s',
    lines: [{ name: '', kind: 'plain', of: ({ durationMs }) => Math.round(durationMs / 100) / 10 }],
  },
  { title: 'Requests', unit: '', lines: [{ name: '', kind: 'plain', of: ({ requests }) => requests }] },
  { title: 'Jobs', unit: '', lines: [{ name: '', kind: 'plain', of: ({ jobs }) => jobs }] },
];

/** Charts over the runs of a target; nothing before there are two to compare. */
export function Trends({ history }: { readonly history: readonly HistoryEntry[] }): JSX.Element | null {
  const last = history.at(-1);
  if (last === undefined || !hasTrends(history)) return null;
  const comparable = alikeLast(history);
  const alike = comparable.slice(-MOST_RUNS);
  const others = history.length - comparable.length;
  const note = `${alike.length} runs from ${clipped(alike[0]?.date.slice(0, 10) ?? '', 20)} to ${clipped(last.date.slice(0, 10), 20)}.${others === 0 ? '' : ` ${others} more were judged by other rules or in another scope and are left out.`}`;
  return (
    <Section id="trends" title="From run to run" note={note}>
      <div class="charts">
        {CHARTS.map((chart) => (
          <Graph chart={chart} runs={alike} />
        ))}
      </div>
      <RunTable runs={alike} />
    </Section>
  );
}

/** True where there are two runs to compare. */
export function hasTrends(history: readonly HistoryEntry[]): boolean {
  return alikeLast(history).length > 1;
}

/** The runs that were judged as the last one was. */
function alikeLast(history: readonly HistoryEntry[]): readonly HistoryEntry[] {
  const last = history.at(-1);
  return last === undefined ? [] : history.filter((entry) => rulesOf(entry) === rulesOf(last));
}

function rulesOf({ edition, mode, scope }: HistoryEntry): string {
  return JSON.stringify([edition, mode, scope]);
}

function Graph({ chart, runs }: { readonly chart: Chart; readonly runs: readonly HistoryEntry[] }): JSX.Element {
  const highest = Math.max(1, ...chart.lines.flatMap(({ of }) => runs.map(of)));
  const x = (index: number): number => round(EDGE + (index / (runs.length - 1)) * (WIDTH - 2 * EDGE));
  const y = (value: number): number => round(HEIGHT - EDGE - (value / highest) * (HEIGHT - 2 * EDGE));
  const last = runs.at(-1);
  return (
    <figure class="chart">
      <figcaption>
        <strong>{chart.title}</strong>
        {chart.lines.map(({ name, kind, of }) => (
          <span class={`key ${kind}`}>{`${name} ${last === undefined ? '' : of(last)}${chart.unit}`.trim()}</span>
        ))}
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <path class="axis" d={`M${EDGE} ${HEIGHT - EDGE}H${WIDTH - EDGE}`} />
        {chart.lines.map(({ kind, of }) => (
          <>
            <polyline class={kind} points={runs.map((run, index) => `${x(index)},${y(of(run))}`).join(' ')} />
            {last === undefined ? null : (
              <circle class={kind} cx={String(x(runs.length - 1))} cy={String(y(of(last)))} r="2.5" />
            )}
          </>
        ))}
      </svg>
    </figure>
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The numbers behind the charts, for those who cannot see them. */
function RunTable({ runs }: { readonly runs: readonly HistoryEntry[] }): JSX.Element {
  return (
    <details class="run-table">
      <summary>The numbers</summary>
      <div class="wide" tabindex={0} role="group" aria-label="Runs in numbers">
        <table class="plain">
          <thead>
            <tr>
              {['Run', 'Verdict', 'MUST passed', 'failed', 'open', 'Seconds', 'Requests', 'Jobs', 'Seed', 'Tool'].map(
                (name) => (
                  <th scope="col">{name}</th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {[...runs].reverse().map((run) => (
              <tr>
                <th scope="row">{clipped(run.date.slice(0, 16).replace('T', ' '), 20)}</th>
                <td>{run.verdict}</td>
                <td>{run.must.pass}</td>
                <td>{run.must.fail}</td>
                <td>{run.must.notExercised}</td>
                <td>{Math.round(run.durationMs / 1_000)}</td>
                <td>{run.requests}</td>
                <td>{run.jobs}</td>
                <td>{run.seed}</td>
                <td>{clipped(run.tool, 60)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
