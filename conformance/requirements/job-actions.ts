// Chapters cancel and pause: what asking for it does to a job.
import { type Answered, type Exchange, jsonOf, succeeded, wasRefused } from './exchange.ts';
import { canonicalJson, type JsonValue, member, textMember } from '../contract/json.ts';
import { isFinished, jobStatus, notServed, told, unjudged } from './refusals.ts';
import type { RuleId } from '#generated/current/rules.ts';
import {
  check,
  expectThat,
  fail,
  type Finding,
  inconclusive,
  NOT_APPLICABLE,
  onProbe,
  PASS,
  type Row,
  rule,
} from './requirement.ts';
import { unknownIds } from './retrieve.ts';
import { itemsOf } from './list.ts';

/** Ended by itself, so that there was nothing left to cancel or pause. */
function endedAnyway(status: string | undefined): boolean {
  return status === 'succeeded' || status === 'failed';
}

/** However it is answered, nothing that is asked of a finished job moves it. */
function staysFinished(control: string, status: string, asked: Exchange, after: Exchange): readonly Finding[] {
  if (!succeeded(after)) return inconclusive(told(after));
  const now = jobStatus(jsonOf(after));
  const evidence = [after, asked];
  if (now === status) return [{ outcome: 'pass', evidence }];
  return [
    { outcome: 'fail', message: `a job that was ${status} is ${now ?? '?'} after ${control}`, at: '/status', evidence },
  ];
}

function controlOfFinished(id: RuleId, control: 'pause' | 'resume'): Row {
  return rule(id, [
    onProbe('control-finished', (probe) =>
      probe.control === control ? staysFinished(control, probe.status, probe.asked, probe.after) : NOT_APPLICABLE,
    ),
  ]);
}

export const cancelRequirements: readonly Row[] = [
  rule('cancel.answers-cancelled', [
    check('exchange', ({ exchange }) => {
      if (exchange.operation !== 'cancelFineTuningJob' || !succeeded(exchange)) return NOT_APPLICABLE;
      const asked = /\/([^/?]+)\/cancel(\?|$)/.exec(exchange.request.path)?.[1];
      const got = textMember(jsonOf(exchange), 'id');
      return got === undefined || asked === undefined || encodeURIComponent(got) === asked
        ? NOT_APPLICABLE
        : fail('cancel answers with another job', '/id');
    }),
    onProbe('cancel', ({ before, cancel, after }) => {
      if (isFinished(jobStatus(jsonOf(before))) || endedAnyway(jobStatus(jsonOf(after)))) return NOT_APPLICABLE;
      if (!succeeded(cancel)) return notServed(cancel, 'cancelling a job that is not finished');
      const job = jsonOf(cancel);
      const asked = textMember(jsonOf(before), 'id');
      if (textMember(job, 'id') !== asked) return fail('cancel answers with another job', '/id');
      return expectThat(
        jobStatus(job) === 'cancelled',
        () => `cancel answers with status ${jobStatus(job) ?? 'missing'}`,
        '/status',
      );
    }),
  ]),
  rule('cancel.retrieve-agrees', [
    onProbe('cancel', ({ before, cancel, after }) => {
      if (isFinished(jobStatus(jsonOf(before))) || !succeeded(cancel)) return NOT_APPLICABLE;
      if (!succeeded(after)) return inconclusive(told(after));
      const status = jobStatus(jsonOf(after));
      if (endedAnyway(status) && jobStatus(jsonOf(cancel)) === status) return NOT_APPLICABLE;
      if (status === 'cancelled') return [{ outcome: 'pass', evidence: [after, cancel] }];
      return [
        {
          outcome: 'fail',
          message: `after cancel the job is ${status ?? '?'}`,
          at: '/status',
          evidence: [after, cancel],
        },
      ];
    }),
  ]),
  unknownIds('cancel.unknown.404'),
  rule('cancel.finished.unchanged', [
    onProbe('cancel-finished', ({ status, cancel, after }) => staysFinished('cancel', status, cancel, after)),
  ]),
];

/** What a job can have become by itself meanwhile. */
const LATER: Readonly<Record<string, readonly string[]>> = {
  validating_files: ['queued', 'running', 'succeeded', 'failed'],
  queued: ['running', 'succeeded', 'failed'],
  running: ['succeeded', 'failed'],
};

