// A call as the handlers see it: already routed, authorised and parsed. Defects may rewrite it in this form.
import type { IncomingMessage } from 'node:http';
import type { OperationId } from '#generated/current/operations.ts';
import type { Query } from './http/query.ts';
import type { JsonValue } from './json.ts';

export interface ApiRequest {
  readonly operationId: OperationId;
  /** Path parameters by name, percent-decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: Query;
  /** The parsed JSON body; undefined where the operation has none. */
  readonly body: JsonValue | undefined;
  /** The raw request, for uploads. */
  readonly incoming: IncomingMessage;
}
