// Every request that the suite sends as valid is held against the contract before it leaves: what a target does with an
// invalid one would be held against the target. A request that fails here is a fault of the suite, and is not sent.
import type { WireRequest } from '../client/wire-request.ts';
import { operations, validatorOf } from '../contract/active-contract.ts';
import type { JsonValue } from '../contract/json.ts';
import { locate, type Schema } from '../contract/schema.ts';
import { type Violation, violations } from '../contract/violations.ts';

/** The suite was about to send as valid what the contract does not allow. */
export class InvalidOwnRequest extends Error {
  override readonly name = 'InvalidOwnRequest';

  constructor({ method, path }: WireRequest, what: string) {
    super(
      `${method} ${path} was to be sent as valid and is not: ${what}; mend the scenario or what generates its body`,
    );
  }
}

/** @throws InvalidOwnRequest where body or query break the contract. Operations that it lacks bind nobody. */
export function checkOwnRequest(request: WireRequest): void {
  const operation = request.operation === 'undeclared' ? undefined : operations[request.operation];
  if (operation === undefined) return;
  if (operation.method !== request.method) throw new InvalidOwnRequest(request, `its method is ${operation.method}`);
  checkQuery(request, operation.queryParameters);
  if (operation.body === null) {
    if (request.body !== undefined) throw new InvalidOwnRequest(request, 'it has a body where none is declared');
    return;
  }
  const value = bodyOf(request);
  // Every request comes by here: what is wrong is looked for only where something is.
  if (validatorOf(operation.body.component)(value)) return;
  const [first] = violations(locate(operation.body.component), value);
  throw new InvalidOwnRequest(request, first === undefined ? 'ajv refuses the body' : wordsOf(first));
}

function wordsOf({ at, keyword, missing }: Violation): string {
  return `${at === '' ? 'the body' : at} breaks ${keyword}${missing === undefined ? '' : ` ${missing}`}`;
}

/** What a body says, as JSON; of a form its fields. */
function bodyOf(request: WireRequest): JsonValue {
  const { json, form, body } = request;
  if (form !== undefined) return form;
  if (json !== undefined) return json;
  if (typeof body !== 'string') throw new InvalidOwnRequest(request, 'it has no body that could be read');
  try {
    return JSON.parse(body) as JsonValue;
  } catch {
    throw new InvalidOwnRequest(request, 'its body is no JSON');
  }
}

type QueryParameter = NonNullable<(typeof operations)['listFiles']>['queryParameters'][number];

function checkQuery(request: WireRequest, declared: readonly QueryParameter[]): void {
  const query = new URLSearchParams(request.path.split('?')[1] ?? '');
  for (const [written, text] of query) {
    const name = written.replace(/\[.*\]$/, '');
    const parameter = declared.find((one) => one.name === name);
    if (parameter === undefined) throw new InvalidOwnRequest(request, `its operation has no query parameter ${name}`);
    const schema = parameter.schema as Schema;
    const value = valueOf(written, text, schema);
    const [broken] = violations({ schema, pointer: `#/query/${name}` }, value);
    if (broken !== undefined)
      throw new InvalidOwnRequest(request, `the query parameter ${name} breaks ${broken.keyword}`);
  }
}

/** The text of a parameter as the JSON value that its schema speaks of. */
function valueOf(written: string, text: string, schema: Schema): JsonValue {
  const member = /\[(.*)\]$/.exec(written)?.[1];
  if (member !== undefined) return { [member]: text };
  if (schema.nullable === true && text === 'null') return null;
  return schema.type === 'integer' && /^-?\d+$/.test(text) ? Number(text) : text;
}
