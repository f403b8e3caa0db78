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
import { emitVariantTables, emitVariantValidatorTypes, type Tables } from './emit-variants.ts';
import type { Erratum } from './errata.ts';
import { checkExtensions } from './extensions.ts';
import { type JsonObject, listOf, member, objectOf } from './json.ts';
import { nameInlineSchemas } from './name-inline-schemas.ts';
import { type DialectEdit, normaliseDialect } from './normalise-dialect.ts';
import { operationTable } from './operation-table.ts';
import type { SourceDocument } from './read-document.ts';
import { rulesIn, rulesOf } from './rules.ts';
import { literal } from './text.ts';

/** Marks a folder as written by the generator, and tells from what. */
export const MANIFEST = 'manifest.json';

/** How each generated module begins. */
export const MARK = '// Written by `npm run generate`';

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

/** What a contract of ours is made from, beside its document. */
export interface Origin {
  /** The overlay that was applied, by the name of its file. */
  readonly overlay?: string;
  /** Digest of all that went in. */
  readonly inputs?: string;
  /** The way to the folder whose types the modules share; only what a judge needs is then emitted. */
  readonly types?: string;
}

/** @throws CompileError where the document cannot be used. */
export async function compile(
  source: SourceDocument,
  errata: readonly Erratum[] = [],
  origin: Origin = {},
): Promise<Compilation> {
  const { document, edits } = prepare(source);
  const { root, edits: named } = nameInlineSchemas(document.root);
  const components = canonicalComponents(root);
  const tables: Tables = {
    operations: operationTable(root),
    constraints: constraintTable(components),
    components,
    pools: member(root, 'x-pools') ?? {},
    // A rule that an edition has is simply there: until when it stands is of no account to those who read the table.
    rules: rulesIn(rulesOf(document), member(root['x-edition'], 'name')).map(({ until: _until, ...rule }) => rule),
  };
  const placed = placing(document);
  const body = origin.types === undefined ? await ownModules(root, tables, errata, placed) : sharingModules(root, tables, origin.types, placed); // prettier-ignore
  const overlay = origin.overlay === undefined ? '' : ` with ${literal(origin.overlay)}`;
  const banner = `${MARK} from ${literal(fileName(source.file))}${overlay}. Do not edit.\n`;
  const files = new Map(body.map(([name, text]) => [name, banner + text] as const));
  files.set(MANIFEST, manifest(root, files, origin));
  return {
    files,
    edits: [...edits, ...named],
    operations: tables.operations.length,
    components: Object.keys(components).length,
    constraints: tables.constraints.length,
  };
}

type Modules = readonly (readonly [name: string, text: string])[];
type Placed = (error: unknown) => never;

/** All there is: types of its own, and the register. */
async function ownModules(
  root: JsonObject,
  tables: Tables,
  errata: readonly Erratum[],
  placed: Placed,
): Promise<Modules> {
  const schemas = validatedSchemas(root);
  const tolerances = toleranceSchemas(errata);
  return [
    ['types.ts', await emitTypes(root).catch(placed)],
    ['validators.js', attempt(() => emitValidators(schemas), placed)],
    [
      'validators.d.ts',
      emitValidatorTypes(Object.keys(schemas), componentType, 'import type { components } from "./types.ts";\n'),
    ],
    ['operations.ts', emitOperations(tables.operations)],
    ['constraints.ts', emitConstraints(tables.constraints)],
    ['schemas.ts', emitSchemas(tables.components, tables.pools)],
    ['rules.ts', emitRules(tables.rules)],
    ['errata.ts', emitErrata(errata)],
    ['errata-validators.js', emitValidators(tolerances)],
    ['errata-validators.d.ts', emitValidatorTypes(Object.keys(tolerances), () => 'unknown')],
  ];
}

/** What differs from the contract whose types are shared. */
function sharingModules(root: JsonObject, tables: Tables, types: string, placed: Placed): Modules {
  const schemas = validatedSchemas(root);
  return [
    ['validators.js', attempt(() => emitValidators(schemas), placed)],
    ['validators.d.ts', emitVariantValidatorTypes(Object.keys(schemas), types)],
    ...emitVariantTables(tables, types),
  ];
}

/** Adds file, line and column to errors that know only a pointer. */
function placing(document: SourceDocument): Placed {
  return (error) => {
    const isPointer = error instanceof CompileError && error.where.startsWith('#');
    if (!isPointer) throw error;
    throw new CompileError({ what: error.what, where: document.locate(error.where), mend: error.mend });
  };
}

function attempt<T>(work: () => T, fail: Placed): T {
  try {
    return work();
  } catch (error) {
    return fail(error);
  }
}

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

function validatedSchemas(root: JsonObject): NamedSchemas {
  return { ...objectOf(member(root['components'], 'schemas')), ...acceptanceSchema(root) };
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

function manifest(root: JsonObject, files: ReadonlyMap<string, string>, { inputs }: Origin): string {
  const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
  const info = {
    writtenBy: 'npm run generate',
    title: member(root['info'], 'title') ?? null,
    version: member(root['info'], 'version') ?? null,
    edition: member(root['x-edition'], 'name') ?? null,
    ...(member(root, 'x-dialect') === undefined ? {} : { dialect: member(root['x-dialect'], 'name') ?? null }),
    contractSha256: digest(JSON.stringify(root)),
    ...(inputs === undefined ? {} : { inputsSha256: inputs }),
    files: Object.fromEntries([...files].map(([name, text]) => [name, digest(text)])),
  };
  return `${JSON.stringify(info, null, 2)}\n`;
}
