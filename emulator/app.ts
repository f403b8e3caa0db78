// The HTTP face: routes made of the operation table, and for each call the way from bytes to bytes. Every refusal,
// whatever raises it, leaves in the same envelope, and every answer passes the defects.
import { type Context as HonoContext, Hono } from 'hono';
import type { HttpBindings } from '@hono/node-server';
import { type Operation, type OperationId, operations } from '#generated/current/operations.ts';
import type { Context } from './context.ts';
import type { ActiveDefects } from './defects/active-defects.ts';
import { ApiError, methodNotAllowed, serverFault, unknownPath } from './http/api-error.ts';
import { type Answer, refusal } from './http/answer.ts';
import { authorise, type Keys } from './http/auth.ts';
import { readQuery } from './http/query.ts';
import { readBody } from './http/read-body.ts';
import { checkContentType, parseJson } from './http/read-json.ts';
import { render } from './http/render.ts';
import { asOfEdition } from './operations/as-of-edition.ts';
import { handlers } from './operations/handlers.ts';
import type { ApiRequest } from './request.ts';

interface Bindings {
  readonly Bindings: HttpBindings;
}
type Call = HonoContext<Bindings>;

export interface AppOptions {
  /** The context of a call that begins now. */
  readonly contextNow: () => Context;
  readonly defects: ActiveDefects;
  readonly keys: Keys;
  /** Where the operations are served; '' for the root. */
  readonly prefixes: readonly string[];
  readonly onFault: (error: unknown) => void;
}

/** The application that serves the operations of the edition. */
export function createApp(options: AppOptions): Hono<Bindings> {
  // The raw path: a percent-encoded slash in an id must not become a separator.
  const app = new Hono<Bindings>({ getPath: (request) => pathOf(request.url) });
  const calls = new Map<OperationId, number>();
  for (const [path, declared] of operationsByPath(options)) {
    for (const prefix of options.prefixes) {
      const route = prefix + path.replace(/\{(\w+)\}/g, ':$1');
      for (const operation of declared) {
        app.on(operation.method, route, (call) => {
          calls.set(operation.id, (calls.get(operation.id) ?? 0) + 1);
          return serve(call, operation, calls.get(operation.id) ?? 1, options);
        });
      }
      const allowed = declared.map(({ method }) => method);
      app.all(route, (call) => refuse(call, methodNotAllowed(call.req.method, pathOf(call.req.url), allowed), options));
    }
  }
  app.notFound((call) => refuse(call, unknownPath(call.req.method, pathOf(call.req.url)), options));
  app.onError((error, call) => {
    options.onFault(error);
    return refuse(call, serverFault(), options);
  });
  return app;
}

function operationsByPath({ contextNow }: AppOptions): ReadonlyMap<string, readonly Operation[]> {
  const { withoutOperations } = contextNow().edition;
  const byPath = new Map<string, Operation[]>();
  for (const operation of Object.values(operations)) {
    if (withoutOperations.includes(operation.id)) continue;
    byPath.set(operation.path, [...(byPath.get(operation.path) ?? []), operation]);
  }
  return byPath;
}

async function serve(call: Call, operation: Operation, count: number, options: AppOptions): Promise<Response> {
  const startedMs = performance.now();
  const context = options.contextNow();
  const path = call.req.param() as Readonly<Record<string, string>>;
  const query = readQuery(call.req.url, context.policy);
  let sent: ApiRequest['body'];
  let answer: Answer;
  try {
    authoriseCall(call, operation, options, context);
    sent = await bodyOf(call, operation, context);
    const { incoming } = call.env;
    const request = { operationId: operation.id, path, query, body: sent, incoming };
    const given = await handlers[operation.id](context, options.defects.rewriteRequest(request));
    answer = asOfEdition(given, operation.id, context.edition);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    answer = refusal(error);
  }
  const exchange = { operationId: operation.id, path, query, sent, world: context.world, calls: count };
  return render(options.defects.rewriteAnswer(answer, exchange), context.organization.name, startedMs);
}

function authoriseCall(call: Call, operation: Operation, options: AppOptions, { policy }: Context): void {
  const request = {
    authorization: call.req.header('authorization'),
    needsAdmin: operation.security.includes('AdminApiKeyAuth'),
    writes: operation.method !== 'GET',
    lists: operation.id.startsWith('list'),
    below: operation.path.includes('}/'),
    uploads: operation.id === 'createFile',
    deletes: operation.method === 'DELETE',
    pauses: operation.id === 'pauseFineTuningJob' || operation.id === 'resumeFineTuningJob',
  };
  authorise(request, options.keys, policy);
}

async function bodyOf(call: Call, operation: Operation, { policy }: Context): Promise<ApiRequest['body']> {
  if (operation.body?.contentType !== 'application/json') return undefined;
  const { incoming } = call.env;
  const encoding = incoming.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity' && policy.contentEncoding === 'checked') {
    throw new ApiError({ status: 415, message: `Content-Encoding '${encoding.slice(0, 40)}' is not supported` });
  }
  checkContentType(incoming.headers['content-type'], policy);
  return parseJson(await readBody(incoming), policy);
}

function refuse(call: Call, error: ApiError, options: AppOptions): Response {
  const startedMs = performance.now();
  const context = options.contextNow();
  const exchange = { operationId: null, path: {}, query: [], sent: undefined, world: context.world, calls: 0 };
  const answer = options.defects.rewriteAnswer(refusal(error), exchange);
  return render(answer, context.organization.name, startedMs);
}

/** The path of a URL as it was sent, without its query. */
function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2);
  return start === -1 ? '/' : url.slice(start).replace(/[?#].*$/s, '');
}
