// Graders, tried on their own (alpha).
import type { Context } from '../context.ts';
import { FormulaError, parseFormula } from '../graders/formula.ts';
import { gradingView, runGrader } from '../graders/run-grader.ts';
import { type Answer, success } from '../http/answer.ts';
import { badRequest } from '../http/api-error.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { ApiRequest } from '../request.ts';
import { checkedBody } from './check-body.ts';

/** POST /fine_tuning/alpha/graders/run. */
export function runGraderOnSample(context: Context, request: ApiRequest): Answer {
  const body = checkedBody(context, request, 'RunGraderRequest', 'accept');
  const started = performance.now();
  const sample = body['model_sample'];
  const grader = graderIn(body);
  const grading = runGrader(grader, {
    outputText: typeof sample === 'string' ? sample : JSON.stringify(sample ?? null),
    item: body['item'],
  });
  return success(gradingView(grader, grading, (performance.now() - started) / 1000));
}

/** POST /fine_tuning/alpha/graders/validate: the grader as it was sent. */
export function validateGrader(context: Context, request: ApiRequest): Answer {
  const grader = graderIn(checkedBody(context, request, 'ValidateGraderRequest', 'accept'));
  if (grader['type'] === 'multi') checkFormula(grader['calculate_output']);
  return success({ grader });
}

function checkFormula(formula: unknown): void {
  try {
    if (typeof formula === 'string') parseFormula(formula);
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    throw badRequest(`The formula cannot be read: ${error.message}`, 'grader.calculate_output');
  }
}

function graderIn(body: JsonObject): JsonObject {
  const grader = body['grader'];
  return isObject(grader) ? grader : {};
}
