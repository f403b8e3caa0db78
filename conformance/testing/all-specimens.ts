// Every specimen, by chapter.
import { constraintAcceptances, constraintRefusals } from '../requirements/request-constraints.ts';
import { rules } from '#generated/current/rules.ts';
import { acceptanceSpecimens, refusalSpecimens, SPECIMENS_OF_CREATE } from './specimens-of-create.ts';
import { SPECIMENS_OF_ANSWERS } from './specimens-of-answers.ts';
import { SPECIMENS_OF_JOBS } from './specimens-of-jobs.ts';
import { SPECIMENS_OF_LISTS } from './specimens-of-lists.ts';
import { SPECIMENS_OF_RESOURCES } from './specimens-of-resources.ts';
import { SPECIMENS_OF_STATUS } from './specimens-of-status.ts';
import type { Specimen } from './specimens.ts';

const ACCEPTANCES = Object.keys(rules).filter((id) => /^create\.\w+\.accepted$/.test(id));
const REFUSALS = Object.keys(rules).filter(
  (id) => (id.startsWith('refusal.') && id !== 'refusal.no-job') || id === 'transport.wire.refused',
);

export const SPECIMENS: readonly Specimen[] = [
  ...[...ACCEPTANCES, ...constraintAcceptances.map(({ id }) => id)].flatMap(acceptanceSpecimens),
  ...[...REFUSALS, ...constraintRefusals.map(({ id }) => id)].flatMap(refusalSpecimens),
  ...SPECIMENS_OF_CREATE,
  ...SPECIMENS_OF_STATUS,
  ...SPECIMENS_OF_JOBS,
  ...SPECIMENS_OF_LISTS,
  ...SPECIMENS_OF_RESOURCES,
  ...SPECIMENS_OF_ANSWERS,
];
