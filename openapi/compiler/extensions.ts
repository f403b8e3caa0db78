// The extensions of the contract that become typed values in generated modules. What does not have their shape is
// refused here, for the module would not compile.
import { z } from 'zod';
import { CompileError } from './compile-error.ts';
import { isObject, type JsonValue, member, pointerTo } from './json.ts';
import { schemasIn } from './openapi-structure.ts';
import type { SourceDocument } from './read-document.ts';

export const LEVELS = ['MUST', 'SHOULD', 'MAY'] as const;
export const AUTHORITIES = ['SCHEMA', 'DOC', 'OBSERVED'] as const;

const level = z.enum(LEVELS).optional();
const standingSchema = z.strictObject({
  /** Level of refusing what breaks the constraint. */
  refuse: level,
  refuseStrict: level,
  /** Level of accepting what the constraint allows. */
  accept: level,
  acceptStrict: level,
  /** Level of keeping the constraint in answers. */
  answer: level,
  answerStrict: level,
  authority: z.enum(AUTHORITIES),
  erratum: z.string().optional(),
  sources: z.array(z.string().min(1)).min(1),
});
const poolsSchema = z.record(z.string(), z.array(z.string()));

/** How binding a constraint is, where that is not "MUST, by schema". */
export type Standing = z.output<typeof standingSchema>;

/** @throws CompileError naming the first extension of another shape. */
export function checkExtensions(source: SourceDocument): void {
  const check = (schema: z.ZodType, value: JsonValue, pointer: string): void => {
    const issue = schema.safeParse(value).error?.issues[0];
    if (!issue) return;
    throw new CompileError({
      what: issue.message,
      where: source.locate(pointerTo(pointer, ...issue.path.map(String))),
      mend: 'see the extensions at the top of the contract',
    });
  };
  const pools = member(source.root, 'x-pools');
  if (pools !== undefined) check(poolsSchema, pools, '#/x-pools');
  for (const { schema, pointer } of schemasIn(source.root)) {
    const standings = schema['x-constraints'];
    if (standings !== undefined && !isObject(standings)) check(z.record(z.string(), z.unknown()), standings, pointer);
    for (const [keyword, standing] of Object.entries(standings ?? {})) {
      check(standingSchema, standing as JsonValue, pointerTo(pointer, 'x-constraints', keyword));
    }
  }
}