export const pauseRequirements: readonly Row[] = [
  rule('pause.holds', [
    onProbe('pause', ({ pause, held }) => {
      // It had ended before the pause took hold.
      if (endedAnyway(jobStatus(jsonOf(pause)))) return NOT_APPLICABLE;
      const statuses = held.map((exchange) => jobStatus(jsonOf(exchange)));
      const ended = [pause, ...held].find((exchange) => isFinished(jobStatus(jsonOf(exchange))));
      if (ended)
        return [
          {
            outcome: 'fail',
            message: `a paused job ended as ${jobStatus(jsonOf(ended)) ?? ''}`,
            at: '/status',
            evidence: [ended, pause],
          },
        ];
      // Saving a checkpoint may take a while: running is a fault at the end, or once the job has stood still.
      const stopped = statuses.findIndex((status) => status !== undefined && status !== 'running');
      const running = held.find(
        (_, index) => statuses[index] === 'running' && (index === held.length - 1 || (stopped >= 0 && index > stopped)),
      );
      if (running)
        return [{ outcome: 'fail', message: 'a paused job runs', at: '/status', evidence: [running, pause] }];
      const last = held.at(-1);
      return last === undefined || !succeeded(last)
        ? inconclusive('the paused job could not be retrieved')
        : [{ outcome: 'pass', evidence: [last, pause] }];
    }),
  ]),
  rule('pause.status', [
    onProbe('pause', ({ pause, held }) => {
      if (endedAnyway(jobStatus(jsonOf(pause)))) return NOT_APPLICABLE;
      const seen = [pause, ...held].map((exchange) => jobStatus(jsonOf(exchange)));
      return expectThat(seen.includes('paused'), () => `after pause the job is ${seen.at(-1) ?? '?'}`, '/status');
    }),
  ]),
  rule('pause.resume', [
    onProbe('resume', ({ resume, after }) => {
      if (!succeeded(resume)) return notServed(resume, 'resuming a paused job');
      const status = jobStatus(jsonOf(after.at(-1) ?? resume));
      const goesOn =
        status === 'queued' || status === 'running' || status === 'validating_files' || status === 'succeeded';
      return expectThat(goesOn, () => `after resume the job is ${status ?? '?'}`, '/status');
    }),
  ]),
  rule('pause.cancel', [
    onProbe('cancel-paused', ({ cancel, after }) => {
      if (!succeeded(cancel)) return notServed(cancel, 'cancelling a paused job');
      if (!succeeded(after)) return inconclusive(told(after));
      const status = jobStatus(jsonOf(after));
      return expectThat(status === 'cancelled', () => `a paused job is ${status ?? '?'} after cancel`, '/status');
    }),
  ]),
  rule('pause.checkpoint', [
    onProbe('pause-checkpoint', ({ wasRunning, checkpoints }) => {
      if (!wasRunning || !succeeded(checkpoints)) return NOT_APPLICABLE;
      return itemsOf(checkpoints).length > 0
        ? PASS
        : fail('a job that was paused while it ran has no checkpoint', '/data');
    }),
  ]),
  controlOfFinished('pause.finished.unchanged', 'pause'),
  controlOfFinished('pause.resume.finished.unchanged', 'resume'),
  rule('pause.resume.not-paused', [
    onProbe('resume-unpaused', ({ before, resume, after }) => {
      const open = unjudged(resume);
      if (open) return open;
      if (!succeeded(resume) && !wasRefused(resume)) return fail(`resuming a job that is not paused: ${told(resume)}`);
      if (!succeeded(after)) return inconclusive(told(after));
      const [then, now] = [jobStatus(jsonOf(before)), jobStatus(jsonOf(after))];
      const goesOn = now === then || (now !== undefined && LATER[then ?? '']?.includes(now) === true);
      const evidence = [after, resume, before];
      if (goesOn) return [{ outcome: 'pass', evidence }];
      const message = `a job that was ${then ?? '?'} and not paused is ${now ?? '?'} after resume`;
      return [{ outcome: 'fail', message, at: '/status', evidence }];
    }),
  ]),
  unknownIds('pause.unknown.404'),
  unknownIds('pause.resume.unknown.404'),
];

