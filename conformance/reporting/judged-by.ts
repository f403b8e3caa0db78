// Which contract a verdict rests on, in the words of every report: an edition of OpenAI's, or a vendor's dialect with how
// far that is from OpenAI's. The two are told side by side and never mixed: no difference of a contract is a failure.
import type { ContractDifference } from '../contract/distance.ts';
import type { Report } from './report.ts';

/** "current", "2024-04", "azure-v1". */
export function contractName({ edition, dialect }: Report['contract']): string {
  return dialect ?? edition;
}

/** "edition current", "dialect azure-v1". */
export function judgedBy({ edition, dialect }: Report['contract']): string {
  return dialect === undefined ? `edition ${edition}` : `dialect ${dialect}`;
}

/** How far the contract is from OpenAI's, as one sentence without its full stop; empty where it is OpenAI's own. */
export function distanceText({ contract: { dialect }, distance }: Report): string {
  if (dialect === undefined || distance === undefined) return '';
  const counts = (['missing', 'changed', 'added'] as const).map(
    (change) => `${distance.filter((one) => one.change === change).length} ${change}`,
  );
  const places = distance.length === 1 ? '1 place' : `${distance.length} places`;
  return `the contract of ${dialect} differs from OpenAI's in ${places}: ${counts.join(', ')}`;
}

const KINDS: Readonly<Record<ContractDifference['kind'], string>> = {
  operation: 'operation',
  query: 'query parameter',
  status: 'status of success',
  member: 'member',
  acceptance: 'what must be accepted',
  rule: 'rule',
};

/** What kind of place a difference is in. */
export function kindText({ kind }: ContractDifference): string {
  return KINDS[kind];
}
