// Emits stand-alone validators as a real ES module. ajv's own ESM output still calls require for two helpers, which
// fails outside CommonJS, and declares each validator under its public name, where a component called Array would
// replace the Array that the code itself needs: both are put right here, so that the module depends on nothing.
//
// `format` is an annotation in OpenAPI 3.1 and is not validated. Length counts Unicode code points, as JSON Schema
// 2020-12 section 6.3.1 says.
import { Ajv2020, type Options } from 'ajv/dist/2020.js';
import standaloneModule from 'ajv/dist/standalone/index.js';
import { CompileError } from './compile-error.ts';
import type { Erratum } from './errata.ts';
import { type JsonObject, type JsonValue, listOf, objectOf } from './json.ts';
import { mapSchema, placesIn } from './openapi-structure.ts';
import { ANNOTATION_KEYWORDS } from './schema-keywords.ts';

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
const REQUIRED: ReadonlyMap<string, string> = new Map([
  ['ajv/dist/runtime/ucs2length', 'codePointLength'],
  ['ajv/dist/runtime/equal', 'deepEqual'],
]);

/** A named schema to validate with; references name other schemas of the set by `#/components/schemas/NAME`. */
export type NamedSchemas = Readonly<Record<string, JsonValue>>;

/**
 * The source of an ES module that exports one validator a schema, named like it. Names are safe to export.
 * @throws CompileError on schemas that no validator can be made of.
 */
export function emitValidators(schemas: NamedSchemas): string {
  const names = Object.keys(schemas);
  const code = standalone(schemas, names);
  const found = new Map<string, string>();
  // Texts of the document stand in JSON strings, which hold no line end: a line that begins so is ajv's own.
  const module = code
    .replace(/^"use strict";\n/, '')
    .replace(/^const (\w+) = require\("([^"\n]+)"\)\.default;$/gm, (_, name: string, path: string) => {
      const helper = REQUIRED.get(path);
      if (helper === undefined) throw new Error(`the validators need ${path}: add it to the helpers`);
      return `const ${name} = ${helper};`;
    })
    .replace(/^export const exported(\d+) = (validate\d+);\n/gm, (_, index: string, validator: string) => {
      found.set(names[Number(index)] ?? '', validator);
      return '';
    });
  const exports = names.map((name) => `  ${found.get(name) ?? ''} as ${name},\n`).join('');
  return `${HELPERS}${module}\nexport {\n${exports}};\n`;
}

function standalone(schemas: NamedSchemas, names: readonly string[]): string {
  const ajv = new Ajv2020({ ...validatorOptions(schemas), code: { source: true, esm: true, lines: true } });
  let current = '';
  try {
    for (const name of names) {
      current = name;
      ajv.addSchema(forAjv(schemas[name] ?? {}) as JsonObject, name);
    }
    for (const name of names) {
      current = name;
      ajv.getSchema(name);
    }
    return standaloneCode(ajv, Object.fromEntries(names.map((name, index) => [`exported${index}`, name])));
  } catch (error) {
    throw new CompileError({
      what: `no validator can be made: ${error instanceof Error ? error.message : String(error)}`,
      where: `#/components/schemas/${current}`,
      mend: 'correct the schema',
    });
  }
}

/** How ajv is to read the schemas; exported so that a test can compare the module with ajv itself. */
export function validatorOptions(schemas: NamedSchemas): Options {
  return {
    allErrors: true,
    strictSchema: true,
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    allowUnionTypes: true,
    validateFormats: false,
    // A component that many others use is one function that they call, instead of a copy in each of them.
    inlineRefs: false,
    // Without it, every object has a `constructor` and a `toString`. With it, the code is longer.
    ownProperties: Object.values(schemas).some(namesInherited),
  };
}

function namesInherited(schema: JsonValue): boolean {
  return [...placesIn({ kind: 'schema', value: schema, pointer: '' })].some(({ value }) => {
    const { properties, required } = objectOf(value);
    return [...Object.keys(objectOf(properties)), ...listOf(required)].some(
      (name) => typeof name === 'string' && name in {},
    );
  });
}

const NOT_VALIDATED = new Set<string>([...ANNOTATION_KEYWORDS, 'format']);

/** Without prose and extensions, and with references by the names under which the schemas are registered. */
export function forAjv(schema: JsonValue): JsonValue {
  return mapSchema(
    schema,
    (current) => {
      const kept = Object.entries(current).filter(([keyword]) => !keyword.startsWith('x-') && !NOT_VALIDATED.has(keyword)); // prettier-ignore
      const stripped = withProto(Object.fromEntries(kept));
      const target = stripped['$ref'];
      return typeof target === 'string' ? { ...stripped, $ref: target.replace('#/components/schemas/', '') } : stripped;
    },
    '',
  );
}

/** ajv passes over a property called `__proto__`; as a pattern it does not. */
function withProto(schema: JsonObject): JsonObject {
  const properties = objectOf(schema['properties']);
  if (!Object.hasOwn(properties, '__proto__')) return schema;
  const others = Object.entries(properties).filter(([name]) => name !== '__proto__');
  const proto = new Map(Object.entries(properties)).get('__proto__') ?? true;
  return { ...schema, properties: Object.fromEntries(others), patternProperties: { '^__proto__$': proto } };
}

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
