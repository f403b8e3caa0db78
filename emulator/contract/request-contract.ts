// Tells what is wrong with a request body. Unedited, the contract is the generated validators; edited by an edition or
// a defect, validators are compiled from the edited schemas when the server starts.
import type { Ajv2020 } from 'ajv/dist/2020.js';
import * as generated from '#generated/current/validators.js';
import { isList, isObject, type JsonObject, type JsonValue } from '../json.ts';
import { combineEdits, type ContractEdit, contractSchemas, type Schemas } from './schemas.ts';
import type { Violation } from './violation.ts';
import { violationsOf } from './walk.ts';

/** The request bodies of the contract. */
export const REQUEST_COMPONENTS = [
  'CreateFineTuningJobRequest',
  'CreateFineTuningCheckpointPermissionRequest',
  'RunGraderRequest',
  'ValidateGraderRequest',
  'CreateFileRequest',
] as const;
export type RequestComponent = (typeof REQUEST_COMPONENTS)[number];

export interface RequestContract {
  /** Every fault of a body, the first being the one to tell; none for a body that is as it should be. */
  check(component: RequestComponent, body: JsonValue, unknownMembers: 'refuse' | 'accept'): readonly Violation[];
}

type Validate = (value: unknown) => boolean;

/** The contract as documented. */
export const documentedContract: RequestContract = contractFrom(contractSchemas, generated);

/** Makes the contract that some edits lead to; the documented one where there are none. */
export type ContractMaker = (edits: readonly ContractEdit[]) => RequestContract;

/** The maker of contracts. ajv is loaded only if it will be needed: a server without edits does not pay for it. */
export async function contractMaker(needsEdits: boolean): Promise<ContractMaker> {
  if (!needsEdits) return () => documentedContract;
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  return (edits) => {
    if (edits.length === 0) return documentedContract;
    const schemas = combineEdits(edits)(contractSchemas);
    return contractFrom(schemas, compiled(new Ajv2020({ strict: false, validateFormats: false }), schemas));
  };
}

function contractFrom(schemas: Schemas, validators: Readonly<Record<RequestComponent, Validate>>): RequestContract {
  return {
    check(component, body, unknownMembers) {
      const valid = validators[component](body);
      const found = violationsOf(component, body, { schemas, unknownMembers });
      if (valid) return found.filter(({ fault }) => fault === 'unknown');
      return found.length > 0 ? found : [unexplained(body)];
    },
  };
}

/** The walk explains whatever the validators refuse; a body that it could not explain is refused all the same. */
function unexplained(body: JsonValue): Violation {
  return { fault: 'type', path: '', value: body, types: ['object'] };
}

function compiled(ajv: Ajv2020, schemas: Schemas): Readonly<Record<RequestComponent, Validate>> {
  for (const [name, schema] of Object.entries(schemas)) ajv.addSchema(asJsonSchema(schema) as object, name);
  const validator = (name: RequestComponent): Validate => {
    const validate = ajv.getSchema(name);
    if (validate === undefined) throw new Error(`the contract lacks ${name}`);
    return (value) => validate(value) === true;
  };
  return Object.fromEntries(REQUEST_COMPONENTS.map((name) => [name, validator(name)])) as unknown as Readonly<
    Record<RequestComponent, Validate>
  >;
}

const ANNOTATIONS = new Set(['default', 'format', 'discriminator']);

/** True JSON Schema of a canonical schema. An edit may make branches overlap, so that a union needs one, not exactly one. */
function asJsonSchema(schema: JsonValue): JsonValue {
  if (isList(schema)) return schema.map(asJsonSchema);
  if (!isObject(schema)) return schema;
  const entries = Object.entries(schema)
    .filter(([keyword]) => !keyword.startsWith('x-') && !ANNOTATIONS.has(keyword) && keyword !== 'nullable')
    .map(([keyword, value]): [string, JsonValue] => {
      if (keyword === '$ref' && typeof value === 'string') return [keyword, value.replace('#/components/schemas/', '')];
      if (keyword === 'properties' && isObject(value)) return ['properties', mapMembers(value)];
      if (keyword === 'enum' || keyword === 'required') return [keyword, value];
      return [keyword === 'oneOf' ? 'anyOf' : keyword, asJsonSchema(value)];
    });
  const plain = Object.fromEntries(entries);
  return schema['nullable'] === true ? { anyOf: [{ type: 'null' }, plain] } : plain;
}

function mapMembers(properties: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, asJsonSchema(schema)]));
}
