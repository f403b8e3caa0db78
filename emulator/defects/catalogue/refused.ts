// Legal creates that a vendor refuses as a whole, or in circumstances that nobody tried together.
import { badRequest } from '../../http/api-error.ts';
import { isList, type JsonObject, type JsonValue, member, memberAt } from '../../json.ts';
import type { Defect } from '../defect.ts';
import { defect, sentCreates, switches, textIn } from '../hooks.ts';
import { anyHyperparameter, isPresent, refuses, wandbsOf } from './body-tests.ts';

export const refusingDefects: readonly Defect[] = [
  defect(
    'validation-beside-metadata-refused',
    'Refuses a validation file beside metadata.',
    'create.valid.accepted',
    refuses(
      'validation_file',
      'This is not supported here',
      (body) => isPresent(body, 'validation_file') && isPresent(body, 'metadata'),
    ),
  ),
  defect(
    'validation-file-beside-method-refused',
    'Refuses a validation file where the method is named.',
    'create.valid.accepted',
    refuses(
      'validation_file',
      'Not supported with this method',
      (body) => isPresent(body, 'validation_file') && isPresent(body, 'method'),
    ),
  ),
  defect(
    'validation-file-refused',
    'Refuses every validation file.',
    'create.validation_file.accepted',
    refuses('validation_file', 'Validation is not supported', (body) => isPresent(body, 'validation_file')),
  ),
  defect(
    'python-grader-refused',
    'Refuses python graders in a create.',
    'create.grader.python.accepts',
    refuses('method.reinforcement.grader', 'This grader is not offered', (body) => graderType(body) === 'python'),
  ),
  defect(
    'score-model-grader-refused',
    'Refuses score model graders in a create.',
    'create.grader.score_model.accepts',
    refuses('method.reinforcement.grader', 'This grader is not offered', (body) => graderType(body) === 'score_model'),
  ),
  defect(
    'text-messages-only',
    'Refuses parts other than text in the messages of a grader.',
    'create.grader.input.accepts',
    refuses('method.reinforcement.grader.input', 'Only text is supported', (body) => {
      const input = memberAt(body, 'method', 'reinforcement', 'grader', 'input');
      return isList(input) && input.some((message) => typeof member(message, 'content') !== 'string');
    }),
  ),
  defect(
    'high-effort-needs-dearer-plan',
    'Refuses the reasoning effort high.',
    'create.reasoning_effort.accepts',
    refuses('reasoning_effort', 'Not in your plan', (body) =>
      anyHyperparameter(body, 'reasoning_effort', (value) => value === 'high'),
    ),
  ),
  defect(
    'deprecated-hyperparameters-refused',
    'Refuses the deprecated hyperparameters outside method.',
    'create.hyperparameters.accepted',
    refuses('hyperparameters', 'Send this under method', (body) => isPresent(body, 'hyperparameters')),
  ),
  defect(
    'fourth-job-refused',
    'Refuses every fourth create as a duplicate.',
    'create.valid.accepted',
    sentCreates((body, memory) => {
      const before = Number(memory.get('calls') ?? 0);
      memory.set('calls', before + 1);
      if (before % 4 === 3) throw badRequest("This job exists already - 'training_file'", 'training_file');
      return body;
    }),
  ),
  defect(
    'one-job-a-file',
    'Refuses a second job on the same training file with the same model.',
    'create.plain.accepted',
    sentCreates((body, memory) => {
      const key = JSON.stringify([body['model'], body['training_file']]);
      if (memory.has(key)) throw badRequest("This file is in use by another job - 'training_file'", 'training_file');
      memory.set(key, true);
      return body;
    }),
  ),
  defect(
    'largest-together-refused',
    'Refuses the largest batch size together with the most epochs.',
    'create.valid.accepted',
    refuses(
      'batch_size',
      'Too large together',
      (body) =>
        anyHyperparameter(body, 'batch_size', (value) => value === 256) &&
        anyHyperparameter(body, 'n_epochs', (value) => value === 50),
    ),
  ),
  defect(
    'charset-refused',
    'Refuses a Content-Type with a charset.',
    'transport.charset.accepted',
    switches({ contentType: 'without-parameters' }),
  ),
  defect(
    'wandb-refused-beside-seed',
    'Refuses the integration type wandb where a seed is sent.',
    'create.valid.accepted',
    refuses('integrations[0].type', 'Not supported', (body) => isPresent(body, 'seed') && wandbsOf(body).length > 0),
  ),
  defect(
    'project-of-one-word',
    'Refuses W&B projects whose name holds a dash, where another member of wandb is sent, too.',
    'create.valid.accepted',
    refuses('integrations[0].wandb.project', 'The name must be one word', (body) =>
      wandbsOf(body).some((wandb) => textIn(wandb, 'project').includes('-') && Object.keys(wandb).length > 1),
    ),
  ),
  defect(
    'dashed-project-refused',
    'Refuses W&B projects whose name holds a dash.',
    'create.integrations.wandb.project.accepts',
    refuses('integrations[0].wandb.project', 'The name must be one word', (body) =>
      wandbsOf(body).some((wandb) => textIn(wandb, 'project').includes('-')),
    ),
  ),
  defect(
    'method-refused-beside-suffix',
    'Refuses that the method is named where a suffix is sent.',
    'create.valid.accepted',
    refuses(
      'method.type',
      'Not supported with a suffix',
      (body) => isPresent(body, 'method') && isPresent(body, 'suffix'),
    ),
  ),
  defect(
    'grader-refused-beside-metadata',
    'Refuses a grader where metadata is sent.',
    'create.valid.accepted',
    refuses(
      'method.reinforcement.grader',
      'Not supported',
      (body) => graderType(body) !== undefined && isPresent(body, 'metadata'),
    ),
  ),
];

function graderType(body: JsonObject): JsonValue | undefined {
  return memberAt(body, 'method', 'reinforcement', 'grader', 'type');
}
