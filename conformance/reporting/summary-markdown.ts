// summary.md, for the job summary of a CI: verdict first, then numbers, then what failed. It must fit the 65 kB that an
// issue body holds, so failures are left out from the end, and the text says how many.
import { LEVELS } from '../requirements/requirement.ts';
import { chapterCounts } from './chapters.ts';
import { markdownBlock, markdownCode, markdownText } from './escape.ts';
import { exitMeaning } from './exit-status.ts';
import type { Counts, Failure, Report, ReportedRequirement } from './report.ts';
import { contractName, distanceText, kindText } from './judged-by.ts';
import { scopeText } from './scope.ts';

const MOST_BYTES = 65_000;
/** Kept free for the line that says what was left out. */
const RESERVE = 200;
const LONGEST_CURL = 1_500;
const LONGEST_LINE = 400;
/** Calls of a sequence that are listed. */
const MOST_CALLS = 30;
/** Bytes of one section of remarks. */
const MOST_SECTION_BYTES = 8_000;

const MARKS: Readonly<Record<Report['summary']['verdict'], string>> = {
  conformant: '✅ conformant',
  'non-conformant': '❌ non-conformant',
  incomplete: '⚠️ incomplete',
  fault: '⚠️ the suite itself failed',
};

/** The report as Markdown, at most 65 kB. */
export function summaryMarkdown(report: Report): string {
  const tail = remarks(report);
  let text = head(report);
  let room = MOST_BYTES - RESERVE - bytes(text) - bytes(tail);
  const failed = report.requirements
    .filter(({ status }) => status === 'fail')
    .sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
  let shown = 0;
  for (const row of failed) {
    const section = failureSection(row);
    if (bytes(section) > room) break;
    room -= bytes(section);
    text += section;
    shown += 1;
  }
  if (shown < failed.length)
    text += `\n… and ${failed.length - shown} more failed requirements: see the full report.\n`;
  return text + tail;
}

function head(report: Report): string {
  const { summary, target, contract, run } = report;
  const scope = scopeText(summary.scope);
  return [
    `# ${MARKS[summary.verdict]}: ${markdownCode(clipped(target.name))}`,
    '',
    `${markdownText(clipped(summary.reason))}. Exit status ${summary.exitCode}: ${exitMeaning(report)}.`,
    '',
    `Judged at ${markdownCode(clipped(target.baseUrl))} against ${contract.dialect === undefined ? 'edition' : 'dialect'} ${markdownCode(contractName(contract))} in mode ${contract.mode}, ${markdownText(run.startedAt)}, seed ${run.seed}, ${run.requests} requests, ${run.jobsCreated} jobs, ${Math.round(run.durationMs / 100) / 10} s.`,
    ...(scope === '' ? [] : ['', `**Narrowed:** ${markdownText(clipped(scope))}.`]),
    '',
    '| | passed | failed | waived | not exercised | unsupported | all |',
    '|---|---:|---:|---:|---:|---:|---:|',
    countRow('**MUST**', summary.must),
    countRow('SHOULD', summary.should),
    countRow('MAY', summary.may),
    '',
    '<details><summary>By chapter</summary>',
    '',
    '| chapter | passed | exercised | applicable | all |',
    '|---|---:|---:|---:|---:|',
    ...chapterCounts(report.requirements).map(
      (of) => `| ${of.chapter} | ${of.passed} | ${of.exercised} | ${of.applicable} | ${of.all} |`,
    ),
    '',
    '</details>',
    '',
  ].join('\n');
}

function countRow(name: string, counts: Counts): string {
  return `| ${name} | ${counts.pass} | ${counts.fail} | ${counts.waived} | ${counts.notExercised} | ${counts.unsupported} | ${counts.total} |`;
}

function failureSection(row: ReportedRequirement): string {
  const [first, ...others] = row.failures;
  return [
    '',
    `## ${row.level} ${markdownCode(row.id)}`,
    '',
    `${markdownText(row.statement)} (${row.authority}: ${markdownText(row.sources.join('; '))})`,
    '',
    ...(first === undefined ? [] : failureLines(first)),
    ...others.slice(0, 4).map(({ message, count }) => `- ${times(count)}${markdownCode(clipped(message))}`),
    ...(others.length > 4 ? [`- … and ${others.length - 4 + row.failuresLeftOut} more ways to fail`] : []),
    '',
  ].join('\n');
}

function failureLines({ message, count, curl, replay, sequence = [] }: Failure): string[] {
  return [
    `- ${times(count)}${markdownCode(clipped(message))}`,
    '',
    ...sequence.slice(0, MOST_CALLS).map((call, index) => `${index + 1}. ${markdownText(clipped(call))}`),
    ...(sequence.length > MOST_CALLS ? [`\n… and ${sequence.length - MOST_CALLS} more calls`] : []),
    ...(sequence.length > 0 ? [''] : []),
    ...(curl === ''
      ? []
      : [markdownBlock(curl.length > LONGEST_CURL ? '# the line is long: see the full report' : curl, 'sh'), '']),
    `Send it again: ${markdownCode(replay)}`,
    '',
  ];
}

function times(count: number): string {
  return count === 1 ? '' : `${count} times: `;
}

function remarks(report: Report): string {
  const { faults, blocked, notices } = report;
  return [
    list('Faults of the suite', faults),
    list('Blocked', blocked),
    list('Notices', notices),
    list('Distance from OpenAI’s contract', distanceLines(report)),
  ].join('');
}

/** What is different by the vendor's own documents; nothing of it is a failure. */
function distanceLines(report: Report): string[] {
  const text = distanceText(report);
  if (text === '') return [];
  const lines = (report.distance ?? []).map(
    (one) => `${one.change}: ${kindText(one)} ${one.where}, ${one.openai ?? 'nothing'} → ${one.vendor ?? 'nothing'}`,
  );
  return [text, ...lines];
}

/** A section of one line each, as many as there is room for. */
function list(title: string, texts: readonly string[]): string {
  if (texts.length === 0) return '';
  let section = `\n## ${title}\n\n`;
  let shown = 0;
  for (const text of texts) {
    const line = `- ${markdownText(clipped(text))}\n`;
    if (bytes(section) + bytes(line) > MOST_SECTION_BYTES) break;
    section += line;
    shown += 1;
  }
  return shown < texts.length ? `${section}- … and ${texts.length - shown} more\n` : section;
}

function clipped(text: string): string {
  return text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)}…` : text;
}

function bytes(text: string): number {
  return Buffer.byteLength(text);
}
