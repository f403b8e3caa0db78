// Reads the register of contradictions, errata.yaml.
import { z } from 'zod';
import { CompileError } from './compile-error.ts';
import { readDocument } from './read-document.ts';

const schemaObject = z.record(z.string(), z.json());
const toleranceSchema = z.strictObject({
  component: z.string(),
  /** Pointer into an object of that component. */
  at: z.string().regex(/^\//),
  /** JSON Schema that the value there satisfies. */
  value: schemaObject,
  /** True where the member may also be absent. */
  absent: z.boolean().default(false),
  /** JSON Schema that the whole object satisfies. */
  object: schemaObject.default({}),
  /** The prose rule that is tolerated to be broken; without it, the schema. */
  rule: z.string().optional(),
});
const erratumSchema = z.strictObject({
  id: z.string().regex(/^E-[JSCD]\d+$/),
  kind: z.enum(['document', 'request', 'answer', 'freedom', 'dialect']),
  where: z.array(z.string()).min(1),
  contradiction: z.string().min(1),
  decision: z.strictObject({
    strict: z.enum(['fail', 'tolerate', 'accept', 'none']),
    compatible: z.enum(['fail', 'tolerate', 'accept', 'none']),
  }),
  tolerances: z.array(toleranceSchema).default([]),
  differences: z.array(z.tuple([z.string(), z.string(), z.enum(['added', 'removed', 'changed'])])).default([]),
});
const registerSchema = z.strictObject({ errata: z.array(erratumSchema) });

export type Erratum = z.output<typeof erratumSchema>;

/**
 * The register, in the order of the file.
 * @throws CompileError on a malformed entry or a doubled id.
 */
export function readErrata(file: string): Erratum[] {
  const source = readDocument(file);
  const parsed = registerSchema.safeParse(source.root);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const pointer = `#/${(issue?.path ?? []).map(String).join('/')}`;
    throw new CompileError({
      what: issue?.message ?? 'malformed',
      where: source.locate(pointer),
      mend: 'see the entries beside it',
    });
  }
  const ids = new Set<string>();
  for (const { id } of parsed.data.errata) {
    if (ids.has(id))
      throw new CompileError({ what: `${id} stands twice`, where: file, mend: 'give one of them another id' });
    ids.add(id);
  }
  return parsed.data.errata;
}
