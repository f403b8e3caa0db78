// Emits stand-alone validators as a real ES module. ajv's own ESM output still calls require for two helpers, which
// fails outside CommonJS: both are written out here, so that the module depends on nothing at run time.
//
// `format` is an annotation in OpenAPI 3.1 and is not validated. Length counts Unicode code points, as JSON Schema
// 2020-12 section 6.3.1 says.
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneModule from 'ajv/dist/standalone/index.js';
import type { Erratum } from './errata.ts';
import { CompileError } from './compile-error.ts';
import { isObject, type JsonObject, type JsonValue, mapValues, member } from './json.ts';
import { mapSchema } from './schema-walk.ts';

// ajv is CommonJS: its default export is the module where Node loads it and the function where a bundler does.
const standaloneCode = 'default' in standaloneModule ? standaloneModule.default : standaloneModule;

const HELPERS = `const codePointLength = (text) => { let length = 0; for (const _ of text) length += 1; return length; };
const deepEqual = (a, b) => {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && deepEqual(a[name], b[name]));
};
`;
const REQUIRED: readonly (readonly [RegExp, string])[] = [
  [/require\("ajv\/dist\/runtime\/ucs2length"\)\.default/g, 'codePointLength'],
  [/require\("ajv\/dist\/runtime\/equal"\)\.default/g, 'deepEqual'],
];

/** A named schema to validate with; references name other schemas of the set by `#/components/schemas/NAME`. */
export type NamedSchemas = Readonly<Record<string, JsonValue>>;

/** The source of an ES module that exports one validator a schema, named like it. */
export function emitValidators(schemas: NamedSchemas): string {
  const ajv = new Ajv2020({
    allErrors: true,
    strictSchema: true,
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    allowUnionTypes: true,
    validateFormats: false,
    code: { source: true, esm: true, lines: false },
  });
  const names = Object.keys(schemas);
  for (const name of names) {
    if (!/^[A-Za-z_$][\w$]*$/.test(name)) {
      throw new CompileError({
        what: `component name ${JSON.stringify(name)} is no identifier`,
        where: '#/components/schemas',
        mend: 'rename it to letters, digits and _',
      });
    }
    ajv.addSchema(forAjv(schemas[name] ?? {}), name);
  }
  let code: string;
  try {
    code = standaloneCode(ajv, Object.fromEntries(names.map((name) => [name, name])));
  } catch (error) {
    throw new CompileError({
      what: error instanceof Error ? error.message : String(error),
      where: '#/components/schemas',
      mend: 'correct the schema that it names',
    });
  }
  for (const [pattern, helper] of REQUIRED) code = code.replace(pattern, helper);
  const left = /require\([^)]*\)/.exec(code);
  if (left) throw new Error(`the validators still need ${left[0]}: add it to the helpers`);
  return `${HELPERS}${code.replace(/^"use strict";\s*/, '')}\n`;
}

/** Without prose and extensions, and with references by the names under which the schemas are registered. */
function forAjv(schema: JsonValue): JsonObject {
  const stripped = mapSchema(
    schema,
    (current) =>
      Object.fromEntries(
        Object.entries(current).filter(([keyword]) => !keyword.startsWith('x-') && !NOT_VALIDATED.has(keyword)),
      ),
    '',
  );
  const linked = mapValues(stripped, (value) => {
    const target = member(value, '$ref');
    return isObject(value) && typeof target === 'string'
      ? { ...value, $ref: target.replace('#/components/schemas/', '') }
      : value;
  });
  return linked as JsonObject;
}

const NOT_VALIDATED = new Set([
  'example',
  'examples',
  'discriminator',
  'xml',
  'externalDocs',
  'format',
  'title',
  'description',
  'default',
  'deprecated',
]);

/** Declarations for a validators module. `types` maps a validator to the TypeScript type that it proves. */
export function emitValidatorTypes(names: readonly string[], typeOf: (name: string) => string, head = ''): string {
  return `${head}
/** One violation of a schema. */
export interface SchemaViolation {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Tells whether a value satisfies a schema; where not, \`errors\` of the function holds every violation. */
export interface Validator<T> {
  (value: unknown): value is T;
  errors?: readonly SchemaViolation[] | null;
}

${names.map((name) => `export const ${name}: Validator<${typeOf(name)}>;`).join('\n')}
`;
}

/** The schemas that decide what the register tolerates, by a name made of erratum and number. */
export function toleranceSchemas(errata: readonly Erratum[]): NamedSchemas {
  return Object.fromEntries(
    errata.flatMap(({ id, tolerances }) =>
      tolerances.flatMap((tolerance, index): [string, JsonValue][] => [
        [`${toleranceName(id, index)}_value`, tolerance.value as JsonObject],
        [`${toleranceName(id, index)}_object`, tolerance.object as JsonObject],
      ]),
    ),
  );
}

/** `E_S3_0` for the first tolerance of E-S3. */
export function toleranceName(id: string, index: number): string {
  return `${id.replace('-', '_')}_${index}`;
}
