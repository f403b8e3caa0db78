// Runs a grader on a sample. String checks and similarities are computed; what would need a model or would execute a
// caller's code is refused. Faults of templates and formulas are no refusals: they are told as flags of the result.
import { badRequest } from '../http/api-error.ts';
import { isList, isObject, type JsonObject, type JsonValue, member } from '../json.ts';
import { evaluate, FormulaError, parseFormula } from './formula.ts';
import { METRICS } from './similarity.ts';
import { render, type Sample } from './template.ts';

const FLAGS = [
  'formula_parse_error',
  'sample_parse_error',
  'truncated_observation_error',
  'unresponsive_reward_error',
  'invalid_variable_error',
  'other_error',
  'python_grader_server_error',
  'python_grader_runtime_error',
  'model_grader_server_error',
  'model_grader_refusal_error',
  'model_grader_parse_error',
] as const;
type Flag = (typeof FLAGS)[number];

export interface Grading {
  readonly reward: number;
  readonly flags: ReadonlySet<Flag>;
  /** Rewards of the parts of a multi grader. */
  readonly subRewards: JsonObject;
}

/** The most characters of a text that is compared; what lies beyond is cut off, and the result says so. */
export const LONGEST_COMPARED = 4096;

/** The reward of a sample. @param path where the grader stands in the body. @throws ApiError 400 for a kind that cannot be run. */
export function runGrader(grader: JsonObject, sample: Sample, path = 'grader'): Grading {
  const type = grader['type'];
  switch (type) {
    case 'string_check':
    case 'text_similarity':
      return compared(grader, sample, type);
    case 'multi':
      return combined(grader, sample, path);
    case 'python':
      throw badRequest(
        "Graders of type 'python' are not run here: no code of a caller is ever executed",
        `${path}.type`,
      );
    default:
      throw badRequest(`Graders of type '${textOf(type)}' are not run here: there is no model to ask`, `${path}.type`);
  }
}

/** The result object of the API. */
export function gradingView(grader: JsonObject, grading: Grading, executionSeconds: number): JsonObject {
  const flags = Object.fromEntries(FLAGS.map((flag) => [flag, grading.flags.has(flag)]));
  return {
    reward: grading.reward,
    metadata: {
      name: typeof grader['name'] === 'string' ? grader['name'] : '',
      type: textOf(grader['type']),
      errors: {
        ...flags,
        python_grader_server_error_type: null,
        python_grader_runtime_error_details: null,
        model_grader_server_error_details: null,
      },
      execution_time: executionSeconds,
      scores: {},
      token_usage: null,
      sampled_model_name: null,
    },
    sub_rewards: grading.subRewards,
    model_grader_token_usage_per_model: {},
  };
}

function compared(grader: JsonObject, sample: Sample, type: 'string_check' | 'text_similarity'): Grading {
  const input = render(textOf(grader['input']), sample);
  const reference = render(textOf(grader['reference']), sample);
  for (const rendered of [input, reference]) if ('fault' in rendered) return nothing(rendered.fault);
  const [text, wanted] = [input, reference].map((one) => ('text' in one ? one.text : ''));
  if (text === undefined || wanted === undefined) return nothing('other_error');
  if (type === 'string_check') return graded(checked(textOf(grader['operation']), text, wanted) ? 1 : 0);
  const metric = METRICS[textOf(grader['evaluation_metric'])];
  if (metric === undefined) return nothing('other_error');
  const reward = metric(text.slice(0, LONGEST_COMPARED), wanted.slice(0, LONGEST_COMPARED));
  const truncated = text.length > LONGEST_COMPARED || wanted.length > LONGEST_COMPARED;
  return { ...graded(reward), flags: new Set(truncated ? ['truncated_observation_error'] : []) };
}

function checked(operation: string, text: string, reference: string): boolean {
  switch (operation) {
    case 'eq':
      return text === reference;
    case 'ne':
      return text !== reference;
    case 'like':
      return text.includes(reference);
    case 'ilike':
      return text.toLowerCase().includes(reference.toLowerCase());
    default:
      return false;
  }
}

function combined(grader: JsonObject, sample: Sample, path: string): Grading {
  const flags = new Set<Flag>();
  const rewards = new Map<string, number>();
  for (const [name, part, at] of partsOf(grader, `${path}.graders`)) {
    const grading = runGrader(part, sample, at);
    for (const flag of grading.flags) flags.add(flag);
    rewards.set(name, grading.reward);
  }
  const subRewards = Object.fromEntries(rewards);
  try {
    const value = evaluate(parseFormula(textOf(grader['calculate_output'])), rewards);
    if (Number.isFinite(value)) return { reward: value, flags, subRewards };
    return { reward: 0, flags: flags.add('other_error'), subRewards };
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    const flag = error.kind === 'syntax' ? 'formula_parse_error' : 'invalid_variable_error';
    return { reward: 0, flags: flags.add(flag), subRewards };
  }
}

/** The parts of a multi grader by name, in each of the three shapes that the documents show (E-S10). */
function partsOf(grader: JsonObject, path: string): (readonly [name: string, part: JsonObject, path: string])[] {
  const graders = grader['graders'];
  if (isList(graders)) return graders.flatMap((part, index) => named(part, `${path}[${index}]`));
  if (!isObject(graders)) return [];
  if (typeof graders['type'] === 'string') return named(graders, path);
  return Object.entries(graders).flatMap(([name, part]) =>
    isObject(part) ? [[name, part, `${path}.${name}`] as const] : [],
  );
}

function named(part: JsonValue, path: string): (readonly [string, JsonObject, string])[] {
  return isObject(part) ? [[textOf(member(part, 'name')), part, path]] : [];
}

function graded(reward: number): Grading {
  return { reward, flags: new Set(), subRewards: {} };
}

function nothing(flag: Flag): Grading {
  return { reward: 0, flags: new Set([flag]), subRewards: {} };
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
