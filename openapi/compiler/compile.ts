// From a document to the files under generated/: one pure way for our own contract and for a foreign one.
import { createHash } from 'node:crypto';
import { canonicalComponents, constraintTable } from './constraint-table.ts';
import { checkKeywords, checkOpenApi } from './check-keywords.ts';
import { emitConstraints, emitErrata, emitOperations, emitRules, emitSchemas } from './emit-tables.ts';
import { emitTypes } from './emit-types.ts';
import { emitValidators, emitValidatorTypes, type NamedSchemas, toleranceSchemas } from './emit-validators.ts';
import type { Erratum } from './errata.ts';
import { isObject, type JsonObject, type JsonValue, member } from './json.ts';
import { type DialectEdit, normaliseDialect } from './normalise-dialect.ts';
import { operationTable } from './operation-table.ts';
import type { SourceDocument } from './read-document.ts';
import { bundleReferences } from './references.ts';
import { rulesOf } from './rules.ts';
import { selectFineTuning } from './select-operations.ts';

/** Marks a folder as written by the generator, and tells from what. */
export const MANIFEST = 'manifest.json';

export interface Compilation {
  /** File name to content. */
  readonly files: ReadonlyMap<string, string>;
  readonly edits: readonly DialectEdit[];
  readonly operations: number;
  readonly components: number;
  readonly constraints: number;
}

/** The document in true dialect, bundled, reduced to the fine-tuning part, and checked. */
export function prepare(source: SourceDocument): { document: SourceDocument; edits: readonly DialectEdit[] } {
  checkOpenApi(source);
  const selected = selectFineTuning(bundleReferences(source));
  const { root, edits } = normaliseDialect(selected.root);
  const document = { ...selected, root };
  checkKeywords(document);
  return { document, edits };
}

/** @throws CompileError where the document cannot be used. */
export async function compile(source: SourceDocument, errata: readonly Erratum[] = []): Promise<Compilation> {
  const { document, edits } = prepare(source);
  const { root } = document;
  const components = canonicalComponents(root);
  const constraints = constraintTable(components);
  const operations = operationTable(root);
  const rules = rulesOf(document);
  const schemas = { ...componentSchemas(root), ...acceptanceSchema(root) };
  const tolerances = toleranceSchemas(errata);

  const body = new Map<string, string>([
    ['types.ts', await emitTypes(root)],
    ['validators.js', emitValidators(schemas)],
    [
      'validators.d.ts',
      emitValidatorTypes(Object.keys(schemas), componentType, 'import type { components } from "./types.ts";\n'),
    ],
    ['operations.ts', emitOperations(operations)],
    ['constraints.ts', emitConstraints(constraints)],
    ['schemas.ts', emitSchemas(components, member(root, 'x-pools') ?? {})],
    ['rules.ts', emitRules(rules)],
    ['errata.ts', emitErrata(errata)],
    ['errata-validators.js', emitValidators(tolerances)],
    ['errata-validators.d.ts', emitValidatorTypes(Object.keys(tolerances), () => 'unknown')],
  ]);
  const banner = `// Written by \`npm run generate\` from ${fileName(source.file)}. Do not edit.\n`;
  const files = new Map([...body].map(([name, text]) => [name, banner + text] as const));
  files.set(MANIFEST, manifest(root, files));
  return {
    files,
    edits,
    operations: operations.length,
    components: Object.keys(components).length,
    constraints: constraints.length,
  };
}

function fileName(path: string): string {
  return JSON.stringify(path.split(/[\\/]/).at(-1) ?? path);
}

function componentSchemas(root: JsonObject): NamedSchemas {
  const schemas = member(root['components'], 'schemas');
  return isObject(schemas) ? schemas : {};
}

/** The schema of create payloads that a server has to accept: the contract's own, and its x-acceptance-when. */
function acceptanceSchema(root: JsonObject): NamedSchemas {
  const request = member(member(root['components'], 'schemas'), 'CreateFineTuningJobRequest');
  const conditions = member(request, 'x-acceptance-when');
  if (!Array.isArray(conditions)) return {};
  return {
    AcceptableCreateRequest: {
      allOf: [{ $ref: '#/components/schemas/CreateFineTuningJobRequest' }, ...(conditions as readonly JsonValue[])],
    },
  };
}

function componentType(name: string): string {
  const component = name === 'AcceptableCreateRequest' ? 'CreateFineTuningJobRequest' : name;
  return `components["schemas"][${JSON.stringify(component)}]`;
}

function manifest(root: JsonObject, files: ReadonlyMap<string, string>): string {
  const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
  const info = {
    writtenBy: 'npm run generate',
    title: member(root['info'], 'title') ?? null,
    version: member(root['info'], 'version') ?? null,
    edition: member(root['x-edition'], 'name') ?? null,
    contractSha256: digest(JSON.stringify(root)),
    files: Object.fromEntries([...files].map(([name, text]) => [name, digest(text)])),
  };
  return `${JSON.stringify(info, null, 2)}\n`;
}
