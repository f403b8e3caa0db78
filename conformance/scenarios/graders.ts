// Graders on their own: validated, run on a sample whose reward is known, refused without what they require.
import type { Credentials } from '../client/wire-request.ts';
import { type JsonObject, textMember } from '../contract/json.ts';
import { type Exchange, succeeded } from '../requirements/exchange.ts';
import { told } from '../requirements/refusals.ts';
import { isAbsent } from '../run/capability.ts';
import type { Session } from '../run/session.ts';
import type { Scenario } from './scenario.ts';

/** A grader of which nobody can doubt what it rewards. */
export const STRING_CHECK: JsonObject = {
  type: 'string_check',
  name: 'exact match',
  input: '{{sample.output_text}}',
  reference: '{{item.reference}}',
  operation: 'eq',
};

export const graders: Scenario = {
  id: 'graders',
  title: 'Validate and run graders',
  serves: ['graders.*'],
  needs: 'graders',
  cost: () => ({ requests: 22, jobs: 0, uploads: 0 }),
  run: async (session) => {
    if (!session.mayUse('graders')) return;
    const validation = await askGrader(session, 'validate', { grader: STRING_CHECK });
    const right = await run(session, 'eq', 'yes');
    if (isAbsent(validation) && isAbsent(right)) {
      session.found('graders', 'absent', `validating is answered ${told(validation)}, running ${told(right)}`);
      return;
    }
    if (succeeded(validation) || succeeded(right)) session.found('graders', 'offered', 'a grader was validated or run');
    session.observe({ kind: 'probe', probe: { name: 'grader-echo', grader: STRING_CHECK, validation } });
    const like = { ...STRING_CHECK, operation: 'ilike', reference: 'fixed' };
    session.observe({
      kind: 'probe',
      probe: { name: 'grader-echo', grader: like, validation: await askGrader(session, 'validate', { grader: like }) },
    });
    for (const grader of FURTHER_GRADERS) {
      const exchange = await askGrader(session, 'validate', { grader }, { clientFault: true });
      // Not every target offers every kind; what it takes comes back whole.
      if (succeeded(exchange))
        session.observe({ kind: 'probe', probe: { name: 'grader-echo', grader, validation: exchange } });
      else session.observed(`validating a ${textMember(grader, 'type') ?? ''} grader`, told(exchange));
    }
    session.observe({ kind: 'probe', probe: { name: 'grader-run', expected: 1, run: right } });
    for (const [operation, sample, expected] of REWARDS)
      session.observe({
        kind: 'probe',
        probe: { name: 'grader-run', expected, run: await run(session, operation, sample) },
      });
    await refused(session);
  },
};

/** A grader of each other kind that needs no model, with every member that it may have. */
const FURTHER_GRADERS: readonly JsonObject[] = [
  { type: 'text_similarity', name: 'closeness', input: '{{sample.output_text}}', reference: '{{item.reference}}', evaluation_metric: 'rouge_l' },
  { type: 'python', name: 'always', source: 'def grade(sample, item):\n    return 1.0\n', image_tag: '2025-05-08' },
]; // prettier-ignore

/** What samples are worth beside the reference "yes", as far as whole words tell: how like looks for parts is not said. */
const REWARDS = [
  ['eq', 'YES', 0],
  ['eq', 'no', 0],
  ['ne', 'yes', 0],
  ['ne', 'no', 1],
  ['like', 'yes', 1],
  ['like', 'no', 0],
  ['ilike', 'YES', 1],
  ['ilike', 'no', 0],
] as const;

/** Asks for a grader to be validated or run; text is sent as it is. */
export function askGrader(
  session: Session,
  action: 'validate' | 'run',
  body: JsonObject | string,
  {
    credentials = 'key',
    clientFault = credentials !== 'key',
  }: { credentials?: Credentials; clientFault?: boolean } = {},
): Promise<Exchange> {
  return session.send(
    {
      operation: action === 'validate' ? 'validateGrader' : 'runGrader',
      method: 'POST',
      path: `/fine_tuning/alpha/graders/${action}`,
      headers: { 'content-type': 'application/json' },
      ...(typeof body === 'string' ? { body } : { body: JSON.stringify(body), json: body }),
      credentials,
    },
    { clientFault, repeatable: !clientFault },
  );
}

function run(session: Session, operation: string, sample: string): Promise<Exchange> {
  const grader = { ...STRING_CHECK, operation };
  return askGrader(session, 'run', { grader, item: { reference: 'yes' }, model_sample: sample });
}

/** Each member that a string check requires, left out in turn; no grader, one that is none, and no JSON at all. */
async function refused(session: Session): Promise<void> {
  const lacking = ['operation', 'input', 'name'].map((name): JsonObject => {
    const { [name]: _left, ...grader } = STRING_CHECK;
    return { grader };
  });
  const { operation: _operation, ...grader } = STRING_CHECK;
  const item = { item: {}, model_sample: 'yes' };
  const cases: readonly (readonly ['validate' | 'run', JsonObject | string])[] = [
    ...[...lacking, {}, { grader: 'text' }, BROKEN].map((body) => ['validate', body] as const),
    ...[{ grader, ...item }, { ...item }, { grader: 'text', ...item }, BROKEN].map((body) => ['run', body] as const),
  ];
  for (const [action, body] of cases) {
    const exchange = await askGrader(session, action, body, { clientFault: true });
    const requirement = `graders.${action}.invalid` as const;
    session.observe({ kind: 'probe', probe: { name: 'grader-invalid', requirement, exchange } });
  }
}

const BROKEN = '{"grader": {"type": "string_check",';
