// Answers that do not have the form of the contract: for each member of each object that is answered with, the member
// left out, of another JSON type, null, or a word that is not documented; and something else in place of the object.
import { contractSchemas, resolved } from '../../contract/schemas.ts';
import { isList, isObject, type JsonObject, type JsonValue, memberAt, without } from '../../json.ts';
import type { Defect, Hooks } from '../defect.ts';
import { errors, objects } from '../hooks.ts';

/** How the requirements call the objects of answers, and people do. */
export const ANSWER_OBJECTS: readonly (readonly [component: string, name: string, words: string])[] = [
  ['FineTuningJob', 'retrieve.job', 'a job'],
  ['ListPaginatedFineTuningJobsResponse', 'list.page', 'a page of jobs'],
  ['FineTuningJobEvent', 'events.event', 'an event'],
  ['ListFineTuningJobEventsResponse', 'events.page', 'a page of events'],
  ['FineTuningJobCheckpoint', 'checkpoints.checkpoint', 'a checkpoint'],
  ['ListFineTuningJobCheckpointsResponse', 'checkpoints.page', 'a page of checkpoints'],
  ['OpenAIFile', 'files.file', 'a file'],
  ['ListFilesResponse', 'files.page', 'a page of files'],
  ['DeleteFileResponse', 'files.deleted', 'the answer to deleting a file'],
  ['Model', 'models.model', 'a model'],
  ['ListModelsResponse', 'models.page', 'the list of models'],
  ['DeleteModelResponse', 'models.deleted', 'the answer to deleting a model'],
  ['RunGraderResponse', 'graders.run-result', 'the result of a grader'],
  ['ValidateGraderResponse', 'graders.validated', 'the answer to validating a grader'],
  ['FineTuningCheckpointPermission', 'permissions.permission', 'a permission'],
  ['ListFineTuningCheckpointPermissionResponse', 'permissions.page', 'a page of permissions'],
  ['DeleteFineTuningCheckpointPermissionResponse', 'permissions.deleted', 'the answer to withdrawing a permission'],
  ['Error', 'errors.error', 'an error'],
];

/** Where null is a documented deviation that nobody holds against a server (E-S7, E-S13). */
const NULL_TOLERATED = new Set(['events.event.data', 'files.file.expires_at', 'files.file.status_details']);

/** Every defect of this kind. */
export function answerDefects(): readonly Defect[] {
  return ANSWER_OBJECTS.flatMap(([component, name, words]) => {
    const schema = contractSchemas[component];
    const properties = memberAt(schema, 'properties');
    const members = isObject(properties) ? Object.entries(properties) : [];
    const required = memberAt(schema, 'required');
    const needs = (member: string): boolean => isList(required) && required.includes(member);
    return [
      replacedObject(component, name, words),
      ...members.flatMap(([member, own]) =>
        memberDefects({ component, name, words, member, schema: own, needed: needs(member) }),
      ),
    ];
  });
}

interface Member {
  readonly component: string;
  readonly name: string;
  readonly words: string;
  readonly member: string;
  readonly schema: JsonValue;
  readonly needed: boolean;
}

function memberDefects({ component, name, words, member, schema, needed }: Member): readonly Defect[] {
  const row = `${name}.${member}`;
  const types = typesOf(schema);
  const allowed = wordsOf(schema);
  const defect = (kind: string, wrong: string, edit: (object: JsonObject) => JsonObject): Defect => ({
    id: `${kind}:${row}`,
    wrong,
    breaks: row,
    ...inAnswers(component, edit),
  });
  const put = (value: JsonValue): ((object: JsonObject) => JsonObject) => {
    return (object) => ({ ...object, [member]: value });
  };
  const found: Defect[] = [];
  if (needed) found.push(defect('missing', `Leaves ${member} out of ${words}.`, (object) => without(object, member)));
  const wrong = WRONG.find(([type]) => !types.has(type));
  if (wrong !== undefined && types.size > 0) {
    found.push(defect('mistyped', `Gives ${member} of ${words} as ${wrong[1]}.`, put(wrong[2])));
  }
  if (types.size > 0 && !types.has('null') && !NULL_TOLERATED.has(row)) {
    found.push(defect('null', `Gives null for ${member} of ${words}.`, put(null)));
  }
  if (allowed.length > 0) {
    found.push(
      defect('unknown-word', `Gives ${member} of ${words} a word that is not documented.`, put('unspecified')),
    );
  }
  return found;
}

/** Values by JSON type, in the order in which vendors get them wrong. */
const WRONG: readonly (readonly [type: string, words: string, value: JsonValue])[] = [
  ['string', 'text', 'text'],
  ['number', 'a number', 7],
  ['object', 'an object', {}],
];

function replacedObject(component: string, name: string, words: string): Defect {
  return {
    id: `not-an-object:${name}.body`,
    wrong: `Answers with something else where ${words} should stand.`,
    breaks: `${name}.body`,
    ...inAnswers(component, (object) => {
      const data = object['data'];
      // A bare list is what stands in place of a page; of anything else only its id is left.
      return isList(data) ? data : (object['id'] ?? 'ok');
    }),
  };
}

function inAnswers(component: string, edit: (object: JsonObject) => JsonValue): Hooks {
  return component === 'Error' ? errors(edit) : objects(component, edit);
}

/** The JSON types that a schema allows, integers being numbers. */
function typesOf(schema: JsonValue): ReadonlySet<string> {
  const target = resolved(contractSchemas, schema);
  const types = new Set<string>();
  if (memberAt(target, 'nullable') === true) types.add('null');
  const type = memberAt(target, 'type');
  for (const one of isList(type) ? type : [type]) {
    if (typeof one === 'string') types.add(one === 'integer' ? 'number' : one);
  }
  for (const keyword of ['oneOf', 'anyOf']) {
    const branches = memberAt(target, keyword);
    if (isList(branches)) for (const branch of branches) for (const one of typesOf(branch)) types.add(one);
  }
  return types;
}

function wordsOf(schema: JsonValue): readonly JsonValue[] {
  const words = memberAt(resolved(contractSchemas, schema), 'enum');
  return isList(words) ? words : [];
}
