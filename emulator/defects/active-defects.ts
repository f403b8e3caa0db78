// The defects that a server was started with, as one: their switches turned, their edits made, their hooks in a row.
import { type ContractMaker, contractMaker, type RequestContract } from '../contract/request-contract.ts';
import type { Edition } from '../editions.ts';
import type { Answer } from '../http/answer.ts';
import type { Policy } from '../policy.ts';
import type { ApiRequest } from '../request.ts';
import type { Defect, Exchange, Memory } from './defect.ts';

export interface ActiveDefects {
  readonly policy: Policy;
  /** The contract for a request: which edits count may depend on its body. */
  readonly contractFor: (request: ApiRequest) => RequestContract;
  rewriteRequest(request: ApiRequest): ApiRequest;
  rewriteAnswer(answer: Answer, exchange: Omit<Exchange, 'memory'>): Answer;
}

/** Makes some defects effective, first to last, upon a policy and an edition. */
export async function activate(defects: readonly Defect[], policy: Policy, edition: Edition): Promise<ActiveDefects> {
  const memories = new Map<Defect, Memory>(defects.map((defect) => [defect, new Map<string, unknown>()]));
  const memoryOf = (defect: Defect): Memory => memories.get(defect) ?? new Map<string, unknown>();
  const maker = await contractMaker(edition.edits.length > 0 || defects.some(({ contract }) => contract !== undefined));
  return {
    policy: defects.reduce((current, defect) => defect.policy?.(current) ?? current, policy),
    contractFor: contractChoice(defects, edition, maker),
    rewriteRequest: (request) =>
      defects.reduce((current, defect) => defect.request?.(current, memoryOf(defect)) ?? current, request),
    rewriteAnswer: (answer, exchange) =>
      defects.reduce(
        (current, defect) => defect.answer?.(current, { ...exchange, memory: memoryOf(defect) }) ?? current,
        answer,
      ),
  };
}

/** Contracts are compiled once for each set of edits that bodies call for. */
function contractChoice(
  defects: readonly Defect[],
  edition: Edition,
  maker: ContractMaker,
): (request: ApiRequest) => RequestContract {
  const hooks = defects.flatMap(({ contract }) => (contract === undefined ? [] : [contract]));
  const known = new Map<string, RequestContract>();
  return ({ body }) => {
    const effective = hooks.filter(({ when }) => when?.(body ?? null) ?? true);
    const key = effective.map((hook) => hooks.indexOf(hook)).join();
    const contract = known.get(key) ?? maker([...edition.edits, ...effective.map(({ edit }) => edit)]);
    known.set(key, contract);
    return contract;
  };
}
