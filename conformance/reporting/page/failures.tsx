// What failed, in full: one article a requirement, its distinct failures beneath.
import type { JSX } from 'hono/jsx/jsx-runtime';
import { LEVELS } from '../../requirements/requirement.ts';
import type { Failure, Report, ReportedRequirement } from '../report.ts';
import { Evidence } from './evidence.tsx';
import { clipped, type Detail, LevelMark, Section, StatusMark } from './parts.tsx';

/** Further failures of a requirement that are told of by their message alone. */
const MOST_LINES = 10;
const MOST_RELATED = 8;

/** The rows that failed or were waived, the binding ones first. */
export function failedRows({ requirements }: Report): ReportedRequirement[] {
  const weight = ({ status, level }: ReportedRequirement): number =>
    (status === 'waived' ? 10 : 0) + LEVELS.indexOf(level);
  return requirements
    .filter(({ status }) => status === 'fail' || status === 'waived')
    .sort((a, b) => weight(a) - weight(b));
}

/** All failures with their evidence. */
export function Failures({ report, detail }: { readonly report: Report; readonly detail: Detail }): JSX.Element {
  const rows = failedRows(report);
  const byExchange = new Map<string, string[]>();
  for (const row of rows)
    for (const { exchange } of row.failures) byExchange.set(exchange, [...(byExchange.get(exchange) ?? []), row.id]);
  const related = (row: ReportedRequirement): string[] =>
    [
      ...new Set(row.failures.flatMap(({ exchange }) => (exchange === '' ? [] : (byExchange.get(exchange) ?? [])))),
    ].filter((id) => id !== row.id);
  if (rows.length === 0) {
    return (
      <Section id="failures" title="What failed">
        <p class="empty">Nothing that was exercised failed.</p>
      </Section>
    );
  }
  return (
    <Section
      id="failures"
      title="What failed"
      note="One article for each requirement, with the smallest request that showed the failure."
    >
      {rows.map((row, index) => (
        <Article row={row} detail={detail} related={related(row)} isEvidenced={index < detail.evidenced} />
      ))}
    </Section>
  );
}

function Article({
  row,
  detail,
  related,
  isEvidenced,
}: {
  readonly row: ReportedRequirement;
  readonly detail: Detail;
  readonly related: readonly string[];
  readonly isEvidenced: boolean;
}): JSX.Element {
  const blocks = isEvidenced ? detail.blocks : 0;
  const shown = row.failures.slice(0, blocks);
  const listed = row.failures.slice(blocks, blocks + (isEvidenced ? MOST_LINES : 1));
  const hidden = row.failures.length - shown.length - listed.length + row.failuresLeftOut;
  return (
    <article
      id={row.id}
      tabindex={-1}
      data-row
      data-chapter={row.chapter}
      data-level={row.level}
      data-status={row.status}
    >
      <header>
        <h3>{clipped(row.title, 300)}</h3>
        <p class="meta">
          <StatusMark status={row.status} /> <LevelMark level={row.level} /> <span>{row.authority}</span>{' '}
          <a href={`#${row.id}`}>
            <code>{clipped(row.id, 200)}</code>
          </a>
        </p>
      </header>
      <blockquote>
        <p>
          <span class="caption">Expected</span> {clipped(row.statement, 2_000)}
        </p>
        <footer>{clipped(row.sources.join(' · '), 1_000)}</footer>
      </blockquote>
      {row.level === 'MAY' ? (
        <p class="note">Known from recorded traffic only: a difference that never fails a target.</p>
      ) : null}
      {row.reason === null ? null : <p class="hint">{clipped(row.reason, detail.line)}</p>}
      {shown.map((failure, index) => (
        <Block failure={failure} detail={detail} id={row.id} isFirst={index === 0} />
      ))}
      {listed.length === 0 ? null : (
        <ul class="more">
          {listed.map(({ message, count }) => (
            <li>
              {clipped(message, Math.min(200, detail.line))} <Times count={count} />
            </li>
          ))}
        </ul>
      )}
      {hidden <= 0 ? null : <p class="note">{`… and ${hidden} more ways to fail it, in conformance.json`}</p>}
      <Related ids={related} />
    </article>
  );
}

function Related({ ids }: { readonly ids: readonly string[] }): JSX.Element | null {
  if (ids.length === 0) return null;
  return (
    <p class="related">
      The same answer also fails{' '}
      {ids.slice(0, MOST_RELATED).map((id, index) => (
        <>
          {index === 0 ? '' : ', '}
          <a href={`#${id}`}>
            <code>{clipped(id, 200)}</code>
          </a>
        </>
      ))}
      {ids.length > MOST_RELATED ? ` and ${ids.length - MOST_RELATED} more` : ''}
    </p>
  );
}

function Block({
  failure,
  detail,
  id,
  isFirst,
}: {
  readonly failure: Failure;
  readonly detail: Detail;
  readonly id: string;
  readonly isFirst: boolean;
}): JSX.Element {
  const evidence = <Evidence failure={failure} detail={detail} id={id} />;
  const told = (
    <>
      {clipped(failure.message, detail.line)} <Times count={failure.count} />
    </>
  );
  const facts = (
    <p class="facts">
      {failure.site === null ? null : (
        <span>
          site <code>{clipped(failure.site, 300)}</code>
        </span>
      )}
      {failure.flaky === undefined ? null : (
        <span>{`seen in ${failure.flaky.failed} of ${failure.flaky.tried} tries`}</span>
      )}
      <span>
        fingerprint <code>{failure.fingerprint}</code>
      </span>
      {failure.waiver === undefined ? null : (
        <span>
          {clipped(
            `waived until ${failure.waiver.expires} by ${failure.waiver.owner}: ${failure.waiver.reason}`,
            detail.line,
          )}
        </span>
      )}
    </p>
  );
  if (!isFirst) {
    return (
      <details class="failure">
        <summary>{told}</summary>
        {facts}
        {evidence}
      </details>
    );
  }
  return (
    <div class="failure">
      <p class="message">{told}</p>
      {facts}
      {evidence}
    </div>
  );
}

function Times({ count }: { readonly count: number }): JSX.Element {
  return <span class="times">{count === 1 ? 'once' : `${count} times`}</span>;
}
