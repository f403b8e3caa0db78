// Rows for the schema of answers: one for each member of each object that an answer may hold. ajv decides whether an
// object is valid; our own evaluator names what is not.
import type { Edition } from '#generated/current/rules.ts';
import { constraints, schemas, validatorOf } from '../contract/active-contract.ts';
import { at, isObject, type JsonValue, member, pointerOf, show, tokensOf } from '../contract/json.ts';
import { component, describeSchema, locate, resolve } from '../contract/schema.ts';
import { type Violation, violations } from '../contract/violations.ts';
import type { ObjectObserved } from './observation.ts';
import {
  type Capability,
  capabilityOf,
  type Chapter,
  check,
  type Finding,
  type JudgeContext,
  type Level,
  NOT_APPLICABLE,
  PASS,
  type Requirement,
} from './requirement.ts';
import { toleranceFor } from './tolerance.ts';

interface AnswerObject {
  readonly component: string;
  readonly chapter: Chapter;
  /** Name in row ids. */
  readonly name: string;
  /** Name in sentences. */
  readonly words: string;
  readonly conditional?: boolean;
  readonly needsSuccess?: boolean;
  readonly capability?: Capability;
}

const ALL_OBJECTS: readonly AnswerObject[] = [
  { component: 'FineTuningJob', chapter: 'retrieve', name: 'job', words: 'a job' },
  { component: 'ListPaginatedFineTuningJobsResponse', chapter: 'list', name: 'page', words: 'a page of jobs' },
  { component: 'FineTuningJobEvent', chapter: 'events', name: 'event', words: 'an event' },
  { component: 'ListFineTuningJobEventsResponse', chapter: 'events', name: 'page', words: 'a page of events' },
  {
    component: 'FineTuningJobCheckpoint',
    chapter: 'checkpoints',
    name: 'checkpoint',
    words: 'a checkpoint',
    conditional: true,
    needsSuccess: true,
  },
  {
    component: 'ListFineTuningJobCheckpointsResponse',
    chapter: 'checkpoints',
    name: 'page',
    words: 'a page of checkpoints',
  },
  { component: 'OpenAIFile', chapter: 'files', name: 'file', words: 'a file' },
  { component: 'ListFilesResponse', chapter: 'files', name: 'page', words: 'a page of files' },
  { component: 'DeleteFileResponse', chapter: 'files', name: 'deleted', words: 'the answer to deleting a file' },
  { component: 'Model', chapter: 'models', name: 'model', words: 'a model' },
  { component: 'ListModelsResponse', chapter: 'models', name: 'page', words: 'the list of models' },
  {
    component: 'DeleteModelResponse',
    chapter: 'models',
    name: 'deleted',
    words: 'the answer to deleting a model',
    conditional: true,
    needsSuccess: true,
  },
  { component: 'RunGraderResponse', chapter: 'graders', name: 'run-result', words: 'the result of a grader' },
  {
    component: 'ValidateGraderResponse',
    chapter: 'graders',
    name: 'validated',
    words: 'the answer to validating a grader',
  },
  {
    component: 'FineTuningCheckpointPermission',
    chapter: 'permissions',
    name: 'permission',
    words: 'a permission',
    conditional: true,
  },
  {
    component: 'ListFineTuningCheckpointPermissionResponse',
    chapter: 'permissions',
    name: 'page',
    words: 'a page of permissions',
    conditional: true,
  },
  {
    component: 'DeleteFineTuningCheckpointPermissionResponse',
    chapter: 'permissions',
    name: 'deleted',
    words: 'the answer to withdrawing a permission',
    conditional: true,
  },
  { component: 'Error', chapter: 'errors', name: 'error', words: 'an error' },
];

/** Every object that answers of this edition are made of. */
export const ANSWER_OBJECTS: readonly AnswerObject[] = ALL_OBJECTS.filter(({ component: name }) =>
  Object.hasOwn(schemas, name),
);

/** The editions that brought a chapter, or a member of an object, where that was not the first (contract.md 1.9). */
const SINCE: Readonly<Record<string, Edition | undefined>> = {
  graders: '2025-05',
  permissions: '2024-12',
  'FineTuningJob.method': '2024-12',
  'FineTuningJob.metadata': '2024-12',
  'FineTuningJobEvent.type': '2024-12',
  'FineTuningJobEvent.data': '2024-12',
  'ListFineTuningJobEventsResponse.has_more': '2024-12',
  'OpenAIFile.expires_at': '2024-12',
};

/** Rows for every member of every answer object, and one for being an object at all. */
export const answerSchemaRequirements: readonly Requirement[] = ANSWER_OBJECTS.flatMap((object) => [
  bodyRow(object),
  ...Object.keys(component(object.component).properties ?? {}).map((name) => memberRow(object, name)),
]);

function baseRow({
  chapter,
  conditional,
  needsSuccess,
  capability,
}: AnswerObject): Pick<Requirement, 'chapter' | 'authority' | 'since' | 'capability' | 'conditional' | 'needsSuccess'> {
  return {
    chapter,
    authority: 'SCHEMA',
    since: SINCE[chapter] ?? '2024-04',
    capability: capability ?? capabilityOf(chapter),
    conditional: conditional ?? false,
    needsSuccess: needsSuccess ?? false,
  };
}

