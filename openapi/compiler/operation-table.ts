// The operation table: what can be called, with which parameters and bodies, and which schema answers.
import { canonicalSchema } from './canonical-schema.ts';
import {
  isObject,
  type JsonObject,
  type JsonValue,
  listOf,
  member,
  objectOf,
  resolvePointer,
  textOf,
  tokensOf,
} from './json.ts';
import { METHODS } from './openapi-structure.ts';

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
  return operationsIn(root).map(({ path, method, item, operation }) => {
    const parameters = parametersOf(root, item, operation);
    const responses = Object.entries(objectOf(operation['responses']));
    return {
      id: operationId(method, path, operation),
      method: method.toUpperCase(),
      path,
      tag: textOf(listOf(operation['tags'])[0] ?? ''),
      security: listOf(operation['security'] ?? root['security']).flatMap((one) => Object.keys(objectOf(one))),
      pathParameters: parameters.filter((one) => one['in'] === 'path').map((one) => textOf(one['name'])),
      queryParameters: parameters
        .filter((one) => one['in'] === 'query')
        .map((one) => ({
          name: textOf(one['name']),
          required: one['required'] === true,
          schema: canonicalSchema(one['schema'] ?? {}),
        })),
      body: bodyOf(follow(root, operation['requestBody'])),
      answers: responses.flatMap(([status, response]) =>
        /^2\d\d$/.test(status) ? [{ status: Number(status), ...contentOf(follow(root, response)) }] : [],
      ),
      errors: responses.flatMap(([status]) => (/^[45]\d\d$/.test(status) ? [Number(status)] : [])),
    };
  });
}

/** One operation with where it stands. */
export interface LocatedOperation {
  readonly path: string;
  readonly method: string;
  readonly item: JsonValue;
  readonly operation: JsonObject;
}

/** The operations below `paths`, in document order. */
export function operationsIn(root: JsonObject): LocatedOperation[] {
  return Object.entries(objectOf(root['paths'])).flatMap(([path, item]) =>
    METHODS.flatMap((method): LocatedOperation[] => {
      const operation = member(item, method);
      return isObject(operation) ? [{ path, method, item, operation }] : [];
    }),
  );
}

/** What an operation is called; by method and path where the document does not say. */
export function operationId(method: string, path: string, operation: JsonObject): string {
  return typeof operation['operationId'] === 'string' ? operation['operationId'] : `${method} ${path}`;
}

/** The parameters of an operation; those of its own replace those of the path that have the same name and place. */
export function parametersOf(root: JsonObject, item: JsonValue, operation: JsonObject): JsonObject[] {
  const all = [...listOf(member(item, 'parameters')), ...listOf(operation['parameters'])].map((one) =>
    objectOf(follow(root, one)),
  );
  return [...new Map(all.map((one) => [JSON.stringify([one['in'], one['name']]), one])).values()];
}

/** What a local reference names, or the value itself. */
export function follow(root: JsonObject, value: JsonValue | undefined): JsonValue {
  const target = member(value, '$ref');
  return typeof target === 'string' ? (resolvePointer(root, target) ?? null) : (value ?? null);
}

/** The content that the table tells of: JSON where a message has several kinds. */
export function mainContent(message: JsonValue): readonly [contentType: string, media: JsonValue] {
  const contents = Object.entries(objectOf(member(message, 'content')));
  return contents.find(([type]) => /^application\/json\b/i.test(type)) ?? contents[0] ?? ['', null];
}

function contentOf(response: JsonValue): { contentType: string; component: string | null } {
  const [contentType, media] = mainContent(response);
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
