// A defect: a named bug of a vendor that the emulator can be started with. It hooks in at up to four places; what it
// does not hook stays as documented.
//
//   contract  edits the schemas that request bodies are held against, always or for some bodies
//   request   rewrites a call before it is handled
//   answer    rewrites what goes out, refusals included
//   policy    turns switches that lifecycle, lists, files and checks read
import type { OperationId } from '#generated/current/operations.ts';
import type { ContractEdit } from '../contract/schemas.ts';
import type { Answer } from '../http/answer.ts';
import type { JsonValue } from '../json.ts';
import type { Policy } from '../policy.ts';
import type { ApiRequest } from '../request.ts';
import type { World } from '../world.ts';

/** What a defect may remember as long as its server runs. */
export type Memory = Map<string, unknown>;

/** What an answer hook may look at. */
export interface Exchange {
  /** null where no operation was found for the call. */
  readonly operationId: OperationId | null;
  /** Path parameters by name; empty where no operation was found. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [name: string, value: string])[];
  /** The JSON body as it was sent; undefined without one or where it could not be read. */
  readonly sent: JsonValue | undefined;
  /** The objects as they are after the call. */
  readonly world: World;
  /** How often this operation was called on this server, this call included. */
  readonly calls: number;
  readonly memory: Memory;
}

export interface Hooks {
  readonly contract?: {
    readonly edit: ContractEdit;
    /** For which bodies; for all of them if absent. */
    readonly when?: (body: JsonValue) => boolean;
  };
  readonly request?: (request: ApiRequest, memory: Memory) => ApiRequest;
  readonly answer?: (answer: Answer, exchange: Exchange) => Answer;
  readonly policy?: (policy: Policy) => Policy;
}

export interface Defect extends Hooks {
  /** Stable for ever; lower case words with dashes, behind a colon the requirement it is derived from. */
  readonly id: string;
  /** What the vendor did wrong. */
  readonly wrong: string;
  /** The requirement that it breaks. */
  readonly breaks: string;
}
