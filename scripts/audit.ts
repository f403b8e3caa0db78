// npm run audit: plants keys and ends runs at random points, and prints how many keys got out and how much was left
// behind. The same is kept at zero by tests; this is the longer series, with the figures.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newCommand, parsed, runCommand, wholeNumber } from './command.ts';
import { withoutKeys } from './without-keys.ts';
import { searchedLine } from '../conformance/testing/find-secrets.ts';
import { auditKills, killedLine, killsOf } from './testing/kill-audit.ts';
import { auditSecrets, type Ending, KEY_FORMS, type KeyForm } from './testing/secrets-audit.ts';

interface Options {
  readonly kills: number;
  readonly seed: number;
  readonly tier: 'smoke' | 'sites';
}

const program = newCommand('audit')
  .description('Plants keys and kills runs; prints what got out and what was left behind.')
  .option('--kills <n>', 'runs that are ended at a random point', wholeNumber, 60)
  .option('--seed <n>', 'seed of the points', wholeNumber, 1)
  .option('--tier <tier>', 'how much an echoing target is asked: smoke or sites', 'sites')
  .allowExcessArguments(false);

const ENDINGS: readonly Ending[] = ['none', 'dead-port', 'killed'];

async function main(): Promise<number> {
  if (!parsed(program)) return 0;
  const options = program.opts<Options>();
  const folder = mkdtempSync(join(tmpdir(), 'audit-'));
  try {
    const isLeaking = await secrets(folder, options);
    const killed = await auditKills(folder, killsOf(options.seed, options.kills), 3);
    process.stdout.write(`${killedLine(killed)}\n`);
    const bad = killed.filter(({ orphans, isUntouched }) => orphans.length > 0 || !isUntouched);
    for (const { kill, orphans } of bad) process.stdout.write(`  ${JSON.stringify({ ...kill, orphans })}\n`);
    return isLeaking || bad.length > 0 ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** True where a planted key got out. */
async function secrets(folder: string, { tier }: Options): Promise<boolean> {
  let [files, bytes] = [0, 0];
  const finds = [];
  for (const form of Object.keys(KEY_FORMS) as KeyForm[]) {
    for (const ending of ENDINGS) {
      const { searched } = await auditSecrets({ folder: join(folder, `${form}-${ending}`), form, ending, tier });
      files += searched.files;
      bytes += searched.bytes;
      finds.push(...searched.finds);
      process.stdout.write(`${form}, ${ending}: ${searchedLine(searched)}\n`);
    }
  }
  for (const { where, as } of finds) process.stdout.write(`  ${where}: ${as}\n`);
  process.stdout.write(`${searchedLine({ finds, files, bytes })}\n`);
  return finds.length > 0;
}

await runCommand(main, withoutKeys);
