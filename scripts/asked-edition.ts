// The contract that arguments ask for, read before anything of the judge is loaded, which is made of it: a dated edition,
// or the dialect of the vendor whose profile is named. What is wrong with the arguments is told later, by those who read
// them in full.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { contracts } from '../generated/contracts.ts';

const MAX_REPORT = 256 * 1024 * 1024;
const MAX_PROFILE = 256 * 1024;

/**
 * The contract of `--replay FILE#ID`, `--edition E` or the profile that `--target` names, the first that says one;
 * `current` where none names one that exists.
 * @param root the project's folder, where the known profiles are.
 */
export function askedEdition(args: readonly string[], root = process.cwd()): string {
  // Who asks for the edition of a target asks by all that any edition has: what --edition names is the emulator's.
  if (args.includes('--detect-edition')) return 'current';
  const replay = valueOf(args, '--replay');
  const asked = (replay === undefined ? undefined : editionOfReport(replay)) ?? valueOf(args, '--edition');
  if (asked !== undefined) return known(asked);
  const target = valueOf(args, '--target');
  const dialect = target === undefined ? undefined : dialectOf(target, root);
  return dialect === undefined ? 'current' : known(`dialects/${dialect}`);
}

function known(name: string): string {
  return Object.hasOwn(contracts, name) ? name : 'current';
}

/** The last value of an option, written `--option value` or `--option=value`. */
function valueOf(args: readonly string[], option: string): string | undefined {
  return args
    .map((text, index) => {
      if (text.startsWith(`${option}=`)) return text.slice(option.length + 1);
      return text === option ? args[index + 1] : undefined;
    })
    .findLast((value) => value !== undefined);
}

/** The edition of a report; none where it was made by a dialect, which the target's profile names again. */
function editionOfReport(replay: string): string | undefined {
  const text = textOf(replay.slice(0, replay.lastIndexOf('#')), MAX_REPORT);
  try {
    const report = JSON.parse(text ?? '') as { contract?: { edition?: unknown; dialect?: unknown } } | null;
    const { edition, dialect } = report?.contract ?? {};
    return typeof edition === 'string' && dialect === undefined ? edition : undefined;
  } catch {
    return undefined;
  }
}

function dialectOf(target: string, root: string): string | undefined {
  const own = /^[a-z0-9][a-z0-9._-]*$/.test(target) ? textOf(join(root, 'conformance/targets', `${target}.yaml`), MAX_PROFILE) : undefined; // prettier-ignore
  const text = own ?? textOf(target, MAX_PROFILE);
  if (text === undefined) return undefined;
  const dialect: unknown = parseDocument(text, { schema: 'core', logLevel: 'error' }).get('dialect');
  return typeof dialect === 'string' ? dialect : undefined;
}

function textOf(file: string, most: number): string | undefined {
  try {
    return statSync(file).size > most ? undefined : readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
