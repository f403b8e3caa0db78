// What a handler works with: fixed for the life of a server, but for the moment in time that `world` looks at.
import type { RequestContract } from './contract/request-contract.ts';
import type { Edition } from './editions.ts';
import type { Answer } from './http/answer.ts';
import type { Policy } from './policy.ts';
import type { ApiRequest } from './request.ts';
import type { ContentFolder } from './store/content-folder.ts';
import type { World } from './world.ts';

export interface Context {
  readonly world: World;
  readonly policy: Policy;
  readonly edition: Edition;
  readonly contents: ContentFolder;
  /** The contract that a body is held against; a defect may depend on the body. */
  contractFor(request: ApiRequest): RequestContract;
  readonly unknownMembers: 'refuse' | 'accept';
  readonly organization: Organization;
  /** How long a job lasts. */
  readonly jobSeconds: number;
  /** The most bytes of an uploaded file. */
  readonly uploadLimit: number;
}

export interface Organization {
  readonly id: string;
  /** How it is called in names of models and in headers. */
  readonly name: string;
}

/** Carries out one operation. @throws ApiError where it is refused. */
export type Handler = (context: Context, request: ApiRequest) => Answer | Promise<Answer>;
