// How a detection is told: a table of 80 columns for people, a line of JSON for scripts. Words of the target are none in it
// but the reasons for what was not learned, which are made harmless here.
import { logText } from '../reporting/escape.ts';
import { fitted } from '../reporting/text-width.ts';
import { EDITIONS } from '../requirements/requirement.ts';
import type { Detection } from './detect-edition.ts';

const COLUMNS = 80;
const CELL = 8;
const FIRST = COLUMNS - CELL * EDITIONS.length;

/** The table of a detection, with the sentence that sums it up. */
export function fitTable(baseUrl: string, detection: Detection): string {
  const { evidence, standings, unlearned, left, requests, jobs, files } = detection;
  const row = (name: string, cells: readonly string[]): string =>
    `${fitted(logText(name), FIRST - 1).padEnd(FIRST)}${cells.map((cell) => cell.padStart(CELL)).join('')}`;
  const asked = `${requests} requests, ${jobs} ${jobs === 1 ? 'job' : 'jobs'}, ${files} files`;
  const table = [
    row('', EDITIONS),
    ...evidence.map(({ seen, fits }) => row(seen, EDITIONS.map((edition) => (fits.includes(edition) ? '+' : '-')))), // prettier-ignore
    row('for', standings.map((one) => String(one.for))),
    row('against', standings.map((one) => String(one.against))),
    '',
  ]; // prettier-ignore
  const lines = [
    fitted(`Which edition ${logText(baseUrl)} fits best (${asked})`, COLUMNS),
    '',
    ...(evidence.length === 0 ? [] : table),
    ...sentenceOf(detection),
    ...(unlearned.length === 0 ? [] : [`not learned: ${unlearned.length} differences between editions (--json names them)`]), // prettier-ignore
    ...left.map(({ id, reason }) => fitted(`left behind: ${logText(id)}: ${logText(reason)}`, COLUMNS)),
  ];
  return `${lines.join('\n')}\n`;
}

/** The result as one line of JSON. */
export function fitLine(baseUrl: string, exitCode: number, detection: Detection): string {
  return `${JSON.stringify({ event: 'edition', baseUrl, exitCode, ...detection })}\n`;
}

function sentenceOf({ best, standings, stopped, evidence, undecided }: Detection): string[] {
  const early = stopped === undefined ? [] : [fitted(`ended early: ${logText(stopped)}`, COLUMNS)];
  const [first] = best;
  if (first === undefined) return [...early, 'fits none: nothing that was answered tells the editions apart'];
  const against = standings.find(({ edition }) => edition === first)?.against ?? 0;
  const weight = against === 0 ? 'nothing speaks against it' : `${against} of ${evidence.length} speak against it`;
  if (best.length === 1) return [...early, `fits best: ${first} (${weight})`];
  return [
    ...early,
    `fits best: ${best.join(' and ')}, a tie (${weight})`,
    fitted(`not seen, and all that could part them: ${undecided.join(', ')}`, COLUMNS),
  ];
}
