// Random create bodies that a server must accept: the schema's values, narrowed by x-acceptance, with the method kept
// to its own member. Every body is checked by ajv before it is used.
import { validators } from '../contract/active-contract.ts';
import type fc from 'fast-check';
import { isObject, type JsonObject, type JsonValue } from '../contract/json.ts';
import { CREATE_REQUEST } from '../contract/request-sites.ts';
import { locate } from '../contract/schema.ts';
import { ACCEPTABLE, makerFor } from './arbitrary.ts';
import { completed } from './bases.ts';
import { arbitraryOf, type Maker } from './makers.ts';
import { METHODS, type Method } from './pools.ts';

/** What of the create request a target offers. */
export interface Offer {
  readonly methods: readonly Method[];
  readonly integrations: boolean;
}

/** Bodies, with placeholders, that a target with this offer must accept. */
export function acceptablePayloads(offer: Offer): fc.Arbitrary<JsonObject> {
  return arbitraryOf(acceptableMaker(offer));
}

/** Bodies in a row that one may be drawn in vain for; the narrowing leaves next to none that are not acceptable. */
const MOST_DRAWS = 1_000;

function acceptableMaker(offer: Offer): Maker<JsonObject> {
  const bodies = makerFor(locate(CREATE_REQUEST), ACCEPTABLE);
  return {
    make: (random) => {
      for (let draws = 0; draws < MOST_DRAWS; draws += 1) {
        const body = narrowed(bodies.make(random), offer);
        if (validators.AcceptableCreateRequest(body)) return body;
      }
      throw new Error('the contract leaves no body that must be accepted');
    },
    plainer: function* (value) {
      for (const one of bodies.plainer(value)) {
        if (!isObject(one)) continue;
        const body = narrowed(one, offer);
        // What the narrowing puts back is no step down.
        if (validators.AcceptableCreateRequest(body) && JSON.stringify(body) !== JSON.stringify(value)) yield body;
      }
    },
  };
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
