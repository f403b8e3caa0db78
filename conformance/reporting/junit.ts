// JUnit XML, for whatever reads test results: a suite per chapter, a case per row. Only a MUST that failed is a failure
// there; everything else that is no pass is skipped with its reason, for a reader of JUnit has no third colour.
import { CHAPTERS } from '../requirements/requirement.ts';
import { xmlText } from './escape.ts';
import type { Report, ReportedRequirement } from './report.ts';

const MOST_SHOWN = 5;

/** The report as JUnit XML. */
export function junitXml(report: Report): string {
  const suites = CHAPTERS.flatMap((chapter) => {
    const rows = report.requirements.filter((row) => row.inScope && row.chapter === chapter);
    return rows.length === 0
      ? []
      : [
          suiteXml(
            chapter,
            rows.map((row) => caseXml(row)),
          ),
        ];
  });
  const faults =
    report.faults.length === 0
      ? []
      : [
          suiteXml(
            'suite',
            report.faults.map(
              (fault) =>
                `<testcase classname="suite" name="the suite itself works"><error message="${xmlText(fault)}"/></testcase>`,
            ),
          ),
        ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${xmlText(report.target.name)}" time="${report.run.durationMs / 1000}">\n${[...suites, ...faults].join('\n')}\n</testsuites>\n`;
}

function suiteXml(name: string, cases: readonly string[]): string {
  const having = (tag: string): number => cases.filter((one) => one.includes(`<${tag} `)).length;
  const counts = `tests="${cases.length}" failures="${having('failure')}" errors="${having('error')}" skipped="${having('skipped')}"`;
  return `<testsuite name="${name}" ${counts}>\n${cases.join('\n')}\n</testsuite>`;
}

function caseXml(row: ReportedRequirement): string {
  const head = `<testcase classname="${row.chapter}" name="${xmlText(`${row.id}: ${row.title}`)}"`;
  if (row.status === 'pass') return `${head}/>`;
  if (row.status === 'fail' && row.level === 'MUST') {
    const [first] = row.failures;
    return `${head}><failure message="${xmlText(first?.message ?? row.reason ?? '')}">${xmlText(details(row))}</failure></testcase>`;
  }
  return `${head}><skipped message="${xmlText(skippedReason(row))}"/></testcase>`;
}

function skippedReason({ status, level, reason, failures }: ReportedRequirement): string {
  const [first] = failures;
  if (status === 'fail') return `${level} that does not hold: ${first?.message ?? ''}`;
  if (status === 'waived') return `waived: ${first?.waiver?.reason ?? ''}; ${first?.message ?? ''}`;
  return `${status}${reason === null ? '' : `: ${reason}`}`;
}

function details({ statement, sources, failures }: ReportedRequirement): string {
  const shown = failures
    .slice(0, MOST_SHOWN)
    .map(({ message, count, curl, replay }) =>
      [`${message} (${count} times)`, curl, replay].filter((line) => line !== '').join('\n'),
    );
  return [statement, `Sources: ${sources.join('; ')}`, ...shown].join('\n\n');
}
