// What a vendor looks for in the body of a create before it refuses it, or before it lets it pass.
import { badRequest } from '../../http/api-error.ts';
import { isList, isObject, type JsonObject, type JsonValue, member } from '../../json.ts';
import type { Hooks } from '../defect.ts';
import { hyperparameter, sentCreates } from '../hooks.ts';

/** A refusal of legal bodies of some kind, in words that sound reasonable. */
export function refuses(param: string, message: string, when: (body: JsonObject) => boolean): Hooks {
  return sentCreates((body) => {
    if (when(body)) throw badRequest(`${message} - '${param}'`, param);
    return body;
  });
}

/** Whether a hyperparameter, in one of its places, passes a test. */
export function anyHyperparameter(body: JsonObject, name: string, test: (value: JsonValue) => boolean): boolean {
  let found = false;
  hyperparameter(body, name, (value) => {
    found ||= test(value);
    return value;
  });
  return found;
}

/** Whether a pair of metadata passes a test. */
export function anyPair(body: JsonObject, test: (key: string, value: string) => boolean): boolean {
  const metadata = body['metadata'];
  if (!isObject(metadata)) return false;
  return Object.entries(metadata).some(([key, value]) => typeof value === 'string' && test(key, value));
}

/** The W&B settings of a body. */
export function wandbsOf(body: JsonObject): readonly JsonObject[] {
  const integrations = body['integrations'];
  if (!isList(integrations)) return [];
  return integrations.flatMap((integration) => {
    const wandb = member(integration, 'wandb');
    return isObject(wandb) ? [wandb] : [];
  });
}

/** Whether a member is there and not null. */
export function isPresent(body: JsonObject, name: string): boolean {
  return (member(body, name) ?? null) !== null;
}

/** Whether a value is a whole number. */
export function isWhole(value: JsonValue | undefined): value is number {
  return Number.isInteger(value);
}
