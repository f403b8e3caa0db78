// A request before it leaves: what is asked, in which manner every request of a target is made, and how both together are
// recorded. What is recorded holds placeholders where keys go.
import type { OperationId } from '#generated/current/operations.ts';
import type { JsonValue } from '../contract/json.ts';
import type { Headers, SentRequest } from '../requirements/exchange.ts';
import { ADMIN_KEY_PLACEHOLDER, KEY_PLACEHOLDER, RECASED_KEY_PLACEHOLDER } from './secrets.ts';

/** How a target wants to be shown the key: in a header, or as a parameter of the query. */
export type KeyPlace =
  | {
      /** Header name, such as authorization or api-key. */
      readonly header: string;
      /** What stands before the key: "Bearer ", or nothing. */
      readonly prefix: string;
    }
  | { readonly parameter: string };

/** What every request to a target has in common. */
export interface Manner {
  /** Query that every request carries, such as api-version. */
  readonly query: string;
  readonly auth: KeyPlace;
}

/** Which key a request carries: the run's, the admin's, none, or one that was never issued. */
export type Credentials = 'key' | 'admin-key' | 'none' | 'wrong-key' | 'longer-key' | 'recased-key';

/** A request as it goes on the wire, without its key. */
export interface WireRequest {
  readonly operation: OperationId | 'undeclared';
  readonly method: string;
  /** Path below the base URL with query; sent exactly as given. */
  readonly path: string;
  readonly headers?: Headers;
  readonly body?: string | Buffer;
  /** The JSON value of the body, where it is JSON. */
  readonly json?: JsonValue;
  /** The fields of a body that is a form. */
  readonly form?: Readonly<Record<string, string>>;
  /** What a body that is no text is recorded as. */
  readonly bodyNote?: string;
  readonly credentials?: Credentials;
}

/** A key that nobody issued; long enough to look like one. */
const WRONG_KEY = 'sk-conformance-0000000000000000-never-issued';

/** The request as it is shown: with placeholders, and with the path that goes on the wire. */
export function recordedRequest({ auth, query }: Manner, request: WireRequest): SentRequest {
  const body = typeof request.body === 'string' ? request.body : request.bodyNote;
  const shown = shownKey(request.credentials ?? 'key');
  const inQuery = 'parameter' in auth && shown !== undefined ? `${encodeURIComponent(auth.parameter)}=${shown}` : '';
  const queries = [query, inQuery].filter((part) => part !== '').join('&');
  const path = queries === '' ? request.path : `${request.path}${request.path.includes('?') ? '&' : '?'}${queries}`;
  const inHeader = 'header' in auth && shown !== undefined ? { [auth.header]: `${auth.prefix}${shown}` } : {};
  return {
    method: request.method,
    path,
    headers: { ...request.headers, ...inHeader },
    ...(body === undefined ? {} : { body }),
    ...(request.json === undefined ? {} : { json: request.json }),
  };
}

/**
 * What was asked, when a request is to be sent once more with the run's key: its path and headers without what every
 * request of the target carries. Undefined where it was sent with another key or with none.
 */
export function askedAgain(
  manner: Manner,
  sent: SentRequest,
): { readonly path: string; readonly headers: Headers } | undefined {
  const bare = recordedRequest(manner, { operation: 'undeclared', method: sent.method, path: '' });
  const common = bare.path.slice(1);
  const hasAll = Object.entries(bare.headers).every(([name, value]) => sent.headers[name] === value);
  if (!hasAll || !sent.path.endsWith(common)) return undefined;
  return {
    path: common === '' ? sent.path : sent.path.slice(0, -common.length - 1),
    headers: Object.fromEntries(Object.entries(sent.headers).filter(([name]) => !Object.hasOwn(bare.headers, name))),
  };
}

/** What stands where the key goes; undefined for none. */
function shownKey(credentials: Credentials): string | undefined {
  switch (credentials) {
    case 'none':
      return undefined;
    // Almost the right one: a server that looks at the first characters only lets it in.
    case 'longer-key':
      return `${KEY_PLACEHOLDER}-not`;
    case 'recased-key':
      return RECASED_KEY_PLACEHOLDER;
    case 'wrong-key':
      return WRONG_KEY;
    case 'admin-key':
      return ADMIN_KEY_PLACEHOLDER;
    case 'key':
      return KEY_PLACEHOLDER;
  }
}
