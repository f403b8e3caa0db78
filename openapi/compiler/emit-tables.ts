// Emits the tables as TypeScript modules. Whatever comes out of a document is written as a JSON literal, so that no text
// of somebody else's can become code.
import type { Constraint } from './constraint-table.ts';
import type { Erratum } from './errata.ts';
import { toleranceName } from './emit-validators.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { OperationEntry } from './operation-table.ts';
import { EDITIONS, type Rule } from './rules.ts';
import { literal, memberName } from './text.ts';

const JSON_TYPE = `export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [member: string]: JsonValue };`;

function union(values: readonly string[]): string {
  return values.length === 0 ? 'never' : values.map(literal).join(' | ');
}

/** Entries of a list literal, one a line. */
export function lines(entries: readonly unknown[]): string {
  return entries.map((entry) => `  ${literal(entry)},`).join('\n');
}

/** Members of an object literal, one a line. */
export function mapLines(entries: readonly (readonly [string, unknown])[]): string {
  return entries.map(([name, value]) => `  ${memberName(name)}: ${literal(value)},`).join('\n');
}

/** The source of operations.ts: the operation table by id. */
export function emitOperations(operations: readonly OperationEntry[]): string {
  return `${JSON_TYPE}

export type OperationId = ${union(operations.map(({ id }) => id))};

/** One operation: how it is called and what answers. */
export interface Operation {
  readonly id: OperationId;
  readonly method: string;
  readonly path: string;
  readonly tag: string;
  readonly security: readonly string[];
  readonly pathParameters: readonly string[];
  readonly queryParameters: readonly { readonly name: string; readonly required: boolean; readonly schema: JsonValue }[];
  readonly body: { readonly contentType: string; readonly component: string; readonly required: boolean } | null;
  readonly answers: readonly { readonly status: number; readonly contentType: string; readonly component: string | null }[];
  readonly errors: readonly number[];
}

export const operations: Readonly<Record<OperationId, Operation>> = {
${mapLines(operations.map((operation) => [operation.id, operation]))}
};
`;
}

/** The source of constraints.ts: the constraint table. */
export function emitConstraints(constraints: readonly Constraint[]): string {
  return `${JSON_TYPE}

export type Level = "MUST" | "SHOULD" | "MAY";
export type Authority = "SCHEMA" | "DOC" | "OBSERVED";

/** How binding a constraint is, where that is not "MUST, by schema". */
export interface Standing {
  readonly refuse?: Level;
  readonly refuseStrict?: Level;
  readonly accept?: Level;
  readonly acceptStrict?: Level;
  readonly answer?: Level;
  readonly answerStrict?: Level;
  readonly authority: Authority;
  readonly erratum?: string;
  readonly sources: readonly string[];
}

/** One constraint of the contract: a schema pointer (canonical form) x a keyword. */
export interface Constraint {
  readonly pointer: string;
  readonly keyword: string;
  readonly value: JsonValue;
  readonly standing?: Standing;
}

export const constraints: readonly Constraint[] = [
${lines(constraints)}
];
`;
}

/** The source of schemas.ts: the canonical components by name, and the pools that they draw from. */
export function emitSchemas(components: JsonObject, pools: JsonValue): string {
  return `${JSON_TYPE}

/** The component schemas in canonical form: null is a flag (nullable), const an enum of one, prose is gone. */
export const schemas: Readonly<Record<string, JsonValue>> = {
${mapLines(Object.entries(components))}
};

/** Reviewed values for members that a target may restrict, by the pool that a schema names (x-pool). */
export const pools: Readonly<Record<string, readonly string[]>> = ${literal(pools)};
`;
}

/** The source of rules.ts: the prose rules by id. */
export function emitRules(rules: readonly Rule[]): string {
  return `export type RuleId = ${union(rules.map(({ id }) => id))};
export type Edition = ${union(EDITIONS)};

/** A sentence of the documents that no schema keyword expresses. */
export interface Rule {
  readonly id: RuleId;
  readonly title: string;
  readonly level: "MUST" | "SHOULD" | "MAY";
  /** Level in strict mode, where it differs. */
  readonly strict?: "MUST" | "SHOULD" | "MAY";
  readonly authority: "SCHEMA" | "DOC" | "OBSERVED";
  readonly statement: string;
  readonly sources: readonly string[];
  readonly erratum?: string;
  readonly since: Edition;
  readonly conditional: boolean;
  readonly capability?: string;
  readonly pointer: string;
}

export const rules: Readonly<Record<RuleId, Rule>> = {
${mapLines(rules.map((rule) => [rule.id, rule]))}
};
`;
}

/** The source of errata.ts: the register, without what concerns the official document alone. */
export function emitErrata(errata: readonly Erratum[]): string {
  const entries = errata.map(({ tolerances, differences: _differences, ...erratum }) => ({
    ...erratum,
    tolerances: tolerances.map(({ component, at, absent, rule }, index) => ({
      component,
      at,
      absent,
      ...(rule === undefined ? {} : { rule }),
      validators: toleranceName(erratum.id, index),
    })),
  }));
  return `/** What an answer may hold although the contract says otherwise. */
export interface Tolerance {
  readonly component: string;
  /** Pointer into an object of that component. */
  readonly at: string;
  /** True where the member may be absent. */
  readonly absent: boolean;
  /** The rule that may be broken; without it, the schema. */
  readonly rule?: string;
  /** Prefix of the two validators in errata-validators.js, for the value and for the whole object. */
  readonly validators: string;
}

export type Decision = "fail" | "tolerate" | "accept" | "none";

/** A contradiction of the documents and what was decided. */
export interface Erratum {
  readonly id: string;
  readonly kind: "document" | "request" | "answer" | "freedom" | "dialect";
  readonly where: readonly string[];
  readonly contradiction: string;
  readonly decision: { readonly strict: Decision; readonly compatible: Decision };
  readonly tolerances: readonly Tolerance[];
}

export const errata: readonly Erratum[] = [
${lines(entries)}
];
`;
}