function bodyRow(object: AnswerObject): Requirement {
  return {
    ...baseRow(object),
    id: `${object.chapter}.${object.name}.body`,
    title: `${capitalised(object.words)} is an object`,
    statement: `${capitalised(object.words)} is a JSON object.`,
    level: 'MUST',
    sources: [`SPEC ${object.component}`],
    checks: [
      check(
        'object',
        ({ value, at: pointer }) =>
          isObject(value)
            ? PASS
            : [
                {
                  outcome: 'fail',
                  message: `${show(value)} stands where ${object.words} should`,
                  at: pointer,
                  site: 'type',
                },
              ],
        object.component,
      ),
    ],
  };
}

function memberRow(object: AnswerObject, name: string): Requirement {
  const owner = locate(object.component);
  const required = owner.schema.required?.includes(name) === true;
  const located = { schema: owner.schema.properties?.[name] ?? {}, pointer: `${owner.pointer}/properties/${name}` };
  const expected = describeSchema(located);
  const standing = constraints.find(
    ({ pointer, keyword, value }) => pointer === owner.pointer && keyword === 'required' && value === name,
  )?.standing;
  const level: Level = standing?.answer ?? 'MUST';
  const since = SINCE[`${object.component}.${name}`];
  return {
    ...baseRow(object),
    ...(since === undefined ? {} : { since }),
    id: `${object.chapter}.${object.name}.${name}`,
    title: `${name} of ${object.words} is well formed`,
    statement: `${name} of ${object.words} ${required ? 'is there and is' : 'is, where it is there,'} ${expected}.`,
    level,
    ...(standing?.answerStrict === undefined ? {} : { strict: standing.answerStrict }),
    authority: standing?.authority ?? 'SCHEMA',
    sources: [`SPEC ${object.component}.${name}`, ...(standing?.sources ?? [])],
    conditional: (object.conditional ?? false) || !required,
    checks: [
      check(
        'object',
        (observation, context) => judgeMember(object, name, expected, observation, context),
        object.component,
      ),
    ],
  };
}

function judgeMember(
  object: AnswerObject,
  name: string,
  expected: string,
  { value, at: pointer }: ObjectObserved,
  context: JudgeContext,
): readonly Finding[] {
  if (!isObject(value)) return NOT_APPLICABLE;
  const all = violationsOf(object.component, value);
  const broken =
    all.length === 0 ? all : all.filter((one) => memberOf(one) === name && !isListItem(object.component, one));
  if (broken.length === 0) return member(value, name) === undefined ? NOT_APPLICABLE : PASS;
  return broken.slice(0, 5).map((violation): Finding => {
    const tolerated = toleranceFor(object.component, value, placeOf(violation), context.mode);
    const message = explain(violation, value, name, expected);
    if (tolerated?.decision === 'accept')
      return { outcome: 'pass', note: `${message} (accepted: ${tolerated.erratum})` };
    if (tolerated) return { outcome: 'tolerated', erratum: tolerated.erratum, message, at: pointer + violation.at };
    return { outcome: 'fail', message, at: pointer + violation.at, site: `${violation.pointer} ${violation.keyword}` };
  });
}

/** Where in the object something is wrong; for what is missing, where it should stand. */
function placeOf({ at: pointer, missing }: Violation): string {
  return missing === undefined ? pointer : pointer + pointerOf([missing]);
}

/** The member of the object that a violation concerns. */
function memberOf({ at: pointer, missing }: Violation): string | undefined {
  return pointer === '' ? missing : tokensOf(pointer)[0];
}

/** Items of a page are judged as objects of their own. */
function isListItem(name: string, { at: pointer }: Violation): boolean {
  return /^\/data\/\d+/.test(pointer) && resolve(locate(name)).schema.properties?.['data'] !== undefined;
}

function explain(violation: Violation, value: JsonValue, name: string, expected: string): string {
  const path = tokensOf(violation.at).join('.');
  if (violation.missing !== undefined) return `${path === '' ? '' : `${path}.`}${violation.missing} is missing`;
  const actual = at(value, violation.at);
  return path === name
    ? `${path} is ${show(actual)}, not ${expected}`
    : `${path} is ${show(actual)}, which breaks ${violation.keyword}`;
}

/** What was found in the object that was looked at last: its members are judged one after another, each by a row. */
let last: { readonly name: string; readonly value: JsonValue; readonly found: readonly Violation[] } | undefined;

/**
 * The violations of an object.
 * @throws Error where ajv and our evaluator disagree: a fault of ours, never the target's.
 */
function violationsOf(name: string, value: JsonValue): readonly Violation[] {
  if (last?.value === value && last.name === name && isObject(value)) return last.found;
  const valid = isValid(name, value);
  const found = valid ? [] : violations(locate(name), value);
  if (found.length === 0 && !valid) throw new Error(`ajv refuses a ${name} in which our evaluator finds nothing wrong`);
  last = { name, value, found };
  return found;
}

function isValid(name: string, value: JsonValue): boolean {
  return validatorOf(name)(value);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
