// Applies OpenAPI Overlay 1.0 documents: an edition or a vendor's dialect is our contract with the actions of one overlay.
// What the specification leaves to the tool is refused here, so that an overlay means the same to every tool: a target
// that matches nothing, and a list merged with a list, which some tools append and others replace.
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { CompileError } from './compile-error.ts';
import { isObject, type JsonObject, type JsonValue, listOf, member, pointerTo } from './json.ts';
import { parsePath, placesAt, type Tokens } from './json-path.ts';
import { readDocument, type SourceDocument } from './read-document.ts';

/** An action that adds to each place it selects can double a document; a few dozen of them would fill any memory. */
const MAX_PLACES = 10_000;

const extended = <S extends z.ZodRawShape>(shape: S) =>
  z.looseObject(shape).superRefine((value, context) => {
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(shape, name) && !name.startsWith('x-')) context.addIssue(`${name} is no field of an overlay`);
    }
  });
const actionSchema = extended({
  target: z.string().regex(/^\$/, 'target does not begin with $'),
  description: z.string().optional(),
  update: z.unknown().optional(),
  remove: z.boolean().default(false),
});
const overlaySchema = extended({
  overlay: z.string().regex(/^1\.0\.\d+$/, 'this is no Overlay 1.0'),
  info: extended({ title: z.string(), version: z.string() }),
  extends: z.string().optional(),
  actions: z.array(actionSchema).min(1),
});

/** One change, as the document writes it. */
export interface Action {
  readonly target: string;
  readonly description?: string;
  readonly update?: JsonValue;
  readonly remove: boolean;
}

/** An overlay and where it was read from. */
export interface Overlay {
  readonly source: SourceDocument;
  readonly title: string;
  /** The document that it is for, as a path beside the overlay. */
  readonly extends?: string;
  readonly actions: readonly Action[];
}

/**
 * Reads an overlay, within the same limits as every document.
 * @throws CompileError on what is no Overlay 1.0, and on an action that does nothing.
 */
export function readOverlay(file: string): Overlay {
  return overlayOf(readDocument(file));
}

/**
 * A document as an overlay.
 * @throws CompileError as readOverlay does.
 */
export function overlayOf(source: SourceDocument): Overlay {
  const parsed = overlaySchema.safeParse(source.root);
  const fail = (path: readonly PropertyKey[], what: string, mend: string): never => {
    throw new CompileError({ what, where: source.locate(pointerTo('#', ...path.map(String))), mend });
  };
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path ?? [];
    return fail(path, `${path.join('.')} ${issue?.message ?? 'is malformed'}`.trim(), 'see the Overlay specification, version 1.0'); // prettier-ignore
  }
  const { info, extends: target } = parsed.data;
  // What is to be merged is taken as it was read: the validation's own copy has lost members called __proto__.
  const written = listOf(member(source.root, 'actions'));
  const actions = parsed.data.actions.map((action, index): Action => {
    const update = member(written[index], 'update');
    const { target, description, remove } = action;
    return { target, remove, ...(description === undefined ? {} : { description }), ...(update === undefined ? {} : { update }) }; // prettier-ignore
  });
  const idle = actions.findIndex(({ update, remove }) => update === undefined && !remove);
  if (idle >= 0) fail(['actions', idle], `action ${idle} neither updates nor removes`, 'give it update or remove');
  return { source, title: info.title, actions, ...(target === undefined ? {} : { extends: target }) };
}

/**
 * The document after every action of the overlay, in order.
 * @throws CompileError naming file and action that cannot be carried out.
 */
export function applyOverlay(base: SourceDocument, overlay: Overlay): SourceDocument {
  assertMeant(base, overlay);
  const root = overlay.actions.reduce<JsonObject>(
    (current, action, index) => carriedOut(current, action, faultOf(overlay, index)),
    base.root,
  );
  return {
    file: base.file,
    root,
    locate: (pointer) => `${base.locate(pointer)} (with ${overlay.source.file})`,
  };
}

type Fail = (what: string, mend: string) => never;

