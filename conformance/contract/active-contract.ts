// The one contract that this process judges by. A process judges by one edition, or by one vendor's dialect, only; it is
// named in its environment before anything of the judge is loaded: registry, generation and client are all made of the
// contract when they are loaded.
import { type Contract, contracts } from '#generated/contracts.ts';
import type { Operation, OperationId } from '#generated/current/operations.ts';
import type * as current from '#generated/current/validators.js';

/** The variable that names the contract, an edition or `dialects/NAME`; children of a run inherit it. */
export const EDITION_VARIABLE = 'CONFORMANCE_EDITION';

/** The name of a contract as the variable gives it. */
export type ContractName = keyof typeof contracts;
/** The components without which nothing could be judged; the others an edition may lack. */
type Always = 'AcceptableCreateRequest' | 'CreateFineTuningJobRequest';
type Validators = Pick<typeof current, Always> & Partial<typeof current>;

function isContractName(name: string): name is ContractName {
  return Object.hasOwn(contracts, name);
}

function chosenName(): ContractName {
  const name = process.env[EDITION_VARIABLE] ?? '';
  if (name === '') return 'current';
  if (isContractName(name)) return name;
  throw new Error(`${EDITION_VARIABLE} is ${name}; use one of ${Object.keys(contracts).join(', ')}`);
}

/** The name of the contract that this process judges by. */
export const editionName: ContractName = chosenName();

/** Where the names of dialects begin among those of contracts. */
export const DIALECT_PREFIX = 'dialects/';

/** The vendors' dialects that there are contracts for. */
export const DIALECTS: readonly string[] = Object.keys(contracts).flatMap((name) =>
  name.startsWith(DIALECT_PREFIX) ? [name.slice(DIALECT_PREFIX.length)] : [],
);

const contract: Contract = await contracts[editionName]();

/** True where this process judges by a vendor's dialect: what is written by hand for OpenAI's contract may not fit it. */
export const isDialect: boolean = editionName.startsWith(DIALECT_PREFIX);

/** The whole contract of this process. */
export const activeContract: Contract = contract;

/** The constraints of its schemas. */
export const { constraints } = contract;
/** Its prose rules by id; those that it lacks are missing. */
export const { rules } = contract;
/** Its component schemas in canonical form. */
export const { schemas } = contract;
/** Values that payloads may draw from. */
export const { pools } = contract;
/**
 * Its validators by component; those of components that it lacks are missing. An edition without conditions on what has
 * to be accepted (x-acceptance-when) asks for every body that its schema allows.
 */
export const validators = {
  AcceptableCreateRequest: contract.validators['CreateFineTuningJobRequest'],
  ...contract.validators,
} as unknown as Validators;
/** Its operations; those that it lacks are missing. */
export const operations = contract.operations as Readonly<Partial<Record<OperationId, Operation>>>;

/** The validator of a component. @throws Error where the contract has none: a fault of ours. */
export function validatorOf(name: string): (value: unknown) => boolean {
  const validator = contract.validators[name];
  if (validator === undefined) throw new Error(`no validator ${name}: run npm run generate`);
  return validator;
}
