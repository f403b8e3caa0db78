// Our contracts as tests ask about them: what each has at a place, which calls it knows, which rules hold in it.
import { fileURLToPath } from 'node:url';
import { prepare } from '../compile.ts';
import { canonicalComponents } from '../constraint-table.ts';
import { contractsIn, documentOfContract } from '../contract-set.ts';
import { type JsonObject, type JsonValue, listOf, member, objectOf, resolvePointer } from '../json.ts';
import { operationTable } from '../operation-table.ts';
import { type Rule, rulesIn, rulesOf } from '../rules.ts';

/** A path below openapi/. */
export const pathOf = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
/** Every contract, the current one first. */
export const all = contractsIn(pathOf('.'));
/** The documents as the generators get them, by name. */
export const prepared = new Map(all.map((contract) => [contract.name, prepare(documentOfContract(contract))]));

/** A contract's document. */
export const rootOf = (name: string): JsonObject => prepared.get(name)?.document.root ?? {};
/** Its component schemas, in canonical form. */
export const componentsOf = (name: string): JsonObject => canonicalComponents(rootOf(name));
/** What stands at a pointer below the component schemas, in canonical form. */
export const schemaAt = (name: string, pointer: string): JsonValue | undefined =>
  resolvePointer(componentsOf(name), `#/${pointer}`);
/** Members of the object there. */
export const membersOf = (name: string, pointer: string): string[] =>
  Object.keys(objectOf(member(schemaAt(name, pointer), 'properties'))).sort();
/** Required members of the object there. */
export const requiredOf = (name: string, pointer: string): JsonValue[] =>
  [...listOf(member(schemaAt(name, pointer), 'required'))].sort();
/** Methods and paths, without the names of parameters. */
export const callsOf = (name: string): string[] =>
  operationTable(rootOf(name)).map(({ method, path }) => `${method} ${path.replace(/\{[^}]*\}/g, '{}')}`);
/** Query parameters of an operation. */
export const queryOf = (name: string, id: string): string[] =>
  operationTable(rootOf(name))
    .find((one) => one.id === id)
    ?.queryParameters.map((one) => one.name) ?? [];
/** The rules that hold in it. */
export const rulesHeldBy = (name: string): readonly Rule[] => {
  const source = prepared.get(name)?.document;
  if (!source) throw new Error(`no contract ${name}`);
  return rulesIn(rulesOf(source), member(source.root['x-edition'], 'name'));
};
/** Their ids. */
export const ruleIdsOf = (name: string): string[] => rulesHeldBy(name).map(({ id }) => id);
/** A list without some of its entries. */
export const without = (list: readonly string[], ...names: readonly string[]): string[] =>
  list.filter((one) => !names.includes(one));

/** Members of the create request. */
export const REQUEST = ['hyperparameters', 'integrations', 'metadata', 'method', 'model', 'seed', 'suffix', 'training_file', 'validation_file']; // prettier-ignore
/** Members of a job. */
export const JOB = ['created_at', 'error', 'estimated_finish', 'fine_tuned_model', 'finished_at', 'hyperparameters', 'id', 'integrations', 'metadata', 'method', 'model', 'object', 'organization_id', 'result_files', 'seed', 'status', 'trained_tokens', 'training_file', 'validation_file']; // prettier-ignore
/** The calls that every edition has. */
export const FIRST = ['POST /fine_tuning/jobs', 'GET /fine_tuning/jobs', 'GET /fine_tuning/jobs/{}', 'POST /fine_tuning/jobs/{}/cancel', 'GET /fine_tuning/jobs/{}/events', 'GET /fine_tuning/jobs/{}/checkpoints']; // prettier-ignore
