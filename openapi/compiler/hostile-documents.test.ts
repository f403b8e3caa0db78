// Documents of others are untrusted. Whatever text they hold reaches generated code as inert data: this compiles a
// document that tries to break out at every place, runs what comes of it, and looks for a trace.
import { beforeAll, describe, expect, it } from 'vitest';
import { compareDocuments } from './compare-documents.ts';
import { type Compilation, compile, prepare } from './compile.ts';
import { describeDifferences } from './describe-difference.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { parseText, type SourceDocument } from './read-document.ts';
import { jsonOf, refTo } from './testing/documents.ts';
import { faultOf } from './testing/faults.ts';
import { runBeside, statementsOf, syntaxErrors, typeErrors } from './testing/run-module.ts';

const PWN = 'globalThis.pwned=1';
/** Ways out of a comment, a string, a template, a line, an expression. */
const ESCAPES = [
  `*/${PWN};/*`,
  `**/ ${PWN}; /**`,
  `";${PWN};"`,
  `';${PWN};'`,
  '`;' + PWN + ';`',
  '${' + PWN + '}',
  `\n${PWN};\n`,
  `\r\n${PWN};//`,
  `\u2028${PWN};\u2029${PWN};`,
  `\\";${PWN};//`,
  `</script><script>${PWN}</script>`,
  `//# sourceMappingURL=data:,${PWN}`,
  `\nconst a = require("node:fs").default;\n`,
  `\nexport const exported0 = validate20;\n`,
  `\u2028export const exported0 = validate20;\u2028const b = require("node:os").default;\u2028`,
  `$& $1 $\` $' $$`,
  `"]: never; }; ${PWN}; type X = { ["`,
  '{{' + PWN + '}}',
  '__proto__',
  'constructor',
  'toString',
  '\u202e\u0000\ufeff',
  '*\\/',
  '@deprecated */',
];
const ALL = ESCAPES.join(' ');

/** A schema that is hostile in each keyword that holds text. */
function hostileSchema(): JsonObject {
  const entries = <T>(of: (text: string) => T): Record<string, T> => {
    const map = new Map(ESCAPES.map((text) => [text, of(text)]));
    return Object.fromEntries(map);
  };
  return {
    type: 'object',
    title: ALL,
    description: ALL,
    'x-note': ALL,
    required: ESCAPES,
    properties: {
      ...entries((text) => ({
        type: 'string',
        title: text,
        description: text,
        default: text,
        example: text,
        format: text,
      })),
      choice: { enum: ESCAPES, description: ALL },
      object: { enum: [entries((text) => text)] },
      tagged: { oneOf: ESCAPES.map((text) => ({ type: 'object', properties: { type: { const: text } } })) },
    },
  };
}

