// Selects from a larger document the operations that the fine-tuning API consists of, and only the components that
// they need. The official document has 288 operations; ours are 21.
import { CompileError } from './compile-error.ts';
import { isObject, type JsonObject, type JsonValue, resolvePointer, tokensOf } from './json.ts';
import { referencesIn } from './references.ts';
import type { SourceDocument } from './read-document.ts';

const FINE_TUNING_PATH =
  /^(\/v[0-9]+|\/openai(\/v1)?)?\/(fine_tuning\/.*|files|files\/\{[^/]+\}(\/content)?|models|models\/\{[^/]+\})$/;
/** The official document defines the error envelope and lists it for none of our operations: kept all the same. */
const ERRORS = '#/components/schemas/ErrorResponse';

/** The fine-tuning part of a document. */
export function selectFineTuning(source: SourceDocument): SourceDocument {
  const { root } = source;
  const paths = isObject(root['paths']) ? root['paths'] : {};
  const selected = Object.fromEntries(Object.entries(paths).filter(([path]) => FINE_TUNING_PATH.test(path)));
  if (Object.keys(selected).length === 0) {
    throw new CompileError({
      what: 'no path of the fine-tuning API is in the document',
      where: source.locate('#/paths'),
      mend: 'give a document that has /fine_tuning/jobs',
    });
  }
  const errors: JsonValue = resolvePointer(root, ERRORS) === undefined ? {} : { $ref: ERRORS };
  const kept = reachable(root, [selected, errors]);
  const components = isObject(root['components']) ? root['components'] : {};
  const pruned = Object.fromEntries(
    Object.entries(components)
      .map(([group, entries]): [string, JsonValue] => [
        group,
        group === 'securitySchemes' ? entries : keepOnly(entries, kept.get(group)),
      ])
      .filter(([, entries]) => isObject(entries) && Object.keys(entries).length > 0),
  );
  const { webhooks: _webhooks, ...rest } = root;
  return { ...source, root: { ...rest, paths: selected, components: pruned } };
}

function keepOnly(entries: JsonValue, names: ReadonlySet<string> | undefined): JsonValue {
  if (!isObject(entries)) return {};
  return Object.fromEntries(Object.entries(entries).filter(([name]) => names?.has(name)));
}

/** Component names by group that a value refers to, directly or not. */
function reachable(root: JsonObject, start: JsonValue): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const open: JsonValue[] = [start];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    for (const { target } of referencesIn(value)) {
      const [components, group, name] = tokensOf(target);
      if (components !== 'components' || group === undefined || name === undefined) continue;
      const names = found.get(group) ?? new Set<string>();
      if (names.has(name)) continue;
      found.set(group, names.add(name));
      open.push(resolvePointer(root, `#/components/${group}/${name}`) ?? null);
    }
  }
  return found;
}
