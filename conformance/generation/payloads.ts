// Random create bodies that a server must accept: the schema's values, narrowed by x-acceptance, with the method kept
// to its own member. Every body is checked by ajv before it is used.
import { validators } from '../contract/active-contract.ts';
import fc from 'fast-check';
import { isObject, type JsonObject, type JsonValue } from '../contract/json.ts';
import { CREATE_REQUEST } from '../contract/request-sites.ts';
import { locate } from '../contract/schema.ts';
import { ACCEPTABLE, arbitraryFor } from './arbitrary.ts';
import { completed } from './bases.ts';
import { METHODS, type Method } from './pools.ts';

/** What of the create request a target offers. */
export interface Offer {
  readonly methods: readonly Method[];
  readonly integrations: boolean;
}

/** Bodies, with placeholders, that a target with this offer must accept. */
export function acceptablePayloads(offer: Offer): fc.Arbitrary<JsonObject> {
  return arbitraryFor(locate(CREATE_REQUEST), ACCEPTABLE)
    .map((value) => narrowed(value, offer))
    .filter((value) => validators.AcceptableCreateRequest(value));
}

/** Leaves one method with its own member, and not both ways of giving hyperparameters. */
function narrowed(value: JsonValue, { methods, integrations }: Offer): JsonObject {
  if (!isObject(value)) throw new Error('a create body is an object');
  const { method, hyperparameters, integrations: wanted, ...rest } = value;
  const kept: JsonObject = {
    ...rest,
    ...(wanted !== undefined && integrations ? { integrations: wanted } : {}),
    ...(hyperparameters !== undefined && method === undefined ? { hyperparameters } : {}),
  };
  if (!isObject(method)) return kept;
  const type = METHODS.find((name) => name === method['type'] && methods.includes(name)) ?? methods[0] ?? 'supervised';
  const settings = method[type];
  return completed({
    ...kept,
    method: { type, ...(settings === undefined ? {} : { [type]: withoutMulti(settings) }) },
  });
}

/** A multi grader has three documented shapes: it is only observed. */
function withoutMulti(settings: JsonValue): JsonValue {
  if (!isObject(settings) || !isObject(settings['grader']) || settings['grader']['type'] !== 'multi') return settings;
  const { grader: _grader, ...rest } = settings;
  return {
    ...rest,
    grader: {
      type: 'string_check',
      name: 'exact match',
      input: '{{sample.output_text}}',
      reference: '{{item.reference}}',
      operation: 'eq',
    },
  };
}
