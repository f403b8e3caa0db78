// One issue per target, opened and updated only on change: a run that found what the last one found says nothing. The
// text is the diff, whose every word of a target is escaped already.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LABEL = 'conformance';
const { TARGET = '', CHANGE_DIR = '', RUN_URL = '' } = process.env;
const LISTS = [
  'newlyFailing',
  'newlyPassing',
  'newlyExercised',
  'noLongerExercised',
  'failingInOtherWays',
  'denominators',
];

function gh(...words) {
  return execFileSync('gh', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

function main() {
  if (!/^[a-z0-9-]+$/.test(TARGET)) throw new Error('TARGET is no name of a target');
  const file = join(CHANGE_DIR, 'diff.json');
  if (!existsSync(file)) return 'nothing to compare with yet';
  const diff = JSON.parse(readFileSync(file, 'utf8'));
  if (LISTS.every((list) => diff[list].length === 0)) return 'nothing changed';
  const title = `Conformance of ${TARGET}`;
  const body = join(mkdtempSync(join(tmpdir(), 'issue-')), 'body.md');
  writeFileSync(body, `${readFileSync(join(CHANGE_DIR, 'diff.md'), 'utf8').slice(0, 60_000)}\n${RUN_URL}\n`);
  gh('label', 'create', LABEL, '--force', '--description', 'What nightly runs of the conformance suite found');
  const open = JSON.parse(
    gh('issue', 'list', '--state', 'open', '--label', LABEL, '--limit', '200', '--json', 'number,title'),
  );
  const known = open.find((issue) => issue.title === title);
  if (known === undefined) {
    gh('issue', 'create', '--title', title, '--label', LABEL, '--body-file', body);
    return 'an issue was opened';
  }
  gh('issue', 'comment', String(known.number), '--body-file', body);
  if (diff.new.exitCode !== 0) return `issue ${known.number} was updated`;
  gh('issue', 'close', String(known.number), '--reason', 'completed');
  return `issue ${known.number} was updated and closed: the target conforms`;
}

process.stdout.write(`${main()}\n`);