function faultOf({ source }: Overlay, index: number): Fail {
  return (what, mend) => {
    throw new CompileError({ what: `action ${index}: ${what}`, where: source.locate(`#/actions/${index}`), mend });
  };
}

function assertMeant(base: SourceDocument, { source, extends: target }: Overlay): void {
  if (target === undefined || resolve(dirname(source.file), target) === resolve(base.file)) return;
  throw new CompileError({
    what: `the overlay extends ${JSON.stringify(target)}, not ${JSON.stringify(base.file)}`,
    where: source.locate('#/extends'),
    mend: 'apply it to the document that it names',
  });
}

function carriedOut(root: JsonObject, { target, update, remove }: Action, fail: Fail): JsonObject {
  const places = placesAt(root, parsePath(target, fail));
  if (places.length === 0) fail(`target ${target} matches nothing`, 'correct the target, or drop the action');
  if (places.length > MAX_PLACES) fail(`target ${target} matches more than ${MAX_PLACES} places`, 'narrow the target');
  // From the last place to the first, so that a removal moves nothing that is still to be visited.
  const after = places.reduceRight<JsonValue>((current, place) => {
    if (place.length === 0 && remove) fail('the whole document cannot be removed', 'name a part of it');
    return edited(current, place, (held) => {
      if (!isObject(held) && !Array.isArray(held)) {
        return fail(`target ${target} selects a plain value`, 'select the object that holds it');
      }
      return remove ? undefined : updated(held, update ?? null, target, fail);
    });
  }, root);
  return isObject(after) ? after : root;
}

function updated(held: JsonValue, update: JsonValue, target: string, fail: Fail): JsonValue {
  if (Array.isArray(held)) return [...listOf(held), update];
  if (!isObject(update)) {
    return fail(`target ${target} selects an object, and update is none`, 'give the members to merge');
  }
  return merged(held, update, [], fail);
}

/** Objects are merged member by member, plain values replace plain values. */
function merged(held: JsonValue, update: JsonValue, at: Tokens, fail: Fail): JsonValue {
  const place = at.join('.');
  if (isObject(held) && isObject(update)) {
    const entries = Object.entries(update).map(([name, value]): [string, JsonValue] => {
      const before = member(held, name);
      return [name, before === undefined ? value : merged(before, value, [...at, name], fail)];
    });
    return Object.fromEntries([...Object.entries(held), ...entries]);
  }
  if (Array.isArray(held) && Array.isArray(update)) {
    return fail(`update gives a list for the list ${place}`, 'remove the list first, or target it to append an entry');
  }
  if (isPlain(held) && isPlain(update)) return update;
  return fail(`update gives ${kindOf(update)} for ${place}, which is ${kindOf(held)}`, 'remove it first');
}

function isPlain(value: JsonValue): boolean {
  return typeof value !== 'object' || value === null;
}

function kindOf(value: JsonValue): string {
  if (Array.isArray(value)) return 'a list';
  return isObject(value) ? 'an object' : 'a plain value';
}

/** The value with what stands at a place changed, or taken out where `edit` gives undefined. */
function edited(value: JsonValue, place: Tokens, edit: (held: JsonValue) => JsonValue | undefined): JsonValue {
  const [token, ...rest] = place;
  if (token === undefined) return edit(value) ?? null;
  if (rest.length === 0) return withChild(value, token, edit(childOf(value, token)));
  return withChild(value, token, edited(childOf(value, token), rest, edit));
}

function childOf(value: JsonValue, token: string): JsonValue {
  return (Array.isArray(value) ? listOf(value)[Number(token)] : member(value, token)) ?? null;
}

function withChild(value: JsonValue, token: string, child: JsonValue | undefined): JsonValue {
  if (Array.isArray(value)) {
    const index = Number(token);
    return listOf(value).flatMap((item, place) => (place !== index ? [item] : child === undefined ? [] : [child]));
  }
  const entries = Object.entries(isObject(value) ? value : {});
  return Object.fromEntries(
    entries.flatMap(([name, item]) => (name !== token ? [[name, item]] : child === undefined ? [] : [[name, child]])),
  );
}
