// Accepted deviations: which failure of which requirement, why, who answers for it, until when. A waiver without an end
// does not exist.
import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigurationError } from './configuration-error.ts';
import { parseYaml, readText } from './read-yaml.ts';
import { linesOfWaivers, withoutWaivers } from './waiver-lines.ts';

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

/** Waivers in a file; a list of which the last one was taken out is empty. */
export const waiversSchema = z
  .array(waiverSchema)
  .nullable()
  .default([])
  .transform((waivers) => waivers ?? []);

/** A waiver and, where it was read from a file, its lines. */
export interface Waiver extends z.output<typeof waiverSchema> {
  readonly place?: { readonly file: string; readonly first: number; readonly last: number };
}

const fileSchema = z.strictObject({ waivers: waiversSchema });

/** The waivers of a file. @throws ConfigurationError that names the line. */
export function readWaivers(file: string): readonly Waiver[] {
  const kind = { schema: fileSchema, whole: 'the file', help: 'see "Accepted deviations" in the README' };
  const text = readText(file);
  return placed(parseYaml(text, file, kind).waivers, text, file);
}

/** Waivers with their lines in the file that they were read from. */
export function placed(waivers: readonly Waiver[], text: string, file: string): readonly Waiver[] {
  const lines = linesOfWaivers(text);
  return waivers.map((waiver, index) => {
    const at = lines[index];
    return at === undefined ? waiver : { ...waiver, place: { file, ...at } };
  });
}

/** Lines of one file. */
export interface Removal {
  readonly file: string;
  readonly lines: readonly { readonly first: number; readonly last: number }[];
}

/**
 * Takes the lines of waivers out of the files that they stand in; waivers without a place are left alone.
 * @throws ConfigurationError where a file changed meanwhile, or where lines alone do not make a waiver.
 */
export function removeWaivers(waivers: readonly Pick<Waiver, 'place'>[]): readonly Removal[] {
  const places = waivers.flatMap(({ place }) => (place === undefined ? [] : [place]));
  return [...new Set(places.map(({ file }) => file))].map((file) => {
    const lines = places.filter((place) => place.file === file);
    const text = readFileSync(file, 'utf8');
    const indexes = linesOfWaivers(text).flatMap(({ first, last }, index) =>
      lines.some((place) => place.first === first && place.last === last) ? [index] : [],
    );
    const kept = indexes.length === lines.length ? withoutWaivers(text, indexes) : undefined;
    if (kept === undefined) {
      const told = lines.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(', ');
      const what = 'its waivers cannot be taken out line by line';
      throw new ConfigurationError(file, what, `take those of line ${told} out by hand, one waiver a line or more`);
    }
    replace(file, kept);
    return { file, lines };
  });
}

/** Writes beside the file and renames: a list of waivers that is half written would excuse by chance. */
function replace(file: string, text: string): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  writeFileSync(draft, text, { flag: 'wx' });
  renameSync(draft, file);
}