function hostileRoot(): JsonObject {
  const names = Object.fromEntries(
    ESCAPES.map((text): [string, JsonValue] => [text, { type: 'string', description: text }]),
  );
  const uses = Object.fromEntries(
    ESCAPES.map((text, index): [string, JsonValue] => [`m${index}`, refTo(encoded(text))]),
  );
  const paths = ESCAPES.map((text, index): [string, JsonValue] => [
    `/fine_tuning/${index}/${text}/{${text}}`,
    {
      summary: text,
      description: text,
      get: {
        operationId: text,
        summary: text,
        description: text,
        tags: [text],
        security: [{ [text]: [] }],
        parameters: [
          { name: text, in: 'query', description: text, schema: { type: 'string', default: text, enum: [text] } },
          { name: text, in: 'header', schema: { type: 'string' } },
          { name: text, in: 'path', required: true, schema: { type: 'string' } },
          { $ref: `#/components/parameters/${encoded(text)}` },
        ],
        requestBody: { description: text, content: { [text]: { schema: { type: 'string', description: text } } } },
        responses: {
          '200': {
            description: text,
            headers: { [text]: { description: text, schema: { enum: [text] } } },
            content: jsonOf({ type: 'object', description: text, properties: { [text]: true } }),
          },
          [text]: { $ref: `#/components/responses/${encoded(text)}` },
        },
      },
    },
  ]);
  return {
    openapi: '3.1.0',
    info: { title: ALL, version: ALL },
    paths: {
      '/fine_tuning/jobs': { post: { operationId: 'create', requestBody: { content: jsonOf({ allOf: [refTo('Hostile'), { type: 'object', properties: uses }] }) }, responses: {} } },
      ...Object.fromEntries(paths),
    },
    components: {
      schemas: { Hostile: hostileSchema(), ...names },
      responses: Object.fromEntries(ESCAPES.map((text): [string, JsonValue] => [text, { description: text, content: jsonOf(refTo('Hostile')) }])),
      parameters: Object.fromEntries(ESCAPES.map((text, index): [string, JsonValue] => [text, { name: `${text}${index}`, in: 'query', description: text, schema: { type: 'string' } }])),
    },
    'x-pools': { [ALL]: [ALL] },
    'x-rules': [{ id: 'a.b', title: ALL, level: 'MUST', authority: 'DOC', statement: ALL, sources: [ALL], capability: ALL }],
  }; // prettier-ignore
}

function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll('~', '~0').replaceAll('%2F', '~1');
}

const read = (root: JsonObject): SourceDocument => parseText(JSON.stringify(root), `a${ALL}.json`);

