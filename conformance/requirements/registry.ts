// The registry: every checkable sentence about a server of the fine-tuning API, one row each, as far as the contract of
// this process has it.
import { constraintAcceptances, constraintRefusals } from './request-constraints.ts';
import { answerSchemaRequirements } from './answer-schema.ts';
import { createRequirements } from './create.ts';
import { echoRequirements } from './echo.ts';
import { cancelRequirements, checkpointRequirements, eventRequirements, pauseRequirements } from './job-actions.ts';
import { listRequirements } from './list.ts';
import { refusalRequirements } from './refusal.ts';
import { CHAPTERS, EDITIONS, type Requirement, type Row } from './requirement.ts';
import { permissionRequirements } from './permissions.ts';
import { fileRequirements, graderRequirements, modelRequirements } from './resources.ts';
import { retrieveRequirements } from './retrieve.ts';
import { statusRequirements } from './status.ts';
import { transportRequirements } from './transport.ts';
import type { Edition } from '#generated/current/rules.ts';
import { editionName } from '../contract/active-contract.ts';

const rows: readonly Row[] = [
  ...createRequirements,
  ...constraintRefusals,
  ...constraintAcceptances,
  ...echoRequirements,
  ...refusalRequirements,
  ...statusRequirements,
  ...retrieveRequirements,
  ...answerSchemaRequirements,
  ...listRequirements,
  ...cancelRequirements,
  ...pauseRequirements,
  ...eventRequirements,
  ...checkpointRequirements,
  ...fileRequirements,
  ...modelRequirements,
  ...graderRequirements,
  ...permissionRequirements,
  ...transportRequirements,
];

/** Every row, by chapter. */
export const registry: readonly Requirement[] = CHAPTERS.flatMap((chapter) =>
  rows.filter((row) => row !== undefined).filter((row) => row.chapter === chapter),
);

/** The rows that an edition has; of another edition than that of this process, those of them that this one has too. */
export function requirementsOf(edition: Edition): readonly Requirement[] {
  if (edition === editionName) return registry;
  return registry.filter(({ since }) => EDITIONS.indexOf(since) <= EDITIONS.indexOf(edition));
}

const byId = new Map(registry.map((row) => [row.id, row] as const));

/** A row by id, or undefined. */
export function requirementById(id: string): Requirement | undefined {
  return byId.get(id);
}
