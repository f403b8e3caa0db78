// The shortest sequence that still fails: steps are left out and made plain as long as the same row fails. What only
// passed the time in a long sequence is replaced by a wait that says what for, so that nothing stays for its delay alone.
// fast-check's own shrinking is not used: it looks for one failure a run and knows nothing of what a try costs.
import { jobIn, jobName, MOST_A_PAGE, type Step, stepText } from './step.ts';

/** Tries a candidate: the position of the step behind which the row has failed, or undefined where it has not. */
export type Try = (steps: readonly Step[]) => Promise<number | undefined>;

/**
 * Shrinks a sequence whose last step made a row fail.
 * @param tries candidates that may be run at most.
 * @returns the smallest sequence that was seen to fail; undefined where not even the whole one failed again.
 */
export async function shrinkSequence(
  steps: readonly Step[],
  fails: Try,
  tries: number,
): Promise<readonly Step[] | undefined> {
  const seen = new Set<string>();
  let left = tries;
  let smallest: readonly Step[] | undefined;
  const attempt = async (candidate: readonly Step[]): Promise<boolean> => {
    const text = textOf(candidate);
    if (candidate.length === 0 || seen.has(text) || left <= 0) return false;
    seen.add(text);
    left -= 1;
    const at = await fails(candidate);
    if (at === undefined) return false;
    smallest = candidate.slice(0, at + 1);
    seen.add(textOf(smallest));
    return true;
  };
  for (const start of beginnings(steps)) if (await attempt(closed(start))) break;
  if (smallest === undefined) return undefined;
  // It may have failed behind another step than was thought: with that as the last one, few calls may do.
  for (const start of fewCalls(smallest)) if (start.length < smallest.length && (await attempt(start))) break;
  for (let isSmaller = true; isSmaller;) {
    isSmaller = false;
    for (const candidate of [...shorter(smallest), ...plainer(smallest)]) {
      if (await attempt(candidate)) {
        isSmaller = true;
        break;
      }
    }
  }
  return renamed(smallest);
}

const WAITS = ['await-end', 'await-run', 'hold'] as const;

/**
 * Where to begin, the most promising first: two or three steps on one job, of which the first that fails is as short as
 * can be; all that was asked of one job, with a wait where time may have mattered; the whole sequence. The job of the
 * last step comes first.
 */
function* beginnings(steps: readonly Step[]): Generator<readonly Step[]> {
  yield* fewCalls(steps);
  const jobs = suspects(steps);
  for (const job of jobs) {
    const own = steps.filter((step) => jobIn(step) === job || step.do === 'list');
    for (const wait of [undefined, ...WAITS]) yield withWait(own, job, wait);
  }
  yield steps;
  for (const job of jobs) for (const wait of WAITS) yield withWait(steps, job, wait);
}

/** The jobs of a sequence, that of the last step first. */
function suspects(steps: readonly Step[]): readonly string[] {
  const last = steps.at(-1);
  const first = last === undefined ? undefined : jobIn(last);
  return [...new Set([first, ...steps.map(jobIn)])].filter((job) => job !== undefined);
}

/** Sequences of few calls on the job of the last step; on any where the last step is about none. */
function* fewCalls(steps: readonly Step[]): Generator<readonly Step[]> {
  const isOfOne = steps.at(-1)?.do !== 'list' && steps.at(-1)?.do !== 'moment';
  for (const job of suspects(steps).slice(0, isOfOne ? 1 : undefined)) yield* skeletons(steps, job);
}

/**
 * The creation of a job and the last step, alone and with one step in between: any that was taken, the creation of
 * another job, or a wait; and any that was taken before a wait for its end. What has to wait comes last.
 */
function* skeletons(steps: readonly Step[], job: string): Generator<readonly Step[]> {
  const create = steps.find((step) => step.do === 'create' && step.job === job);
  const last = steps.at(-1);
  if (create === undefined || last === undefined) return;
  const taken = steps.filter(
    (step) => (jobIn(step) === job || step.do === 'list' || step.do === 'create') && step !== create,
  );
  const between = [...new Map(taken.map((step) => [stepText(step), step])).values()];
  const waits: readonly Step[] = WAITS.map((wait) => ({ do: wait, job }));
  const isWait = (step: Step): boolean => WAITS.some((wait) => wait === step.do);
  const quick = between.filter((step) => !isWait(step));
  yield [create];
  yield [create, last];
  for (const step of quick) yield [create, step];
  for (const step of waits) yield [create, step];
  for (const step of [...quick, ...waits]) yield [create, step, last];
  for (const step of quick) yield [create, step, { do: 'await-end', job }, last];
}

/** The steps with a wait for a job in front of the last one. */
function withWait(steps: readonly Step[], job: string, wait: (typeof WAITS)[number] | undefined): readonly Step[] {
  return wait === undefined ? steps : [...steps.slice(0, -1), { do: wait, job }, ...steps.slice(-1)];
}

/** Sequences that lack some steps: large pieces first, then single ones. */
function* shorter(steps: readonly Step[]): Generator<readonly Step[]> {
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < steps.length; from += size) {
      yield closed([...steps.slice(0, from), ...steps.slice(from + size)]);
    }
  }
}

/** Sequences in which one step says less. */
function* plainer(steps: readonly Step[]): Generator<readonly Step[]> {
  for (const [position, step] of steps.entries()) {
    for (const one of plainerSteps(step)) yield steps.map((other, index) => (index === position ? one : other));
  }
}

function plainerSteps(step: Step): readonly Step[] {
  switch (step.do) {
    case 'create':
      return [
        ...(step.data === 'good' && step.method === 'supervised'
          ? []
          : [{ ...step, data: 'good' as const, method: 'supervised' as const }]),
        ...(step.method === 'supervised' ? [] : [{ ...step, method: 'supervised' as const }]),
      ];
    case 'list':
      return step.limit === MOST_A_PAGE ? [] : [{ ...step, limit: MOST_A_PAGE }];
    case 'page-events':
      return [{ do: 'events', job: step.job }];
    case 'page-checkpoints':
      return [{ do: 'checkpoints', job: step.job }];
    default:
      return [];
  }
}

/** Without steps about jobs that nobody made. */
function closed(steps: readonly Step[]): readonly Step[] {
  const made = new Set<string>();
  return steps.filter((step) => {
    if (step.do === 'create') made.add(step.job);
    const job = jobIn(step);
    return job === undefined || made.has(job);
  });
}

/** The same with jobs called A, B, C in the order in which they are made. */
function renamed(steps: readonly Step[]): readonly Step[] {
  const names = new Map<string, string>();
  for (const step of steps) if (step.do === 'create') names.set(step.job, jobName(names.size));
  return steps.map((step) => ('job' in step ? { ...step, job: names.get(step.job) ?? step.job } : step));
}

function textOf(steps: readonly Step[]): string {
  return steps.map(stepText).join('\n');
}
