// From a document to the files under generated/: one pure way for our own contract and for a foreign one.
import { createHash } from 'node:crypto';
import { bundle } from './bundle.ts';
import { checkKeywords } from './check-keywords.ts';
import { checkRecursion } from './check-recursion.ts';
import { checkLabel, checkStructure } from './check-structure.ts';
import { CompileError } from './compile-error.ts';
import { canonicalComponents, constraintTable } from './constraint-table.ts';
import { emitConstraints, emitErrata, emitOperations, emitRules, emitSchemas } from './emit-tables.ts';
import { emitTypes } from './emit-types.ts';
import { emitValidators, emitValidatorTypes, type NamedSchemas, toleranceSchemas } from './emit-validators.ts';
import type { Erratum } from './errata.ts';
import { checkExtensions } from './extensions.ts';
import { type JsonObject, listOf, member, objectOf } from './json.ts';
import { nameInlineSchemas } from './name-inline-schemas.ts';
import { type DialectEdit, normaliseDialect } from './normalise-dialect.ts';
import { operationTable } from './operation-table.ts';
import type { SourceDocument } from './read-document.ts';
import { rulesOf } from './rules.ts';
import { literal } from './text.ts';

/** Marks a folder as written by the generator, and tells from what. */
export const MANIFEST = 'manifest.json';

/** What came of a document. */
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
  checkLabel(source);
  const bundled = bundle(source);
  // Shapes are checked first, for everything after relies on them.
  checkStructure(bundled.document);
  const { root, edits } = normaliseDialect(bundled.document.root);
  const document = { ...bundled.document, root };
  checkKeywords(document);
  checkRecursion(document);
  checkExtensions(document);
  return { document, edits: [...bundled.edits, ...edits] };
}

/** @throws CompileError where the document cannot be used. */
export async function compile(source: SourceDocument, errata: readonly Erratum[] = []): Promise<Compilation> {
  const { document, edits } = prepare(source);
  const { root, edits: named } = nameInlineSchemas(document.root);
  const components = canonicalComponents(root);
  const constraints = constraintTable(components);
  const operations = operationTable(root);
  const rules = rulesOf(document);
  const schemas = { ...componentSchemas(root), ...acceptanceSchema(root) };
  const tolerances = toleranceSchemas(errata);

  const placed = placing(document);
  const body = new Map<string, string>([
    ['types.ts', await emitTypes(root).catch(placed)],
    ['validators.js', attempt(() => emitValidators(schemas), placed)],
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
  const banner = `// Written by \`npm run generate\` from ${literal(fileName(source.file))}. Do not edit.\n`;
  const files = new Map([...body].map(([name, text]) => [name, banner + text] as const));
  files.set(MANIFEST, manifest(root, files));
  return {
    files,
    edits: [...edits, ...named],
    operations: operations.length,
    components: Object.keys(components).length,
    constraints: constraints.length,
  };
}

/** Adds file, line and column to errors that know only a pointer. */
function placing(document: SourceDocument): (error: unknown) => never {
  return (error) => {
    const isPointer = error instanceof CompileError && error.where.startsWith('#');
    if (!isPointer) throw error;
    throw new CompileError({ what: error.what, where: document.locate(error.where), mend: error.mend });
  };
}

function attempt<T>(work: () => T, fail: (error: unknown) => never): T {
  try {
    return work();
  } catch (error) {
    return fail(error);
  }
}

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

function componentSchemas(root: JsonObject): NamedSchemas {
  return objectOf(member(root['components'], 'schemas'));
}

/** The schema of create payloads that a server has to accept: the contract's own, and its x-acceptance-when. */
function acceptanceSchema(root: JsonObject): NamedSchemas {
  const request = member(member(root['components'], 'schemas'), 'CreateFineTuningJobRequest');
  const conditions = listOf(member(request, 'x-acceptance-when'));
  if (conditions.length === 0) return {};
  return {
    AcceptableCreateRequest: {
      allOf: [{ $ref: '#/components/schemas/CreateFineTuningJobRequest' }, ...conditions],
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
