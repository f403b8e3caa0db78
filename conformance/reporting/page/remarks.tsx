// What a run has to say beside its verdicts: what was blocked, tolerated, learned and observed, and the run's own facts.
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Report } from '../report.ts';
import { clipped, type Detail, Section } from './parts.tsx';
import { SOURCE_TAGS } from './sources.ts';

const MOST_LINES = 200;

/** Every section below the requirements. */
export function Remarks({ report, detail }: { readonly report: Report; readonly detail: Detail }): JSX.Element {
  return (
    <>
      <Texts
        id="faults"
        title="Faults of the suite"
        note="Nothing here is the target’s doing."
        texts={report.faults}
        detail={detail}
      />
      <Texts
        id="blocked"
        title="Blocked"
        note="What the target’s surroundings refused; what depends on it was not exercised."
        texts={report.blocked}
        detail={detail}
      />
      <Texts id="notices" title="Notices" texts={report.notices} detail={detail} />
      <Capabilities report={report} detail={detail} />
      <Observed report={report} detail={detail} />
      <Run report={report} />
    </>
  );
}

function Texts({
  id,
  title,
  note,
  texts,
  detail,
}: {
  readonly id: string;
  readonly title: string;
  readonly note?: string;
  readonly texts: readonly string[];
  readonly detail: Detail;
}): JSX.Element | null {
  if (texts.length === 0) return null;
  return (
    <Section id={id} title={title} {...(note === undefined ? {} : { note })}>
      <ul class="texts">
        {texts.slice(0, MOST_LINES).map((text) => (
          <li>{clipped(text, detail.line)}</li>
        ))}
        {texts.length > MOST_LINES ? <li>{`… and ${texts.length - MOST_LINES} more, in conformance.json`}</li> : null}
      </ul>
    </Section>
  );
}

function Capabilities({ report, detail }: { readonly report: Report; readonly detail: Detail }): JSX.Element | null {
  if (report.capabilities.length === 0) return null;
  return (
    <Section id="capabilities" title="Capabilities" note="What the target claims, and what was found.">
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">Capability</th>
            <th scope="col">Claim</th>
            <th scope="col">Found</th>
            <th scope="col">Because</th>
          </tr>
        </thead>
        <tbody>
          {report.capabilities.map(({ capability, claim, found, reason }) => (
            <tr>
              <th scope="row">{capability}</th>
              <td>{claim}</td>
              <td>{found}</td>
              <td>{clipped(reason, detail.line)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Observed({ report, detail }: { readonly report: Report; readonly detail: Detail }): JSX.Element | null {
  if (report.observed.length === 0) return null;
  return (
    <Section
      id="observed"
      title="Observed"
      note="How the target behaves where the documents leave it open. Nothing here is judged."
    >
      <dl class="pairs">
        {report.observed.slice(0, MOST_LINES).map(({ subject, value }) => (
          <div>
            <dt>{clipped(subject, 200)}</dt>
            <dd>{clipped(value, detail.line)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function Run({ report }: { readonly report: Report }): JSX.Element {
  const { run, tool, contract, target } = report;
  const facts: readonly (readonly [string, string])[] = [
    ['Tool', `${tool.name} ${tool.version}`],
    ['Contract', `edition ${contract.edition}, ${contract.mode} mode, sha256 ${contract.sha256.slice(0, 16)}…`],
    ['Profile', target.profile ?? 'none: the target claims what every target is taken to claim'],
    ['Seed', `${run.seed}, ${run.cases} cases${run.shard === null ? '' : `, shard ${run.shard}`}`],
    ['Took', `${(run.durationMs / 1000).toFixed(1)} s, ${run.requests} requests, ${run.retries} of them repeats`],
    [
      'Left behind',
      `${run.jobsCreated} jobs made, ${run.jobsCancelled} cancelled; ${run.filesUploaded} files uploaded, ${run.filesDeleted} deleted`,
    ],
  ];
  return (
    <Section id="run" title="The run">
      <dl class="pairs">
        {[...facts, ...SOURCE_TAGS.map(([tag, meaning]) => [`Source ${tag}`, meaning] as const)].map(
          ([name, value]) => (
            <div>
              <dt>{name}</dt>
              <dd>{clipped(value, 300)}</dd>
            </div>
          ),
        )}
      </dl>
    </Section>
  );
}
