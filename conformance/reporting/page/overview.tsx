// The first screen: who was judged by what, the verdict, the numbers with their denominators, and what failed.
import type { JSX } from 'hono/jsx/jsx-runtime';
import { chapterCounts } from '../chapters.ts';
import { visible } from '../escape.ts';
import { exitMeaning } from '../exit-status.ts';
import type { Counts, Report } from '../report.ts';
import { distanceText, judgedBy } from '../judged-by.ts';
import { scopeText } from '../scope.ts';
import { failedRows } from './failures.tsx';
import { clipped, LevelMark, Said } from './parts.tsx';

/** Failed rows that the first screen names; the rest is one link away. */
const MOST_NAMED = 12;

const VERDICTS: Readonly<Record<Report['summary']['verdict'], string>> = {
  conformant: 'Conformant',
  'non-conformant': 'Not conformant',
  incomplete: 'Incomplete',
  fault: 'The suite failed',
};

/** Who, what, when, and the verdict. */
export function Head({ report }: { readonly report: Report }): JSX.Element {
  const { summary, target, contract, run } = report;
  const scope = scopeText(summary.scope);
  const distance = distanceText(report);
  return (
    <header class="top">
      <p class="kicker">Conformance to the fine-tuning API</p>
      <h1>{clipped(target.name, 200)}</h1>
      <p class="where">
        <Said>{target.baseUrl}</Said>
        <span>{visible(judgedBy(contract))}</span>
        <span>{`${contract.mode} mode`}</span>
        <time datetime={visible(run.startedAt)}>{`${visible(run.startedAt.slice(0, 16)).replace('T', ' ')} UTC`}</time>
      </p>
      <div class={`verdict ${summary.verdict}`}>
        <p class="word">{VERDICTS[summary.verdict]}</p>
        <p>{`${clipped(summary.reason, 600)}.`}</p>
        <p class="exit">{`Exit status ${summary.exitCode}: ${exitMeaning({ summary })}`}</p>
      </div>
      {distance === '' ? null : (
        <p class="narrowed">
          <a href="#distance">{`${clipped(distance, 600)}.`}</a>
        </p>
      )}
      {scope === '' ? null : <p class="narrowed">{`This run was narrowed: ${clipped(scope, 600)}.`}</p>}
    </header>
  );
}

/** The counts by level and by chapter, beside what failed. */
export function Numbers({ report }: { readonly report: Report }): JSX.Element {
  return (
    <div class="numbers">
      <section aria-labelledby="levels-title">
        <h2 id="levels-title">Counts</h2>
        <Levels report={report} />
        <FailedIndex report={report} />
      </section>
      <Chapters report={report} />
    </div>
  );
}

const COUNT_WORDS: readonly (readonly [keyof Counts, string])[] = [
  ['pass', 'passed'],
  ['fail', 'failed'],
  ['waived', 'waived'],
  ['notExercised', 'not exercised'],
  ['unsupported', 'unsupported'],
  ['total', 'all'],
];

function Levels({ report }: { readonly report: Report }): JSX.Element {
  const { must, should, may } = report.summary;
  return (
    <table class="levels">
      <thead>
        <tr>
          <td></td>
          <th scope="col">MUST</th>
          <th scope="col">SHOULD</th>
          <th scope="col">MAY</th>
        </tr>
      </thead>
      <tbody>
        {COUNT_WORDS.map(([name, words]) => (
          <tr class={name}>
            <th scope="row">{words}</th>
            {[must, should, may].map((counts) => (
              <td class={counts[name] === 0 ? 'zero' : ''}>{counts[name]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function FailedIndex({ report }: { readonly report: Report }): JSX.Element {
  const rows = failedRows(report).filter(({ status }) => status === 'fail');
  if (rows.length === 0) return <p class="empty">Nothing that was exercised failed.</p>;
  return (
    <>
      <h3>Failed</h3>
      <ol class="failed-index">
        {rows.slice(0, MOST_NAMED).map((row) => (
          <li>
            <LevelMark level={row.level} />
            <span>
              <a href={`#${row.id}`}>{clipped(row.title, 200)}</a>
              <span class="said">{clipped(row.failures[0]?.message ?? row.reason ?? '', 140)}</span>
            </span>
          </li>
        ))}
      </ol>
      {rows.length > MOST_NAMED ? (
        <p>
          <a href="#failures">{`and ${rows.length - MOST_NAMED} more`}</a>
        </p>
      ) : null}
    </>
  );
}

function Chapters({ report }: { readonly report: Report }): JSX.Element {
  return (
    <section aria-labelledby="chapters-title">
      <h2 id="chapters-title">Chapters</h2>
      <table class="chapters">
        <thead>
          <tr>
            <th scope="col">Chapter</th>
            <td></td>
            <th scope="col">Passed</th>
            <th scope="col">Exercised</th>
            <th scope="col">Applicable</th>
            <th scope="col">All</th>
          </tr>
        </thead>
        <tbody>
          {chapterCounts(report.requirements).map((of) => (
            <tr>
              <th scope="row">
                <a href={`#chapter-${of.chapter}`}>{of.chapter}</a>
              </th>
              <td>
                <Bar
                  passed={of.passed}
                  failed={of.failed}
                  waived={of.waived}
                  all={of.all}
                  unsupported={of.all - of.applicable}
                />
              </td>
              <td class={of.passed === 0 ? 'zero' : 'pass'}>{of.passed}</td>
              <td>{of.exercised}</td>
              <td>{of.applicable}</td>
              <td>{of.all}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface Shares {
  readonly passed: number;
  readonly failed: number;
  readonly waived: number;
  readonly unsupported: number;
  readonly all: number;
}

/** The shares of a chapter as one line; the numbers stand beside it, so it is hidden from those who cannot see it. */
function Bar({ passed, failed, waived, unsupported, all }: Shares): JSX.Element {
  const parts = [
    ['pass', passed],
    ['waived', waived],
    ['fail', failed],
    ['open', all - passed - failed - waived - unsupported],
  ] as const;
  let x = 0;
  return (
    <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      {parts.map(([name, count]) => {
        const from = x;
        x += (count / all) * 100;
        return count === 0 ? null : (
          <rect class={name} x={from.toFixed(2)} y="0" width={(x - from).toFixed(2)} height="6" />
        );
      })}
    </svg>
  );
}
