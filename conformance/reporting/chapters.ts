// Counts with their denominators, chapter by chapter: how much passed of what was exercised, of what applies, of all.
import { type Chapter, CHAPTERS } from '../requirements/requirement.ts';
import type { ReportedRequirement } from './report.ts';

export interface ChapterCounts {
  readonly chapter: Chapter;
  readonly passed: number;
  readonly failed: number;
  readonly waived: number;
  /** Passed, failed or waived. */
  readonly exercised: number;
  /** All but what the target does not support. */
  readonly applicable: number;
  readonly all: number;
}

/** The counts of every chapter that has a row in scope. */
export function chapterCounts(requirements: readonly ReportedRequirement[]): ChapterCounts[] {
  return CHAPTERS.flatMap((chapter) => {
    const rows = requirements.filter((row) => row.inScope && row.chapter === chapter);
    const having = (status: ReportedRequirement['status']): number =>
      rows.filter((row) => row.status === status).length;
    const [passed, failed, waived] = [having('pass'), having('fail'), having('waived')];
    return rows.length === 0
      ? []
      : [
          {
            chapter,
            passed,
            failed,
            waived,
            exercised: passed + failed + waived,
            applicable: rows.length - having('unsupported'),
            all: rows.length,
          },
        ];
  });
}
