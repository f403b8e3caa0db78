// Graders on their own: validated, run on a sample whose reward is known, refused without what they require.
import type { JsonObject } from '../contract/json.ts';
import { type Exchange, succeeded } from '../requirements/exchange.ts';
import { told } from '../requirements/refusals.ts';
import { isAbsent } from '../run/capability.ts';
import type { Session } from '../run/session.ts';
import type { Scenario } from './scenario.ts';

const STRING_CHECK: JsonObject = {
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
  cost: () => ({ requests: 9, jobs: 0, uploads: 0 }),
  run: async (session) => {
    if (!session.mayUse('graders')) return;
    const validation = await post(session, 'validate', { grader: STRING_CHECK });
    const right = await run(session, 'yes');
    if (isAbsent(validation) && isAbsent(right)) {
      session.found('graders', 'absent', `validating is answered ${told(validation)}, running ${told(right)}`);
      return;
    }
    if (succeeded(validation) || succeeded(right)) session.found('graders', 'offered', 'a grader was validated or run');
    session.observe({ kind: 'probe', probe: { name: 'grader-echo', grader: STRING_CHECK, validation } });
    const like = { ...STRING_CHECK, operation: 'ilike', reference: 'fixed' };
    session.observe({
      kind: 'probe',
      probe: { name: 'grader-echo', grader: like, validation: await post(session, 'validate', { grader: like }) },
    });
    session.observe({ kind: 'probe', probe: { name: 'grader-run', expected: 1, run: right } });
    session.observe({ kind: 'probe', probe: { name: 'grader-run', expected: 0, run: await run(session, 'YES') } });
    session.observe({ kind: 'probe', probe: { name: 'grader-run', expected: 0, run: await run(session, 'no') } });
    await refused(session);
  },
};

function post(session: Session, action: 'validate' | 'run', json: JsonObject, clientFault = false): Promise<Exchange> {
  return session.send(
    {
      operation: action === 'validate' ? 'validateGrader' : 'runGrader',
      method: 'POST',
      path: `/fine_tuning/alpha/graders/${action}`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(json),
      json,
    },
    { clientFault, repeatable: !clientFault },
  );
}

function run(session: Session, sample: string): Promise<Exchange> {
  return post(session, 'run', { grader: STRING_CHECK, item: { reference: 'yes' }, model_sample: sample });
}

/** Each member that a string check requires, left out in turn. */
async function refused(session: Session): Promise<void> {
  for (const name of ['operation', 'input', 'name']) {
    const { [name]: _left, ...grader } = STRING_CHECK;
    const exchange = await post(session, 'validate', { grader }, true);
    session.observe({
      kind: 'probe',
      probe: { name: 'grader-invalid', requirement: 'graders.validate.invalid', exchange },
    });
  }
  const { operation: _operation, ...grader } = STRING_CHECK;
  const exchange = await post(session, 'run', { grader, item: {}, model_sample: 'yes' }, true);
  session.observe({ kind: 'probe', probe: { name: 'grader-invalid', requirement: 'graders.run.invalid', exchange } });
}
