// How the bodies and answers of two operations differ: content types, success statuses, schemas, and the errors that are
// documented.
import type { ComparedOperation, Notes } from './compared-operation.ts';
import type { Side } from './difference.ts';
import { isObject, type JsonObject, type JsonValue, member, objectOf } from './json.ts';
import { follow } from './operation-table.ts';
import type { Change } from './schema-bounds.ts';

/** Takes down what differs in the body and the answers of an operation. */
export function compareMessages(ours: ComparedOperation, theirs: ComparedOperation, notes: Notes): void {
  compareBodies(ours, theirs, notes);
  compareAnswers(ours, theirs, notes);
}

function compareBodies(ours: ComparedOperation, theirs: ComparedOperation, notes: Notes): void {
  const [mine, other] = [ours, theirs].map(({ root, operation }) => follow(root, operation['requestBody'])) as [JsonValue, JsonValue]; // prettier-ignore
  const [presence, otherPresence] = [presenceOf(mine), presenceOf(other)];
  if (presence !== otherPresence) {
    const finding = { where: 'body', keyword: 'body', ours: presence, theirs: otherPresence };
    notes.find('request', { ...finding, change: changeOfPresence(presence, otherPresence) });
  }
  if (presence !== 'none' && otherPresence !== 'none') compareContents('request', [mine, ours], [other, theirs], notes);
}

type Presence = 'none' | 'optional' | 'required';

function changeOfPresence(ours: Presence, theirs: Presence): Change {
  if (theirs === 'none') return 'both';
  if (theirs === 'required') return 'narrower';
  return ours === 'none' ? 'extra' : 'wider';
}

function presenceOf(body: JsonValue): Presence {
  if (!isObject(body)) return 'none';
  return body['required'] === true ? 'required' : 'optional';
}

type Message = readonly [message: JsonValue, from: ComparedOperation];

/** Content types, and the schemas of those that both have. */
function compareContents(side: Side, [mine, ours]: Message, [other, theirs]: Message, notes: Notes): void {
  const [own, foreign] = [contentsOf(mine), contentsOf(other)];
  const where = side === 'request' ? 'body' : 'answer';
  const lacking = [...own.keys()].filter((type) => !accepts(foreign, type));
  const more = [...foreign.keys()].filter((type) => !accepts(own, type));
  if (lacking.length > 0 || more.length > 0) {
    const change: Change = lacking.length > 0 && more.length > 0 ? 'both' : more.length > 0 ? 'wider' : 'narrower';
    notes.find(side, { where, keyword: 'content type', ours: [...own.keys()].join(', '), theirs: [...foreign.keys()].join(', '), change }); // prettier-ignore
  }
  for (const [type, media] of own) {
    const otherMedia = foreign.get(type) ?? foreign.get('*/*');
    const [schema, otherSchema] = [objectOf(media)['schema'], objectOf(otherMedia)['schema']];
    if (schema === undefined || otherSchema === undefined) continue;
    notes.compare(side, ours.reader.canonical(schema), theirs.reader.canonical(otherSchema), where);
  }
}

/** Content types without their parameters. */
function contentsOf(message: JsonValue): Map<string, JsonValue> {
  const contents = Object.entries(objectOf(member(message, 'content')));
  return new Map(contents.map(([type, media]) => [(type.split(';')[0] ?? '').trim().toLowerCase(), media]));
}

function accepts(contents: ReadonlyMap<string, JsonValue>, type: string): boolean {
  return contents.has(type) || contents.has('*/*') || contents.has(`${type.split('/')[0] ?? ''}/*`);
}

function compareAnswers(ours: ComparedOperation, theirs: ComparedOperation, notes: Notes): void {
  const [own, foreign] = [answersOf(ours), answersOf(theirs)];
  const isSuccess = (status: string): boolean => status.startsWith('2');
  const [success, otherSuccess] = [own, foreign].map((all) => [...all.keys()].filter(isSuccess)) as [
    string[],
    string[],
  ];
  const lacking = success.filter((status) => !foreign.has(status));
  const more = otherSuccess.filter((status) => !own.has(status));
  if (lacking.length > 0 || more.length > 0) {
    const change = more.length === 0 ? 'narrower' : lacking.length === 0 ? 'wider' : 'both';
    notes.find('answer', { where: 'answer', keyword: 'status', ours: success.join(', '), theirs: otherSuccess.join(', '), change }); // prettier-ignore
  }
  const [first] = success;
  for (const status of otherSuccess) {
    const mine = own.get(status) ?? own.get(first ?? '');
    if (mine !== undefined) compareContents('answer', [mine, ours], [foreign.get(status) ?? null, theirs], notes);
  }
  compareErrors(ours, theirs, notes);
}

/** Errors may be answered whether they are documented or not: only what they hold is judged. */
function compareErrors(ours: ComparedOperation, theirs: ComparedOperation, notes: Notes): void {
  const [own, foreign] = [answersOf(ours), answersOf(theirs)];
  const isError = (status: string): boolean => /^[45]/.test(status);
  const [errors, otherErrors] = [own, foreign].map((all) => [...all.keys()].filter(isError)) as [string[], string[]];
  if (!foreign.has('default') && errors.join() !== otherErrors.join()) {
    notes.find('answer', { where: 'errors', keyword: 'statuses', ours: errors.map(Number), theirs: otherErrors.length > 0 ? otherErrors.map(Number) : undefined, change: 'same' }); // prettier-ignore
  }
  for (const status of errors) {
    const other = foreign.get(status) ?? foreign.get(`${status.slice(0, 1)}xx`) ?? foreign.get('default');
    if (other !== undefined) compareContents('answer', [own.get(status) ?? null, ours], [other, theirs], notes);
  }
}

/** Answers by status; where no success is documented, `default` is one. */
function answersOf({ root, operation }: ComparedOperation): ReadonlyMap<string, JsonValue> {
  const responses: JsonObject = objectOf(operation['responses']);
  const all = new Map(Object.entries(responses).map(([status, one]) => [status.toLowerCase(), follow(root, one)]));
  const range = all.get('2xx');
  const hasSuccess = [...all.keys()].some((status) => status.startsWith('2'));
  if (range !== undefined) return new Map([['200', range], ...all].filter(([status]) => status !== '2xx') as [string, JsonValue][]); // prettier-ignore
  const fallback = all.get('default');
  return hasSuccess || fallback === undefined ? all : new Map([['200', fallback], ...all]);
}