/** What two reads of a list show of the same item: members that are meant to stay do. */
function unchanged(
  { first, second }: { readonly first: Answered; readonly second: Answered },
  what: string,
  members: readonly string[],
): readonly Finding[] {
  const shown = (item: JsonValue, name: string): string => canonicalJson(member(item, name) ?? null);
  const later = new Map(itemsOf(second).map((item) => [textMember(item, 'id'), item] as const));
  let judged = false;
  for (const item of itemsOf(first)) {
    const id = textMember(item, 'id');
    const again = later.get(id);
    if (id === undefined || again === undefined) continue;
    judged = true;
    const changed = members.find((name) => shown(item, name) !== shown(again, name));
    if (changed === undefined) continue;
    const message = `${changed} of ${what} changed between two reads`;
    return [{ outcome: 'fail', message, at: '/data', site: changed, evidence: [second, first] }];
  }
  return judged ? PASS : NOT_APPLICABLE;
}

export const eventRequirements: readonly Row[] = [
  rule('events.some-after-create', [
    onProbe('events-after-create', ({ events }) => {
      if (!succeeded(events)) return notServed(events, 'the events of a new job');
      return expectThat(itemsOf(events).length > 0, () => 'a new job has no event', '/data');
    }),
  ]),
  rule('events.metrics.step', [
    onProbe('events-reread', ({ second }) => {
      const metrics = itemsOf(second).filter((event) => textMember(event, 'type') === 'metrics');
      if (metrics.length === 0) return NOT_APPLICABLE;
      const without = metrics.find((event) => typeof member(member(event, 'data'), 'step') !== 'number');
      return without === undefined ? PASS : fail('a metrics event has no numeric data.step', '/data');
    }),
  ]),
  unknownIds('events.unknown.404'),
  rule('events.constant', [
    onProbe('events-reread', (reads) => unchanged(reads, 'an event', ['created_at', 'level', 'message'])),
  ]),
];

export const checkpointRequirements: readonly Row[] = [
  rule(
    'checkpoints.job.matches',
    [
      onProbe('checkpoints', ({ job, checkpoints }) => {
        const id = textMember(job, 'id');
        const items = succeeded(checkpoints) ? itemsOf(checkpoints) : [];
        if (items.length === 0) return NOT_APPLICABLE;
        const other = items.findIndex((item) => textMember(item, 'fine_tuning_job_id') !== id);
        return other < 0 ? PASS : fail('a checkpoint names another job', `/data/${other}/fine_tuning_job_id`);
      }),
    ],
    { needsSuccess: true },
  ),
  rule(
    'checkpoints.at-most-three',
    [
      onProbe('checkpoints', ({ checkpoints }) => {
        const count = succeeded(checkpoints) ? itemsOf(checkpoints).length : 0;
        return count === 0 ? NOT_APPLICABLE : expectThat(count <= 3, () => `${count} checkpoints are listed`, '/data');
      }),
    ],
    { needsSuccess: true },
  ),
  rule(
    'checkpoints.model.last-is-final',
    [
      onProbe('checkpoints', ({ job, checkpoints }) => {
        const items = succeeded(checkpoints) ? itemsOf(checkpoints) : [];
        if (items.length === 0 || jobStatus(job) !== 'succeeded') return NOT_APPLICABLE;
        const step = (item: (typeof items)[number] | undefined): number => Number(member(item, 'step_number'));
        const last = items.reduce((latest, item) => (step(item) > step(latest) ? item : latest));
        const model = textMember(last, 'fine_tuned_model_checkpoint');
        return expectThat(
          model === textMember(job, 'fine_tuned_model'),
          () => `the last checkpoint is called ${model ?? '?'}`,
          '/data',
        );
      }),
    ],
    { needsSuccess: true },
  ),
  rule('checkpoints.empty', [
    onProbe('checkpoints-before-run', ({ checkpoints }) => {
      if (!succeeded(checkpoints)) return notServed(checkpoints, 'the checkpoints of a job that never ran');
      return expectThat(itemsOf(checkpoints).length === 0, () => 'a job that never ran has checkpoints', '/data');
    }),
  ]),
  rule(
    'checkpoints.constant',
    [
      onProbe('checkpoints-reread', (reads) =>
        unchanged(reads, 'a checkpoint', ['created_at', 'step_number', 'fine_tuned_model_checkpoint', 'metrics']),
      ),
    ],
    { needsSuccess: true },
  ),
  unknownIds('checkpoints.unknown.404'),
];
