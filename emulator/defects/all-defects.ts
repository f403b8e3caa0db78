// Every defect that the emulator can be started with: those that people thought of, by what goes wrong, and those that
// follow from the contract by rule. They are made once, when somebody asks for the first.
import { besideDefects } from './catalogue/beside.ts';
import { controlDefects } from './catalogue/control.ts';
import { echoDefects } from './catalogue/echo.ts';
import { metadataDefects } from './catalogue/echo-metadata.ts';
import { errorDefects } from './catalogue/errors.ts';
import { fileDefects } from './catalogue/files.ts';
import { jobDetailDefects } from './catalogue/job-details.ts';
import { listDefects } from './catalogue/lists.ts';
import { mendingDefects } from './catalogue/mended.ts';
import { modelNameDefects } from './catalogue/model-names.ts';
import { notFoundDefects } from './catalogue/not-found.ts';
import { ownLimitDefects } from './catalogue/own-limits.ts';
import { refusingDefects } from './catalogue/refused.ts';
import { resourceDefects } from './catalogue/resources.ts';
import { retrieveDefects } from './catalogue/retrieve.ts';
import { sequenceDefects } from './catalogue/sequences.ts';
import { statusDefects } from './catalogue/status.ts';
import { unknownIdDefects } from './catalogue/unknown-ids.ts';
import { overlookingDefects } from './catalogue/unseen.ts';
import { wireDefects } from './catalogue/wire.ts';
import type { Defect } from './defect.ts';
import { answerDefects } from './mechanical/answers.ts';
import { lenientDefects } from './mechanical/lenient.ts';
import { pagingDefects } from './mechanical/paging.ts';
import { strictDefects } from './mechanical/strict.ts';
import { transitionDefects } from './mechanical/transitions.ts';

/** The defects that people thought of. */
export const handmadeDefects: readonly Defect[] = [
  ...mendingDefects,
  ...overlookingDefects,
  ...ownLimitDefects,
  ...refusingDefects,
  ...metadataDefects,
  ...echoDefects,
  ...modelNameDefects,
  ...statusDefects,
  ...retrieveDefects,
  ...notFoundDefects,
  ...unknownIdDefects,
  ...listDefects,
  ...controlDefects,
  ...sequenceDefects,
  ...jobDetailDefects,
  ...fileDefects,
  ...resourceDefects,
  ...errorDefects,
  ...wireDefects,
  ...besideDefects,
];

let all: readonly Defect[] | undefined;

/** All defects. */
export function allDefects(): readonly Defect[] {
  all ??= [
    ...handmadeDefects,
    ...lenientDefects(),
    ...strictDefects(),
    ...answerDefects(),
    ...pagingDefects(),
    ...transitionDefects(),
  ];
  return all;
}
