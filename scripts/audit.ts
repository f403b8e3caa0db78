// npm run audit: plants keys, ends runs at random points, and judges servers that understand nothing or mean harm; prints
// how many keys got out, how much was left behind, and what the servers passed and survived. The same is kept at zero by
// tests; this is the longer series, with the figures.
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Option } from 'commander';
import { newCommand, parsed, runCommand, wholeNumber } from './command.ts';
import { withoutKeys } from './without-keys.ts';
import { searchedLine } from '../conformance/testing/find-secrets.ts';
import { auditKills, killedLine, killsOf } from './testing/kill-audit.ts';
import { auditSecrets, type Ending, KEY_FORMS, type KeyForm } from './testing/secrets-audit.ts';
import { auditServers, idlePeak, isClean, outlastedLines } from './testing/servers-audit.ts';

/** What is audited, in the order in which it is done. */
const PARTS = ['secrets', 'kills', 'servers'] as const;
type Part = (typeof PARTS)[number];

interface Options {
  readonly kills: number;
  readonly seed: number;
  readonly tier: 'smoke' | 'sites';
  readonly only: readonly Part[];
}

const program = newCommand('audit')
  .description(
    'Plants keys, kills runs, and judges servers of no good; prints what got out, was left behind, and passed.',
  )
  .option('--kills <n>', 'runs that are ended at a random point', wholeNumber, 60)
  .option('--seed <n>', 'seed of the points', wholeNumber, 1)
  .option('--tier <tier>', 'how much an echoing target is asked: smoke or sites', 'sites')
  .addOption(new Option('--only <part...>', 'audit these parts only').choices(PARTS).default([...PARTS], 'all of them'))
  .allowExcessArguments(false);

const ENDINGS: readonly Ending[] = ['none', 'dead-port', 'killed'];

async function main(): Promise<number> {
  if (!parsed(program)) return 0;
  const options = program.opts<Options>();
  const folder = mkdtempSync(join(tmpdir(), 'audit-'));
  const audits: Readonly<Record<Part, () => Promise<boolean>>> = {
    secrets: () => isKept(folder, options),
    kills: () => isTidy(folder, options),
    servers: () => isUnmoved(folder),
  };
  try {
    const results: boolean[] = [];
    for (const part of PARTS) if (options.only.includes(part)) results.push(await audits[part]());
    return results.every(Boolean) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** True where runs that were killed left nothing behind, and touched nothing that was not theirs. */
async function isTidy(folder: string, { seed, kills }: Options): Promise<boolean> {
  const killed = await auditKills(folder, killsOf(seed, kills), 3);
  process.stdout.write(`${killedLine(killed)}\n`);
  const bad = killed.filter(({ orphans, isUntouched }) => orphans.length > 0 || !isUntouched);
  for (const { kill, orphans } of bad) process.stdout.write(`  ${JSON.stringify({ ...kill, orphans })}\n`);
  return bad.length === 0;
}

/** True where servers that understand nothing passed nothing, and those that mean harm did none. */
async function isUnmoved(folder: string): Promise<boolean> {
  const idle = await idlePeak(folder);
  const all = await auditServers(folder, availableParallelism(), ({ name, kind, passed, wrong, seconds, peakMiB }) => {
    const told = `${kind}: ${name}: ${passed} MUST passed, ${seconds.toFixed(0)} s, ${Math.round(peakMiB)} MiB`;
    process.stdout.write(`${told}${wrong === undefined ? '' : `; ${wrong}`}\n`);
  });
  for (const line of outlastedLines(all, idle)) process.stdout.write(`${line}\n`);
  return isClean(all, idle);
}

/** True where no planted key got out. */
async function isKept(folder: string, { tier }: Options): Promise<boolean> {
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
  return finds.length === 0;
}

await runCommand(main, withoutKeys);
