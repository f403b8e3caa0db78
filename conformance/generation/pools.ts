// Values that a payload may hold although a target may restrict them: uploaded files, offered models, reviewed text.
// Generated payloads are templates: ids and models stand in them as placeholders that the run binds, so that a payload
// can be written down, compared and replayed against any target.
import { pools, validators } from '../contract/active-contract.ts';
import { hasMethod } from '../contract/create-members.ts';
import { isArray, isObject, type JsonObject, type JsonValue, member, textMember } from '../contract/json.ts';

/** Placeholders by the pool that a schema names. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  model: '${model}',
  'training-file': '${training_file}',
  'validation-file': '${validation_file}',
  'grader-model': '${grader_model}',
};

/** The values of a pool. @throws Error for a pool that the contract does not know: a fault of ours. */
export function poolValues(name: string): readonly string[] {
  const placeholder = PLACEHOLDERS[name];
  const values = placeholder === undefined ? pools[name] : [placeholder];
  if (values === undefined || values.length === 0) throw new Error(`no values in pool ${name}`);
  return values;
}

/** The first value of a pool: what a minimal payload holds. */
export function poolValue(name: string): string {
  return poolValues(name)[0] ?? '';
}

/** What placeholders stand for in a run. Models and files depend on the method of the payload. */
export interface Bindings {
  readonly model: string;
  readonly graderModel: string;
  readonly trainingFile: string;
  readonly validationFile: string;
}

const QUOTED = /"(\$\{[a-z_]+\})"/g;
const quoted = (value: string | undefined): string | undefined => (value === undefined ? value : JSON.stringify(value));

/** A payload with its placeholders bound. */
export function bind(template: JsonValue, bindings: Bindings): JsonValue {
  const values = new Map([
    ['${model}', bindings.model],
    ['${grader_model}', bindings.graderModel],
    ['${training_file}', bindings.trainingFile],
    ['${validation_file}', bindings.validationFile],
  ]);
  const replace = (value: JsonValue): JsonValue => {
    if (typeof value === 'string') {
      if (value.startsWith('${')) return values.get(value) ?? value;
      // A body may stand in text: there its placeholders are values of members.
      return value.startsWith('{"')
        ? value.replace(QUOTED, (one, name: string) => quoted(values.get(name)) ?? one)
        : value;
    }
    if (isArray(value)) return value.some((item) => replace(item) !== item) ? value.map(replace) : value;
    return isObject(value) ? replaceIn(value) : value;
  };
  // What holds no placeholder is the same object afterwards: most of a payload is other people's words.
  const replaceIn = (value: JsonObject): JsonObject => {
    const changed: [string, JsonValue][] = [];
    for (const name of Object.keys(value)) {
      const item = value[name] ?? null;
      const bound = replace(item);
      if (bound !== item) changed.push([name, bound]);
    }
    return changed.length === 0 ? value : { ...value, ...Object.fromEntries(changed) };
  };
  return replace(template);
}

/** The two members without which there is no create, and nothing else. */
export const BARE: JsonObject = { model: '${model}', training_file: '${training_file}' };

export const METHODS = ['supervised', 'dpo', 'reinforcement'] as const;
export type Method = (typeof METHODS)[number];

/** The methods of the contract; supervised is what a body without one means, where such a body must be accepted. */
export const EDITION_METHODS: readonly Method[] = METHODS.filter(
  (name) => hasMethod(name) || (name === 'supervised' && validators.AcceptableCreateRequest(BARE)),
);

/** The method that a payload asks for; supervised is the default. */
export function methodOf(payload: JsonObject): Method {
  const type = textMember(member(payload, 'method'), 'type');
  return METHODS.find((method) => method === type) ?? 'supervised';
}
