// Refuses documents that are no OpenAPI 3, and objects that have another shape than OpenAPI gives them: every later
// step may then rely on it.
import { CompileError } from './compile-error.ts';
import { isObject, type JsonValue, member, pointerTo, textOf, tokensOf } from './json.ts';
import { type Parts, partsOf, type Place, placesIn } from './openapi-structure.ts';
import { operationId } from './operation-table.ts';
import type { SourceDocument } from './read-document.ts';

/** Every document needs an OpenAPI 3 label and paths before anything can be generated from it. */
export function checkLabel(source: SourceDocument): void {
  const refuse = (what: string, pointer: string, mend: string): never => {
    throw new CompileError({ what, where: source.locate(pointer), mend });
  };
  const swagger = member(source.root, 'swagger');
  if (swagger !== undefined) {
    refuse(`this is Swagger ${JSON.stringify(swagger)}`, '#/swagger', 'convert it to OpenAPI 3.0 or 3.1');
  }
  const label = member(source.root, 'openapi');
  if (label === undefined) refuse('there is no openapi label', '#', 'give an OpenAPI 3.0 or 3.1 document');
  if (typeof label !== 'string' || !/^3\.[01](\.\d+)?$/.test(label)) {
    refuse(`openapi is ${JSON.stringify(label)}`, '#/openapi', 'give an OpenAPI 3.0 or 3.1 document');
  }
  if (!isObject(member(source.root, 'paths'))) {
    refuse('there are no paths', '#/paths', 'give a document with operations');
  }
}

/** @throws CompileError naming the first object of another shape than OpenAPI gives it. */
export function checkStructure(source: SourceDocument): void {
  const operationIds = new Set<string>();
  for (const place of placesIn({ kind: 'document', value: source.root, pointer: '#' })) {
    const fault = shapeFault(place) ?? memberFault(place) ?? doubledId(place, operationIds);
    if (!fault) continue;
    throw new CompileError({
      what: fault.what,
      where: source.locate(pointerTo(place.pointer, ...(fault.at ?? []))),
      mend: 'see the OpenAPI specification',
    });
  }
}

interface Fault {
  readonly what: string;
  readonly at?: readonly string[];
}

function shapeFault({ kind, value }: Place): Fault | undefined {
  if (!isObject(value)) {
    return kind === 'schema' && typeof value === 'boolean' ? undefined : { what: `a ${kind} has to be an object` };
  }
  for (const [name, held] of Object.entries(value)) {
    const parts = partsOf(kind, name);
    // A schema's keywords have a check of their own, which says more.
    if (parts && kind !== 'schema' && !hasShape(parts, held)) {
      return { what: `${name} has to be a ${parts.shape} of ${parts.kind} objects`, at: [name] };
    }
  }
  return undefined;
}

function hasShape({ shape }: Parts, value: JsonValue): boolean {
  if (shape === 'list') return Array.isArray(value);
  return shape === 'one' || isObject(value);
}

const TEXTS = ['description', 'summary', 'operationId'];
const LOCATIONS = ['path', 'query', 'header', 'cookie'];

function memberFault({ kind, value }: Place): Fault | undefined {
  if (!isObject(value) || Object.hasOwn(value, '$ref')) return undefined;
  for (const name of TEXTS) {
    if (Object.hasOwn(value, name) && typeof value[name] !== 'string')
      return { what: `${name} is no text`, at: [name] };
  }
  if (kind === 'parameter') {
    if (typeof value['name'] !== 'string') return { what: 'a parameter has no name' };
    if (!LOCATIONS.includes(textOf(value['in']))) {
      return { what: `a parameter is in ${JSON.stringify(value['in'] ?? null)}`, at: ['in'] };
    }
  }
  return undefined;
}

/** Operation ids name the entries of the operation table; the operations of a document share one space of names. */
function doubledId({ kind, value, pointer }: Place, seen: Set<string>): Fault | undefined {
  if (kind !== 'operation' || !isObject(value)) return undefined;
  const [, path = '', method = ''] = tokensOf(pointer);
  const id = operationId(method, path, value);
  if (seen.has(id)) return { what: `operationId ${JSON.stringify(id)} stands twice`, at: ['operationId'] };
  seen.add(id);
  return undefined;
}
