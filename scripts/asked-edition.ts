// The edition that arguments ask for, read before anything of the judge is loaded. What is wrong with the arguments is
// told later, by those who read them in full.
import { readFileSync, statSync } from 'node:fs';

const EDITIONS = ['2024-04', '2024-09', '2024-12', '2025-05', 'current'];
const MAX_BYTES = 256 * 1024 * 1024;

/** The edition of `--replay FILE#ID` or `--edition E`; `current` where neither names one that exists. */
export function askedEdition(args: readonly string[]): string {
  // Who asks for the edition of a target asks by all that any edition has: what --edition names is the emulator's.
  if (args.includes('--detect-edition')) return 'current';
  const replay = valueOf(args, '--replay');
  const asked = (replay === undefined ? undefined : editionOfReport(replay)) ?? valueOf(args, '--edition');
  return EDITIONS.find((name) => name === asked) ?? 'current';
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

function editionOfReport(replay: string): string | undefined {
  const file = replay.slice(0, replay.lastIndexOf('#'));
  try {
    if (statSync(file).size > MAX_BYTES) return undefined;
    const report = JSON.parse(readFileSync(file, 'utf8')) as { contract?: { edition?: unknown } } | null;
    const edition = report?.contract?.edition;
    return typeof edition === 'string' ? edition : undefined;
  } catch {
    return undefined;
  }
}
