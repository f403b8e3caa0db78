// The prose rules of the contract (x-rules): sentences that no schema keyword can express, each with its standing.
import { z } from 'zod';
import { CompileError } from './compile-error.ts';
import { AUTHORITIES, LEVELS } from './extensions.ts';
import { isObject, type JsonValue, pointerTo } from './json.ts';
import type { SourceDocument } from './read-document.ts';

export const EDITIONS = ['2024-04', '2024-09', '2024-12', '2025-05', 'current'] as const;

const ruleSchema = z.strictObject({
  id: z.string().regex(/^[a-z]+(\.[a-z0-9_-]+)+$/i, 'is chapter.subject.aspect'),
  title: z.string().min(1),
  level: z.enum(LEVELS),
  strict: z.enum(LEVELS).optional(),
  authority: z.enum(AUTHORITIES),
  statement: z.string().min(1),
  sources: z.array(z.string().min(1)).min(1),
  erratum: z.string().optional(),
  since: z.enum(EDITIONS).default('2024-04'),
  /** The last edition that has it. */
  until: z.enum(EDITIONS).optional(),
  conditional: z.boolean().default(false),
  capability: z.string().optional(),
});

export type Rule = z.output<typeof ruleSchema> & {
  /** Where in the contract the sentence stands. */
  readonly pointer: string;
};

/** The rules that an edition has; all of them where the document is of none of ours. */
export function rulesIn(rules: readonly Rule[], edition: JsonValue | undefined): readonly Rule[] {
  const age = EDITIONS.findIndex((name) => name === edition);
  if (age < 0) return rules;
  return rules.filter(
    ({ since, until }) => EDITIONS.indexOf(since) <= age && (until === undefined || age <= EDITIONS.indexOf(until)),
  );
}

/**
 * All rules of a document, in document order.
 * @throws CompileError on a malformed rule or a doubled id.
 */
export function rulesOf(source: SourceDocument): Rule[] {
  const rules: Rule[] = [];
  const seen = new Set<string>();
  for (const { list, pointer } of ruleLists(source.root, '#')) {
    for (const [index, item] of list.entries()) {
      const where = source.locate(pointerTo(pointer, 'x-rules', index));
      const parsed = ruleSchema.safeParse(item);
      if (!parsed.success) {
        const issue = parsed.error.issues[0];
        throw new CompileError({
          what: `rule ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
          where,
          mend: 'see the rules beside it',
        });
      }
      if (seen.has(parsed.data.id)) {
        throw new CompileError({
          what: `rule ${parsed.data.id} stands twice`,
          where,
          mend: 'give one of them another id',
        });
      }
      if (parsed.data.until !== undefined && rulesIn([{ ...parsed.data, pointer }], parsed.data.until).length === 0) {
        throw new CompileError({
          what: `rule ${parsed.data.id} ends before it begins`,
          where,
          mend: 'correct since or until',
        });
      }
      if (parsed.data.authority === 'OBSERVED' && parsed.data.level !== 'MAY') {
        throw new CompileError({
          what: `rule ${parsed.data.id} is only observed`,
          where,
          mend: 'make it a MAY or name a document',
        });
      }
      seen.add(parsed.data.id);
      rules.push({ ...parsed.data, pointer });
    }
  }
  return rules;
}

function* ruleLists(value: JsonValue, pointer: string): Generator<{ list: readonly JsonValue[]; pointer: string }> {
  if (Array.isArray(value)) {
    for (const [index, item] of (value as readonly JsonValue[]).entries())
      yield* ruleLists(item, pointerTo(pointer, index));
    return;
  }
  if (!isObject(value)) return;
  for (const [name, item] of Object.entries(value)) {
    if (name === 'x-rules' && Array.isArray(item)) yield { list: item as readonly JsonValue[], pointer };
    else yield* ruleLists(item, pointerTo(pointer, name));
  }
}