describe('generated code', () => {
  let compilation: Compilation;
  const file = (name: string): string => compilation.files.get(name) ?? '';
  beforeAll(async () => {
    compilation = await compile(read(hostileRoot()));
  });

  it('is valid, module by module', () => {
    for (const [name, text] of compilation.files) {
      if (name !== 'manifest.json') expect(syntaxErrors(text), name).toEqual([]);
    }
    expect(typeErrors(compilation.files)).toEqual([]);
  });

  it('declares what it is to declare and does nothing else', () => {
    const kinds = (name: string): string[] => [
      ...new Set(statementsOf(file(name)).map((one) => one.split(' ')[0] ?? '')),
    ];
    expect(kinds('types.ts').sort()).toEqual(['InterfaceDeclaration', 'TypeAliasDeclaration']);
    for (const name of ['operations.ts', 'constraints.ts', 'schemas.ts', 'rules.ts', 'errata.ts']) {
      const own = kinds(name).filter((kind) => !['InterfaceDeclaration', 'TypeAliasDeclaration'].includes(kind));
      expect(own, name).toEqual(['FirstStatement']);
    }
    expect(statementsOf(file('types.ts'))).toEqual([
      'InterfaceDeclaration paths',
      'TypeAliasDeclaration webhooks',
      'InterfaceDeclaration components',
      'TypeAliasDeclaration $defs',
      'InterfaceDeclaration operations',
    ]);
  });

  it('runs, leaves no trace, and holds every text as it was written', () => {
    const script = `import * as operations from './operations.js';
      import * as constraints from './constraints.js';
      import * as schemas from './schemas.js';
      import * as rules from './rules.js';
      import './errata.js'; import './errata-validators.js';
      import * as validators from './validators.js';
      const { Hostile } = validators;
      Hostile({}); const required = Hostile.errors.map(({ params }) => params.missingProperty);
      const body = Object.fromEntries(required.map((name) => [name, 'x']));
      const verdicts = [Hostile(body), Hostile({ ...body, choice: 'none' }), Hostile({ ...body, choice: required[0] })];
      for (const validate of Object.values(validators)) for (const value of [1, 'a', {}, body, []]) validate(value);
      const ids = Object.keys(operations.operations);
      console.log(JSON.stringify({ pwned: globalThis.pwned ?? null, polluted: Object.keys(Object.prototype), required, verdicts, ids,
        titles: Object.values(rules.rules).map(({ title }) => title), pools: schemas.pools,
        enum: constraints.constraints.find(({ pointer, keyword }) => pointer.endsWith('Hostile/properties/choice') && keyword === 'enum').value,
        members: Object.keys(schemas.schemas.Hostile.properties).length }));`;
    expect(runBeside(compilation.files, script)).toEqual({
      pwned: null,
      polluted: [],
      required: ESCAPES,
      verdicts: [true, false, true],
      ids: ['create', ...ESCAPES],
      titles: [ALL],
      pools: { [ALL]: [ALL] },
      enum: ESCAPES,
      members: ESCAPES.length + 3,
    });
  });

  it('exports names that are safe, each belonging to one schema', () => {
    const names = [...file('validators.d.ts').matchAll(/^export const (.*?): /gm)].map(([, name = '']) => name);
    expect(names.filter((name) => !/^[A-Za-z_$][\w$]*$/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(ESCAPES.length * 2);
  });
});

describe('what people are told', () => {
  it('of differences fits a line each, and shows control characters as escapes', () => {
    const ours = prepare(parseText(JSON.stringify({ openapi: '3.1.0', paths: { '/fine_tuning/jobs': {} } }), 'a'))
      .document.root;
    const lines = describeDifferences(compareDocuments(ours, prepare(read(hostileRoot())).document.root));
    expect(lines.length).toBeGreaterThan(ESCAPES.length);
    expect(lines.flat().filter((text) => /[\u0000-\u001f\u2028\u2029\u202e]/.test(text))).toEqual([]);
  });

  it.each(ESCAPES)('of faults, too: %j', async (text) => {
    const root = {
      openapi: '3.1.0',
      paths: { '/fine_tuning/jobs': { get: { [text]: 1, parameters: [{ name: text, in: text }] } } },
    };
    const message = await faultOf(() => compile(read(root)));
    expect(message).not.toBe('none');
    expect(message).not.toMatch(/[\u0000-\u001f\u2028\u2029\u202e]/);
  });
});

describe('a document that would take for ever is refused', () => {
  const schemasIn = (schemas: JsonObject): SourceDocument =>
    parseText(JSON.stringify({ openapi: '3.1.0', paths: { '/files': { get: { requestBody: { content: jsonOf(refTo('S0')) }, responses: {} } } }, components: { schemas } }), 'a'); // prettier-ignore

  it('by patterns that run away', async () => {
    expect(await faultOf(() => compile(schemasIn({ S0: { pattern: '^(([a-z])+.)+[A-Z]([a-z])+$' } })))).toContain(
      'may run for ever',
    );
  });

  it('by schemas that multiply', async () => {
    const doubled = Array.from({ length: 30 }, (_, index): [string, JsonValue] => [`S${index}`, { allOf: [refTo(`S${index + 1}`), refTo(`S${index + 1}`)] }]); // prettier-ignore
    expect(await faultOf(() => compile(schemasIn({ ...Object.fromEntries(doubled), S30: {} })))).toContain(
      'schemas apply',
    );
  });

  it('by references and nesting beyond a call stack', async () => {
    const chain = Array.from({ length: 3000 }, (_, index): [string, JsonValue] => [`S${index}`, { properties: { a: refTo(`S${index + 1}`) } }]); // prettier-ignore
    expect(await faultOf(() => compile(schemasIn({ ...Object.fromEntries(chain), S3000: {} })))).toContain(
      'deeper than 250',
    );
    const nested = `${'{"items":'.repeat(3000)}true${'}'.repeat(3000)}`;
    expect(await faultOf(() => parseText(nested, 'a'))).toContain('deeper than 200 levels');
  });

  it('but one that nests as deep as is allowed compiles', async () => {
    const deep = JSON.parse(`${'{"items":'.repeat(190)}true${'}'.repeat(190)}`) as JsonObject;
    expect((await compile(schemasIn({ S0: deep }))).components).toBe(1);
  });
});
