// Past counterexamples of a target: small bodies that it once judged wrongly, sent again before everything else. The file
// is meant to be shared, so it is untrusted: it holds templates and names of rows and nothing else. What is legal and what
// is not is decided anew by the contract; placeholders are bound in the run; every other value of a pool must be reviewed.
import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { validators } from '../contract/active-contract.ts';
import { canonicalJson, isArray, isObject, type JsonObject, type JsonValue } from '../contract/json.ts';
import { CREATE_REQUEST, placesBelow } from '../contract/request-sites.ts';
import { type Located, locate, resolve } from '../contract/schema.ts';
import { onlyViolation } from '../generation/faults.ts';
import { poolValues } from '../generation/pools.ts';
import { requirementById } from '../requirements/registry.ts';
import { ConfigurationError } from '../targets/configuration-error.ts';

const MAX_BYTES = 2 * 1024 * 1024;
const MAX_LINE = 64 * 1024;
const MAX_ENTRIES = 500;

const entrySchema = z.strictObject({
  requirement: z.string().min(1).max(200),
  payload: z.record(z.string().max(200), z.json()),
});

/** A body that once showed a failure of a row. */
export interface Counterexample {
  readonly requirement: string;
  /** A template: ids and models stand in it as placeholders. */
  readonly payload: JsonObject;
}

/** The entries of a corpus; none where there is no file yet. @throws ConfigurationError that names the line. */
export function readCorpus(file: string): readonly Counterexample[] {
  if (!existsSync(file)) return [];
  const entries = new Map<string, Counterexample>();
  for (const [index, line] of linesOf(file).entries()) {
    if (line.trim() === '') continue;
    const entry = entryOf(line, `${file}:${index + 1}`);
    entries.set(keyOf(entry), entry);
    if (entries.size > MAX_ENTRIES)
      throw new ConfigurationError(file, `it has more than ${MAX_ENTRIES} entries`, 'take out what is long mended');
  }
  return [...entries.values()];
}

function linesOf(file: string): readonly string[] {
  try {
    if (!statSync(file).isFile()) throw new ConfigurationError(file, 'it is no file', 'name a JSON Lines file');
    if (statSync(file).size > MAX_BYTES)
      throw new ConfigurationError(file, `it has more than ${MAX_BYTES} bytes`, 'a corpus is meant to be small');
    return readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError(file, 'it cannot be read', 'check the path and the permissions, or use --no-corpus');
  }
}

function entryOf(line: string, where: string): Counterexample {
  const bad = (what: string): ConfigurationError =>
    new ConfigurationError(where, what, 'take the line out, or leave the corpus out with --no-corpus');
  if (line.length > MAX_LINE) throw bad(`the line has more than ${MAX_LINE} characters`);
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw bad('the line is no JSON');
  }
  const parsed = entrySchema.safeParse(value);
  if (!parsed.success) {
    const { path = [], message = '' } = parsed.error.issues[0] ?? {};
    throw bad(`${path.map(String).join('.').slice(0, 80) || 'the line'}: ${message.slice(0, 120)}`);
  }
  const { requirement } = parsed.data;
  const payload = parsed.data.payload as JsonObject;
  if (requirementById(requirement) === undefined) throw bad(`there is no requirement ${requirement.slice(0, 80)}`);
  const foreign = foreignValue(payload);
  if (foreign !== undefined) throw bad(`${foreign} is neither a placeholder nor a reviewed value`);
  return { requirement, payload };
}

/** What makes two entries the same. */
export function keyOf({ requirement, payload }: Counterexample): string {
  return `${requirement} ${canonicalJson(payload)}`;
}

/** What the contract makes of a payload now; `neither` where it is legal and no target must accept it, or broken twice. */
export function standingOf({ payload }: Counterexample): 'legal' | 'illegal' | 'neither' {
  if (validators.AcceptableCreateRequest(payload)) return 'legal';
  return onlyViolation(payload) === undefined ? 'neither' : 'illegal';
}

/** True where an entry may be written down: nothing of the target or of the run stands in it. */
export function canBeShared(entry: Counterexample, secrets: readonly string[]): boolean {
  const text = canonicalJson(entry.payload);
  if (text.length > MAX_LINE / 2 || secrets.some((secret) => secret !== '' && text.includes(secret))) return false;
  return standingOf(entry) !== 'neither' && foreignValue(entry.payload) === undefined;
}

/** Adds entries that a corpus does not hold yet; it never grows beyond what can be read again. Returns how many. */
export function addToCorpus(file: string, found: readonly Counterexample[]): number {
  const known = new Set(readCorpus(file).map(keyOf));
  const fresh = new Map(found.map((entry) => [keyOf(entry), entry] as const).filter(([key]) => !known.has(key)));
  const added = [...fresh.values()].slice(0, MAX_ENTRIES - known.size);
  if (added.length === 0) return 0;
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, added.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  return added.length;
}

/**
 * The place of a text where only reviewed ones may stand: what names a file or a model, is fetched or is run. A text that
 * the schema refuses there (an empty one, a wrong type) harms nobody.
 */
function foreignValue(payload: JsonObject): string | undefined {
  const { metadata: _any, ...rest } = payload;
  return unknownMember(rest) ?? firstForeign(locate(CREATE_REQUEST), payload, '');
}

const memberNames = new Set(
  placesBelow(CREATE_REQUEST).flatMap(({ steps }) =>
    steps.flatMap((step) => (step.kind === 'member' ? [step.name] : [])),
  ),
);

/** A member that the contract knows nowhere: what a target makes of it nobody has looked at. */
function unknownMember(value: JsonValue): string | undefined {
  if (isArray(value)) return value.map(unknownMember).find((found) => found !== undefined);
  if (!isObject(value)) return undefined;
  return (
    Object.keys(value).find((name) => !memberNames.has(name)) ??
    Object.values(value)
      .map(unknownMember)
      .find((found) => found !== undefined)
  );
}

function firstForeign(place: Located, value: JsonValue, path: string): string | undefined {
  const { schema, pointer } = resolve(place);
  const pool = schema['x-pool'];
  if (pool !== undefined) {
    // Wrapped in a list it is still what it is.
    const isReviewed = (text: string): boolean => text === '' || HARMLESS.has(pool) || poolValues(pool).includes(text);
    return textsIn(value).every(isReviewed) ? undefined : path || 'the payload';
  }
  const below: (string | undefined)[] = [];
  for (const keyword of ['oneOf', 'anyOf', 'allOf'] as const)
    for (const [index, branch] of (schema[keyword] ?? []).entries())
      below.push(firstForeign({ schema: branch, pointer: `${pointer}/${keyword}/${index}` }, value, path));
  const { items } = schema;
  if (isArray(value) && items !== undefined)
    for (const [index, item] of value.entries())
      below.push(firstForeign({ schema: items, pointer: `${pointer}/items` }, item, `${path}.${index}`));
  if (isObject(value))
    for (const [name, member] of Object.entries(value)) {
      const own = Object.hasOwn(schema.properties ?? {}, name) ? schema.properties?.[name] : undefined;
      const at = path === '' ? name : `${path}.${name}`;
      if (own !== undefined)
        below.push(firstForeign({ schema: own, pointer: `${pointer}/properties/${name}` }, member, at));
    }
  return below.find((found) => found !== undefined);
}

function textsIn(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return [value];
  if (isArray(value)) return value.flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}

/** Pools of plain words, which shrinking may cut short: they are names and texts, and nothing is done with them. */
const HARMLESS: ReadonlySet<string> = new Set(['wandb-name', 'grader-name', 'chat-text', 'label', 'reference']);
