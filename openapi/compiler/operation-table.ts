// The operation table: what can be called, with which parameters and bodies, and which schema answers.
import { isObject, type JsonObject, type JsonValue, member, resolvePointer, textOf, tokensOf } from './json.ts';
import { canonicalSchema } from './canonical-schema.ts';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

export interface OperationEntry {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly tag: string;
  readonly security: readonly string[];
  readonly pathParameters: readonly string[];
  readonly queryParameters: readonly {
    readonly name: string;
    readonly required: boolean;
    readonly schema: JsonValue;
  }[];
  readonly body: { readonly contentType: string; readonly component: string; readonly required: boolean } | null;
  /** 2xx answers: status, content type and component, null for content that is no JSON. */
  readonly answers: readonly {
    readonly status: number;
    readonly contentType: string;
    readonly component: string | null;
  }[];
  readonly errors: readonly number[];
}

/** All operations of a document, in document order. */
export function operationTable(root: JsonObject): OperationEntry[] {
  const paths = isObject(root['paths']) ? root['paths'] : {};
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = member(item, method);
      return isObject(operation) ? [entryOf(root, path, item, method, operation)] : [];
    }),
  );
}

function entryOf(
  root: JsonObject,
  path: string,
  item: JsonValue,
  method: string,
  operation: JsonObject,
): OperationEntry {
  const parameters = [...listOf(member(item, 'parameters')), ...listOf(operation['parameters'])].map((one) =>
    follow(root, one),
  );
  const responses = Object.entries(isObject(operation['responses']) ? operation['responses'] : {});
  return {
    id: typeof operation['operationId'] === 'string' ? operation['operationId'] : `${method} ${path}`,
    method: method.toUpperCase(),
    path,
    tag: textOf(listOf(operation['tags'])[0] ?? ''),
    security: listOf(operation['security'] ?? root['security']).flatMap((one) =>
      isObject(one) ? Object.keys(one) : [],
    ),
    pathParameters: parameters.filter((one) => member(one, 'in') === 'path').map((one) => textOf(member(one, 'name'))),
    queryParameters: parameters
      .filter((one) => member(one, 'in') === 'query')
      .map((one) => ({
        name: textOf(member(one, 'name')),
        required: member(one, 'required') === true,
        schema: canonicalSchema(member(one, 'schema') ?? {}),
      })),
    body: bodyOf(follow(root, operation['requestBody'])),
    answers: responses.flatMap(([status, response]) =>
      /^2\d\d$/.test(status) ? [{ status: Number(status), ...contentOf(follow(root, response)) }] : [],
    ),
    errors: responses.flatMap(([status]) => (/^[45]\d\d$/.test(status) ? [Number(status)] : [])),
  };
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

function follow(root: JsonObject, value: JsonValue | undefined): JsonValue {
  const target = member(value, '$ref');
  return typeof target === 'string' ? (resolvePointer(root, target) ?? null) : (value ?? null);
}

function contentOf(response: JsonValue): { contentType: string; component: string | null } {
  const content = member(response, 'content');
  const [contentType, media] = Object.entries(isObject(content) ? content : {})[0] ?? ['', null];
  return { contentType, component: componentOf(member(media, 'schema')) };
}

function bodyOf(body: JsonValue): OperationEntry['body'] {
  const { contentType, component } = contentOf(body);
  return component === null ? null : { contentType, component, required: member(body, 'required') === true };
}

function componentOf(schema: JsonValue | undefined): string | null {
  const target = member(schema, '$ref');
  return typeof target === 'string' ? (tokensOf(target)[2] ?? null) : null;
}
