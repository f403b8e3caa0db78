// Training data that is no good in one way each, and what the documents say becomes of a job that is made of it: by a job
// that fails, or by a refusal of the file or of the job.
import { type Exchange } from '../requirements/exchange.ts';
import type { Expectation } from '../requirements/observation.ts';
import { environmentReason } from '../requirements/refusals.ts';
import type { DatasetName } from './datasets.ts';
import type { Session } from './session.ts';

export const BAD_KINDS = ['too-few', 'not-jsonl', 'wrong-format'] as const;
export type BadKind = (typeof BAD_KINDS)[number];

/** What is uploaded, and what is expected of the job. */
export const BAD_DATA: Readonly<Record<BadKind, { readonly dataset: DatasetName; readonly expectation: Expectation }>> =
  {
    'too-few': { dataset: 'too-few', expectation: 'too-few-examples' },
    'not-jsonl': { dataset: 'not-jsonl', expectation: 'not-jsonl' },
    'wrong-format': { dataset: 'dpo', expectation: 'wrong-format' },
  };

/** Has the refusal of bad data judged, unless the target's surroundings explain it. */
export function observeRefusedData(session: Session, expectation: Expectation, exchange: Exchange): void {
  if (environmentReason(exchange) === undefined)
    session.observe({ kind: 'probe', probe: { name: 'bad-data-refused', expectation, exchange } });
}
