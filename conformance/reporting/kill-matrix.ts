// The kill matrix as a page: which named bugs of the emulator the suite finds, under which requirement, after how many
// requests; and which requirements no bug has shown to have teeth.
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { killMatrixHtml } from './page/kill-matrix.tsx';

const MOST_BYTES = 32 * 1024 * 1024;
const MOST_RESULTS = 5_000;

const result = z.object({
  id: z.string(),
  wrong: z.string(),
  breaks: z.string(),
  isFound: z.boolean(),
  failed: z.array(z.string()),
  requests: z.number().optional(),
  bytes: z.number().optional(),
  seconds: z.number(),
  faults: z.array(z.string()),
});
const killMatrix = z.object({ seed: z.number(), seconds: z.number(), results: z.array(result).max(MOST_RESULTS) });

/** What became of one defect. */
export type KillResult = z.output<typeof result>;
/** What npm run judge wrote down. */
export type KillMatrix = z.output<typeof killMatrix>;

/** A file that is no kill matrix. */
export class UnreadableKillMatrix extends Error {
  override readonly name = 'UnreadableKillMatrix';
}

/**
 * Writes out/kill-matrix.html from a kill-matrix.json, and gives its path.
 * @throws UnreadableKillMatrix
 */
export function writeKillMatrixPage(file: string, out: string): string {
  const page = join(out, 'kill-matrix.html');
  const html = killMatrixHtml(readKillMatrix(file));
  mkdirSync(out, { recursive: true });
  writeFileSync(page, html);
  return page;
}

function readKillMatrix(file: string): KillMatrix {
  let value: unknown;
  try {
    if (statSync(file).size > MOST_BYTES) throw new Error('too large');
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new UnreadableKillMatrix(`${file} cannot be read, or is no JSON`);
  }
  const parsed = killMatrix.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UnreadableKillMatrix(`${file} is no kill matrix (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''})`);
}
