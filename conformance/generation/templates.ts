// From a payload that was sent back to its template: ids of files and names of models, which are the target's, become
// the placeholders that they were bound from, so that what is left can be written down and shared.
import { isObject, type JsonObject, type JsonValue, isArray } from '../contract/json.ts';
import type { Bindings } from './pools.ts';

/** The template of a payload that was bound with these bindings. */
export function templateOf(
  payload: JsonObject,
  { model, graderModel, trainingFile, validationFile }: Bindings,
): JsonObject {
  const bound: Readonly<Record<string, readonly [value: string, placeholder: string]>> = {
    model: [model, '${model}'],
    training_file: [trainingFile, '${training_file}'],
    validation_file: [validationFile, '${validation_file}'],
  };
  return Object.fromEntries(
    Object.entries(payload).map(([name, value]): [string, JsonValue] => {
      const [own, placeholder] = bound[name] ?? [];
      return [name, value === own && placeholder !== undefined ? placeholder : withoutGraderModel(value, graderModel)];
    }),
  );
}

/** No grader stands deeper; bodies that a run sends to be refused do, by thousands of levels. */
const DEEPEST = 100;

/** Below the root a model is that of a grader. */
function withoutGraderModel(value: JsonValue, graderModel: string, depth = 0): JsonValue {
  if (depth > DEEPEST) return value;
  if (isArray(value)) return value.map((item) => withoutGraderModel(item, graderModel, depth + 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]): [string, JsonValue] => [
      name,
      name === 'model' && item === graderModel ? '${grader_model}' : withoutGraderModel(item, graderModel, depth + 1),
    ]),
  );
}
