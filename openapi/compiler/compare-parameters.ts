// How the parameters of two operations differ. Path parameters are matched by position, others by where they stand and
// what they are called; one that differs in the same way in several operations is told once.
import { parameterNames } from './api-path.ts';
import type { ComparedOperation, Notes } from './compared-operation.ts';
import { type JsonObject, type JsonValue, objectOf, textOf } from './json.ts';
import { mainContent, parametersOf } from './operation-table.ts';

/** Takes down what differs in the parameters of an operation. */
export function compareParameters(ours: ComparedOperation, theirs: ComparedOperation, notes: Notes): void {
  const [own, foreign] = [keyed(ours), keyed(theirs)];
  for (const [key, parameter] of own) {
    const other = foreign.get(key);
    if (other) compareParameter(key, ours, theirs, [parameter, other], notes);
    else notes.find('request', { where: key, keyword: 'parameter', ours: presence(parameter), theirs: undefined, change: 'both' }); // prettier-ignore
  }
  for (const [key, parameter] of foreign) {
    if (own.has(key)) continue;
    const change = parameter['required'] === true ? 'narrower' : 'extra';
    notes.find('request', { where: key, keyword: 'parameter', ours: undefined, theirs: presence(parameter), change });
  }
}

/** `query limit` to the parameter. */
function keyed({ root, path, item, operation }: ComparedOperation): Map<string, JsonObject> {
  const order = parameterNames(path);
  return new Map(
    parametersOf(root, item, operation).map((parameter) => {
      const [place, name] = [textOf(parameter['in']), textOf(parameter['name'])];
      const called =
        place === 'path' ? String(order.indexOf(name) + 1) : place === 'header' ? name.toLowerCase() : name;
      return [`${place} ${called}`, parameter] as const;
    }),
  );
}

function compareParameter(
  where: string,
  ours: ComparedOperation,
  theirs: ComparedOperation,
  [mine, other]: readonly [JsonObject, JsonObject],
  notes: Notes,
): void {
  if (presence(mine) !== presence(other)) {
    const change = other['required'] === true ? 'narrower' : 'wider';
    notes.find('request', { where, keyword: 'parameter', ours: presence(mine), theirs: presence(other), change });
  }
  const [style, otherStyle] = [styleOf(mine), styleOf(other)];
  if (style !== otherStyle) {
    notes.find('request', { where, keyword: 'style', ours: style, theirs: otherStyle, change: 'both' });
  }
  notes.compare('request', schemaOf(mine, ours), schemaOf(other, theirs), where);
}

function presence(parameter: JsonObject): string {
  return parameter['required'] === true ? 'required' : 'optional';
}

/** How lists and objects are written, which is of no account for anything else. */
function styleOf(parameter: JsonObject): string {
  const place = textOf(parameter['in']);
  const style = parameter['style'] ?? (place === 'query' || place === 'cookie' ? 'form' : 'simple');
  const explode = parameter['explode'] ?? style === 'form';
  return `${textOf(style)}${explode === true ? ', exploded' : ''}`;
}

function schemaOf(parameter: JsonObject, { reader }: ComparedOperation): JsonValue {
  const [, media] = mainContent(parameter);
  const schema = parameter['schema'] ?? objectOf(media)['schema'];
  return reader.canonical(schema ?? true);
}
