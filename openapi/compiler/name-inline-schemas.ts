// Names the schemas that a foreign document writes straight into bodies and answers: validators and the operation table
// know schemas by the component that they are.
import { isObject, type JsonObject, type JsonValue, objectOf, pointerTo, tokensOf } from './json.ts';
import type { DialectEdit } from './normalise-dialect.ts';
import { mapParts, type Place } from './openapi-structure.ts';
import { mainContent, operationId } from './operation-table.ts';
import { NameRegister } from './safe-names.ts';

/** Contents that are objects with members; everything else is bytes. */
const STRUCTURED = /^(application\/([\w.-]+\+)?json|multipart\/form-data|application\/x-www-form-urlencoded)\b/i;

/** The document with each such schema as a component, and the log of it. */
export function nameInlineSchemas(root: JsonObject): { root: JsonObject; edits: readonly DialectEdit[] } {
  const components = objectOf(root['components']);
  const schemas = objectOf(components['schemas']);
  const names = new NameRegister(Object.keys(schemas));
  const added: [string, JsonValue][] = [];
  const edits: DialectEdit[] = [];

  const visit = (place: Place, name: string): JsonValue =>
    mapParts(place, (part) => {
      if (part.kind === 'requestBody' || part.kind === 'response') return message(part, name);
      return visit(part, part.kind === 'operation' ? nameOf(part) : name);
    });
  const message = (place: Place, name: string): JsonValue => {
    const [type, media] = mainContent(place.value);
    const schema = objectOf(media)['schema'];
    if (!STRUCTURED.test(type) || !isObject(schema) || Object.hasOwn(schema, '$ref')) return place.value;
    if (place.kind === 'response' && !/^2\d\d$/.test(tokensOf(place.pointer).at(-1) ?? '')) return place.value;
    const component = names.claim(`${name}_${place.kind === 'response' ? 'answer' : 'body'}`);
    added.push([component, schema]);
    const pointer = pointerTo(place.pointer, 'content', type, 'schema');
    edits.push({ pointer, keyword: '$ref', edit: `became the component ${component}` });
    const named = { ...objectOf(media), schema: { $ref: `#/components/schemas/${component}` } };
    const message = objectOf(place.value);
    return { ...message, content: { ...objectOf(message['content']), [type]: named } };
  };

  const named = objectOf(visit({ kind: 'document', value: root, pointer: '#' }, ''));
  if (added.length === 0) return { root, edits };
  const all = { ...objectOf(named['components']), schemas: { ...schemas, ...Object.fromEntries(added) } };
  return { root: { ...named, components: all }, edits };
}

function nameOf({ pointer, value }: Place): string {
  const [, path = '', method = ''] = tokensOf(pointer);
  return operationId(method, path, objectOf(value));
}
