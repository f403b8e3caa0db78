// Chapter refusal: what is wrong beyond the schema is refused too, and a refused create leaves nothing behind. The rows
// for constraints of the schema are in request-constraints.ts.
import type { RuleId } from '#generated/current/rules.ts';
import { show } from '../contract/json.ts';
import { isAnswered } from './exchange.ts';
import { judgeRefusal } from './refusals.ts';
import { check, fail, inconclusive, onProbe, PASS, type Row, rule } from './requirement.ts';

function refuses(id: RuleId): Row {
  return rule(id, [check('fault', judgeRefusal, id)]);
}

export const refusalRequirements: readonly Row[] = [
  refuses('refusal.training_file.unknown'),
  refuses('refusal.validation_file.unknown'),
  refuses('refusal.training_file.purpose'),
  refuses('refusal.validation_file.purpose'),
  refuses('refusal.model.unknown'),
  refuses('refusal.unknown-member'),
  refuses('refusal.json.malformed'),
  refuses('refusal.content-type'),
  rule('refusal.no-job', [
    onProbe('no-job-left', ({ refused, unknown }) => {
      if (!refused.every(isAnswered)) return inconclusive('a refused create was not answered');
      return unknown.length === 0
        ? PASS
        : fail(`jobs stand in the list that no answer told of: ${show(unknown)}`, '/data');
    }),
  ]),
];
