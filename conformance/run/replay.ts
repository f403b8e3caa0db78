// Replaying a failure: the run that showed it again, narrowed to the one requirement. A run follows from its seed and
// options, so nothing of the recorded requests is needed, and nothing of the file is used but numbers, ids, and the steps
// of a sequence, each in words that we know: a report is untrusted data that carries no host, key or target id into the run.
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { parseStep } from '../lifecycle/step.ts';
import { EDITIONS, MODES } from '../requirements/requirement.ts';
import { ConfigurationError } from '../targets/configuration-error.ts';
import { TIERS } from './config.ts';
import type { Options } from './configure.ts';

const MAX_BYTES = 256 * 1024 * 1024;

const MOST_STEPS = 500;
const failure = z.object({
  fingerprint: z.string(),
  sequence: z
    .array(z.string().refine((text) => parseStep(text) !== undefined))
    .max(MOST_STEPS)
    .optional(),
});

const reportSchema = z.object({
  contract: z.object({ edition: z.enum(EDITIONS), mode: z.enum(MODES), dialect: z.string().optional() }),
  run: z.object({ seed: z.int(), cases: z.int() }),
  summary: z.object({ scope: z.object({ tier: z.enum(TIERS).optional() }) }),
  requirements: z.array(z.object({ id: z.string(), failures: z.array(failure) })),
});

export interface Replay {
  /** Id of the requirement that failed. */
  readonly requirement: string;
  readonly fingerprint: string;
  /** The options of the run that showed it. */
  readonly options: Pick<Options, 'edition' | 'mode' | 'seed' | 'cases' | 'tier' | 'only' | 'sequence'>;
}

/** What `FILE#ID` means. @throws ConfigurationError that names the mend. */
export function readReplay(text: string): Replay {
  const at = text.lastIndexOf('#');
  if (at < 0)
    throw new ConfigurationError(
      `--replay ${text}`,
      'it names no failure',
      'use FILE#FINGERPRINT as the report prints it',
    );
  const [file, fingerprint] = [text.slice(0, at), text.slice(at + 1)];
  const { contract, run, summary, requirements } = readReport(file);
  const found = requirements
    .flatMap(({ id, failures }) => failures.map((one) => ({ id, ...one })))
    .find((one) => one.fingerprint === fingerprint);
  if (found === undefined) {
    throw new ConfigurationError(
      `--replay ${text}`,
      `${file} holds no failure ${fingerprint}`,
      'use a fingerprint that this report prints',
    );
  }
  const { id: requirement, sequence } = found;
  return {
    requirement,
    fingerprint,
    options: {
      // The profile names its dialect again; an edition by name would be judged by in place of it.
      edition: contract.dialect === undefined ? contract.edition : undefined,
      mode: contract.mode,
      ...run,
      tier: summary.scope.tier ?? 'full',
      only: [requirement],
      sequence,
    },
  };
}

function readReport(file: string): z.output<typeof reportSchema> {
  let value: unknown;
  try {
    if (statSync(file).size > MAX_BYTES) throw new Error('too large');
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new ConfigurationError(`--replay ${file}`, 'it is no report that can be read', 'name a conformance.json');
  }
  const parsed = reportSchema.safeParse(value);
  if (!parsed.success)
    throw new ConfigurationError(`--replay ${file}`, 'it is no report of this suite', 'name a conformance.json');
  return parsed.data;
}
