// The points in which two contracts can differ: calls, query parameters, statuses of success, members and what they may
// hold, and what has to be accepted. Each has a key and says something in words, so that the differences between editions,
// and of a vendor from OpenAI, are read off the contracts and kept on no list.
import type { Contract } from '#generated/contracts.ts';
import { canonicalJson, type JsonValue } from './json.ts';
import { describeSchema, type Schema } from './schema.ts';

export const POINT_KINDS = ['operation', 'query', 'status', 'member', 'acceptance', 'rule'] as const;
export type PointKind = (typeof POINT_KINDS)[number];

export interface Point {
  readonly kind: PointKind;
  /** The operation, component or rule that it belongs to. */
  readonly owner: string;
  /** Member or parameter below the owner, dotted; empty for the owner itself. */
  readonly name: string;
  /** What the contract says there, for people. Two contracts agree where these words are the same. */
  readonly says: string;
}

/** Every point of a contract by its key. */
export function pointsOf(contract: Contract): ReadonlyMap<string, Point> {
  const points = [
    ...Object.values(contract.operations).flatMap(pointsOfOperation),
    ...Object.entries(contract.schemas).flatMap(([name, schema]) => pointsOfComponent(name, schema as Schema)),
    ...Object.values(contract.rules).map(({ id, title }): Point => ({
      kind: 'rule',
      owner: id,
      name: '',
      says: title,
    })),
  ];
  return new Map(points.map((point) => [keyOf(point), point]));
}

/** The key under which two contracts hold the same point. */
export function keyOf({ kind, owner, name }: Pick<Point, 'kind' | 'owner' | 'name'>): string {
  return `${kind} ${owner} ${name}`.trimEnd();
}

function pointsOfOperation({ id, method, path, queryParameters, answers }: Contract['operations'][string]): Point[] {
  const statuses = answers.map(({ status }) => String(status));
  return [
    { kind: 'operation', owner: id, name: '', says: `${method} ${path}` },
    ...(statuses.length === 0
      ? []
      : [{ kind: 'status', owner: id, name: '', says: statuses.join(' or ') } satisfies Point]),
    ...queryParameters.map(({ name, required, schema }): Point => ({
      kind: 'query',
      owner: id,
      name,
      says: `${required ? 'required, ' : ''}${wordsOf(schema as Schema)}`,
    })),
  ];
}

function pointsOfComponent(owner: string, schema: Schema): Point[] {
  const condition = (schema as Readonly<Record<string, JsonValue | undefined>>)['x-acceptance-when'];
  const conditions: Point[] =
    condition === undefined ? [] : [{ kind: 'acceptance', owner, name: '', says: canonicalJson(condition) }];
  if (schema.properties !== undefined) return [...membersBelow(owner, '', schema), ...conditions];
  return [{ kind: 'member', owner, name: '', says: wordsOf(schema) }, ...conditions];
}

function membersBelow(owner: string, prefix: string, { properties = {}, required = [] }: Schema): Point[] {
  return Object.entries(properties).flatMap(([member, schema]) => {
    const name = `${prefix}${member}`;
    const says = `${required.includes(member) ? 'required, ' : ''}${wordsOf(schema)}`;
    const inner = schema.items?.properties === undefined ? schema : schema.items;
    return [{ kind: 'member', owner, name, says } satisfies Point, ...membersBelow(owner, `${name}.`, inner)];
  });
}

/** A schema in words, without looking into other components: those have points of their own. */
function wordsOf(schema: Schema): string {
  const { $ref, nullable, ...plain } = schema;
  const core = coreWords($ref, plain);
  return nullable === true ? `${core}, or null` : core;
}

function coreWords($ref: string | undefined, schema: Schema): string {
  if ($ref !== undefined) return `a ${$ref.split('/').at(-1) ?? ''}`;
  const union = schema.oneOf ?? schema.anyOf;
  if (union !== undefined) return [...new Set(union.map(wordsOf))].join(' or ');
  if (Array.isArray(schema.type)) return schema.type.map((type: string) => wordsOf({ ...schema, type })).join(' or ');
  const words = describeSchema({ schema, pointer: '' });
  if (schema.items !== undefined) return `${words}: ${wordsOf(schema.items)}`;
  return schema.pattern === undefined ? words : `${words} that match ${schema.pattern}`;
}
