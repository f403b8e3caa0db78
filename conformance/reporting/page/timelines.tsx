// The way of each job as the run saw it: one line a job, coloured by the status that was last seen, a tick for each poll
// and a mark for each control. Between two polls nobody looked: there the line is thin where the status changed.
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { TimelineLine } from '../log.ts';
import { clipped, Section } from './parts.tsx';

const WIDTH = 1_000;
const HEIGHT = 22;
const MID = 11;
/** Statuses of the contract; any other is drawn as unknown. */
const KNOWN = ['validating_files', 'queued', 'running', 'paused', 'succeeded', 'failed', 'cancelled'] as const;
const MOST_TICKS = 120;

type Sighting = TimelineLine['sightings'][number];

/** The jobs of a run, the most eventful ones first; nothing where the log tells of none. */
export function Timelines({
  timelines,
  most,
}: {
  readonly timelines: readonly TimelineLine[];
  readonly most: number;
}): JSX.Element | null {
  if (timelines.length === 0) return null;
  const shown = [...timelines].sort((a, b) => eventsOf(b) - eventsOf(a)).slice(0, most);
  const left = timelines.length - shown.length;
  return (
    <Section
      id="jobs"
      title="Jobs over time"
      note="Each job from its first answer to its last: colour is the status that was seen, ticks are the answers that showed it, and a thin line is where nobody looked while it changed."
    >
      <ul class="legend" aria-label="Colours">
        {[...KNOWN, 'unknown'].map((status) => (
          <li>
            <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
              <rect class={`s-${status}`} width="12" height="12" rx="2" />
            </svg>{' '}
            {status.replace('_', ' ')}
          </li>
        ))}
      </ul>
      <ol class="jobs">
        {shown.map((timeline) => (
          <Job timeline={timeline} />
        ))}
      </ol>
      {left === 0 ? null : <p class="note">{`… and ${left} more jobs, in results.jsonl`}</p>}
    </Section>
  );
}

/** How much happened: changes of status weigh more than polls. */
function eventsOf({ sightings, controls }: TimelineLine): number {
  return chainOf(sightings).length * 1_000 + controls.length * 100 + Math.min(99, sightings.length);
}

/** The statuses in the order in which they were seen. */
function chainOf(sightings: readonly Sighting[]): string[] {
  return inOrder(sightings)
    .map(({ status }) => status ?? 'no status')
    .filter((status, index, all) => status !== all[index - 1]);
}

function inOrder<T extends { readonly atMs: number }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => a.atMs - b.atMs);
}

function Job({ timeline }: { readonly timeline: TimelineLine }): JSX.Element {
  const sightings = inOrder(timeline.sightings);
  const controls = inOrder(timeline.controls);
  const chain = chainOf(sightings);
  const asked = controls.map(({ control, status }) => `${control} ${status ?? 'unanswered'}`);
  const times = [...sightings, ...controls].map(({ atMs }) => atMs);
  const [start, end] = [Math.min(...times), Math.max(...times)];
  return (
    <li>
      <p class="job-head">
        <code>{clipped(timeline.job, 60)}</code>
        <span>{clipped(chain.slice(0, 12).join(' → '), 200)}</span>
        {asked.length === 0 ? null : <span class="asked">{clipped(asked.slice(0, 6).join(', '), 120)}</span>}
        {timeline.expectation === null ? null : (
          <span class="asked">{`meant: ${clipped(timeline.expectation, 60)}`}</span>
        )}
        <span class="took">
          {times.length === 0 ? 'never seen' : `${seconds(end - start)}, ${sightings.length} answers`}
        </span>
      </p>
      {times.length < 2 ? null : <Track sightings={sightings} controls={controls} start={start} end={end} />}
    </li>
  );
}

function seconds(ms: number): string {
  return ms < 10_000 ? `${(ms / 1_000).toFixed(2)} s` : `${Math.round(ms / 1_000)} s`;
}

function Track({
  sightings,
  controls,
  start,
  end,
}: {
  readonly sightings: readonly Sighting[];
  readonly controls: TimelineLine['controls'];
  readonly start: number;
  readonly end: number;
}): JSX.Element {
  const span = Math.max(1, end - start);
  const x = (atMs: number): number => Math.round(((atMs - start) / span) * (WIDTH - 8)) + 4;
  const ticks = sightings.length <= MOST_TICKS ? sightings : sightings.filter((_, index) => index % Math.ceil(sightings.length / MOST_TICKS) === 0); // prettier-ignore
  return (
    <svg class="track" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <path class="unseen" d={`M4 ${MID}H${WIDTH - 4}`} />
      {stretchesOf(sightings).map(({ status, from, to }) => (
        <rect
          class={`s-${(KNOWN as readonly string[]).includes(status ?? '') ? status : 'unknown'}`}
          x={String(x(from) - 2)}
          y={String(MID - 4)}
          width={String(Math.max(4, x(to) - x(from) + 4))}
          height="8"
        />
      ))}
      <path class="ticks" d={ticks.map(({ atMs }) => `M${x(atMs)} ${MID - 6}v12`).join('')} />
      {controls.length === 0 ? null : (
        <path class="controls" d={controls.map(({ atMs }) => `M${x(atMs)} 0v${HEIGHT}`).join('')} />
      )}
    </svg>
  );
}

/** Stretches of time in which every look saw the same status. */
function stretchesOf(sightings: readonly Sighting[]): { status: string | null; from: number; to: number }[] {
  const stretches: { status: string | null; from: number; to: number }[] = [];
  for (const { status, atMs } of sightings) {
    const last = stretches.at(-1);
    if (last?.status !== status) stretches.push({ status, from: atMs, to: atMs });
    else last.to = atMs;
  }
  return stretches;
}
