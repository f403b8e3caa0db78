// Accepted deviations: which failure of which requirement, why, who answers for it, until when. A waiver without an end
// does not exist.
import { z } from 'zod';
import { parseYaml, readText } from './read-yaml.ts';

export const waiverSchema = z.strictObject({
  requirement: z.string().min(1).max(200),
  fingerprint: z
    .string()
    .regex(/^[0-9a-f]{8,64}$/, 'is the fingerprint that the report prints')
    .optional(),
  reason: z.string().min(1),
  owner: z.string().min(1),
  link: z.url({ protocol: /^https?$/ }).optional(),
  expires: z.iso.date(),
});
export type Waiver = z.output<typeof waiverSchema>;

const fileSchema = z.strictObject({ waivers: z.array(waiverSchema) });

/** The waivers of a file. @throws ConfigurationError that names the line. */
export function readWaivers(file: string): readonly Waiver[] {
  const kind = { schema: fileSchema, whole: 'the file', help: 'see "Accepted deviations" in the README' };
  return parseYaml(readText(file), file, kind).waivers;
}
