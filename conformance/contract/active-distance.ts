// How far the contract of this process is from OpenAI's current one: nothing for an edition, which is OpenAI's own.
import { contracts } from '#generated/contracts.ts';
import { activeContract, DIALECT_PREFIX, editionName, isDialect } from './active-contract.ts';
import { type ContractDifference, distanceBetween } from './distance.ts';

/** The dialect that this process judges by, undefined for an edition of OpenAI's contract. */
export const dialectName: string | undefined = isDialect ? editionName.slice(DIALECT_PREFIX.length) : undefined;

/** Every difference from OpenAI's current contract. */
export const activeDistance: readonly ContractDifference[] =
  dialectName === undefined ? [] : distanceBetween(await contracts.current(), activeContract);
