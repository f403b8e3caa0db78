// How a foreign document differs from our contract. Operations are matched by method and plain path, schemas by how they
// are used; component names are nobody's business, so documents that name them otherwise, or not at all, compare alike.
import { plainPath } from './api-path.ts';
import type { ComparedOperation, Notes } from './compared-operation.ts';
import { compareMessages } from './compare-messages.ts';
import { compareParameters } from './compare-parameters.ts';
import { type Pair, SchemaComparison } from './compare-schemas.ts';
import { type Difference, differencesOf, type Finding, type Occurrence, type Side } from './difference.ts';
import { isObject, type JsonObject, type JsonValue, listOf, member, objectOf } from './json.ts';
import { operationId, operationsIn } from './operation-table.ts';
import { SchemaReader } from './schema-view.ts';

/** Every difference between two prepared documents, once each, worst first. */
export function compareDocuments(ours: JsonObject, theirs: JsonObject): Difference[] {
  const [reader, otherReader] = [new SchemaReader(ours), new SchemaReader(theirs)];
  const [own, foreign] = [keyedOperations(ours, reader), keyedOperations(theirs, otherReader)];
  const schemas = new SchemaComparison(reader, otherReader);
  const occurrences: Occurrence[] = [];
  for (const [key, operation] of own) {
    const id = operationId(operation.method, operation.path, operation.operation);
    const notes = notesOf(id, schemas, occurrences);
    const other = foreign.get(key);
    if (other) compareOperations(operation, other, notes);
    else notes.find('request', { where: key, keyword: 'operation', ours: id, theirs: undefined, change: 'both' });
  }
  for (const [key, operation] of foreign) {
    if (own.has(key)) continue;
    const id = operationId(operation.method, operation.path, operation.operation);
    const finding: Finding = { where: key, keyword: 'operation', ours: undefined, theirs: id, change: 'extra' };
    occurrences.push({ finding, side: 'request', operation: id });
  }
  return differencesOf(occurrences);
}

/** Operations by method and path, without version prefix and parameter names. */
function keyedOperations(root: JsonObject, reader: SchemaReader): Map<string, ComparedOperation> {
  const operations = new Map<string, ComparedOperation>();
  for (const one of operationsIn(root)) {
    const key = `${one.method.toUpperCase()} ${plainPath(one.path)}`;
    if (!operations.has(key)) operations.set(key, { ...one, root, reader });
  }
  return operations;
}

function notesOf(operation: string, schemas: SchemaComparison, occurrences: Occurrence[]): Notes {
  const find = (side: Side, finding: Finding): void => void occurrences.push({ finding, side, operation });
  return {
    find,
    compare: (side, ours, theirs, at) => {
      for (const finding of findingsBelow(schemas.compare(ours, theirs, at))) find(side, finding);
    },
  };
}

/** The findings of a pair and of all pairs below it. */
function findingsBelow(pair: Pair): Finding[] {
  const seen = new Set([pair]);
  for (const { below } of seen) for (const one of below) seen.add(one);
  return [...seen].flatMap(({ findings }) => findings);
}

function compareOperations(ours: ComparedOperation, theirs: ComparedOperation, notes: Notes): void {
  const [security, otherSecurity] = [securityKinds(ours), securityKinds(theirs)];
  if (!security.some((kind) => otherSecurity.includes(kind))) {
    notes.find('request', { where: 'security', keyword: 'scheme', ours: security.join(' or '), theirs: otherSecurity.join(' or '), change: otherSecurity.includes('none') ? 'wider' : 'both' }); // prettier-ignore
  }
  compareParameters(ours, theirs, notes);
  compareMessages(ours, theirs, notes);
}

/** The ways in which an operation lets callers prove who they are. */
function securityKinds({ root, operation }: ComparedOperation): string[] {
  const alternatives = listOf(operation['security'] ?? root['security']);
  const schemes = objectOf(member(root['components'], 'securitySchemes'));
  const kinds = alternatives.map((alternative) => {
    const names = Object.keys(objectOf(alternative));
    return names.map((name) => kindOfScheme(member(schemes, name))).join(' and ') || 'none';
  });
  return kinds.length === 0 ? ['none'] : [...new Set(kinds)];
}

function kindOfScheme(scheme: JsonValue | undefined): string {
  if (!isObject(scheme)) return 'unknown';
  const details = scheme['type'] === 'apiKey' ? [scheme['in'], scheme['name']] : [scheme['scheme']];
  return [scheme['type'], ...details].filter((word) => typeof word === 'string').join(' ');
}
