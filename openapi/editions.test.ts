// The dated editions: each has the operations, members, words and bounds that the documents of its time give it.
import { describe, expect, it } from 'vitest';
import { compareDocuments } from './compiler/compare-documents.ts';
import { documentOfContract } from './compiler/contract-set.ts';
import { describeDifferences } from './compiler/describe-difference.ts';
import { type JsonValue, listOf, member, objectOf, resolvePointer, textOf } from './compiler/json.ts';
import { EDITIONS } from './compiler/rules.ts';
import {
  all,
  callsOf,
  componentsOf,
  FIRST,
  JOB,
  membersOf,
  queryOf,
  REQUEST,
  requiredOf,
  rootOf,
  ruleIdsOf,
  rulesHeldBy,
  schemaAt,
  without,
} from './compiler/testing/contracts.ts';

const OLD = ['2024-04', '2024-09'];
const PERMISSIONS = ['GET /fine_tuning/checkpoints/{}/permissions', 'POST /fine_tuning/checkpoints/{}/permissions', 'DELETE /fine_tuning/checkpoints/{}/permissions/{}']; // prettier-ignore
const PAUSE = ['POST /fine_tuning/jobs/{}/pause', 'POST /fine_tuning/jobs/{}/resume'];
const GRADERS = ['POST /fine_tuning/alpha/graders/run', 'POST /fine_tuning/alpha/graders/validate'];
const MODELS = ['babbage-002', 'davinci-002', 'gpt-3.5-turbo'];

describe('operations', () => {
  it.each([
    ['2024-04', FIRST],
    ['2024-09', FIRST],
    ['2024-12', [...FIRST, ...PERMISSIONS]],
    ['2025-05', [...FIRST, ...PERMISSIONS, ...PAUSE, ...GRADERS]],
    ['current', [...FIRST, ...PERMISSIONS, ...PAUSE, ...GRADERS]],
  ])('of edition %s', (edition, calls) => {
    const own = callsOf(edition).filter((call) => call.includes('/fine_tuning/'));
    expect(own.sort()).toEqual([...calls].sort());
    expect(callsOf(edition).filter((call) => !call.includes('/fine_tuning/'))).toHaveLength(8);
  });

  it.each([
    ['2024-04', ['after', 'limit'], ['purpose']],
    ['2024-09', ['after', 'limit'], ['purpose']],
    ['2024-12', ['after', 'limit', 'metadata'], ['purpose', 'limit', 'order', 'after']],
    ['2025-05', ['after', 'limit', 'metadata'], ['purpose', 'limit', 'order', 'after']],
  ])('of edition %s list jobs and files with the parameters of their time', (edition, ofJobs, ofFiles) => {
    expect(queryOf(edition, 'listPaginatedFineTuningJobs')).toEqual(ofJobs);
    expect(queryOf(edition, 'listFiles')).toEqual(ofFiles);
  });
});

describe('the request', () => {
  const CREATE = 'CreateFineTuningJobRequest';

  it.each([
    ['2024-04', without(REQUEST, 'method', 'metadata')],
    ['2024-09', without(REQUEST, 'method', 'metadata')],
    ['2024-12', REQUEST],
    ['2025-05', REQUEST],
    ['current', REQUEST],
  ])('of edition %s has its members', (edition, members) => {
    expect(membersOf(edition, CREATE)).toEqual(members);
    expect(requiredOf(edition, CREATE)).toEqual(['model', 'training_file']);
  });

  it.each([
    ['2024-04', 40, MODELS, undefined],
    ['2024-09', 64, [...MODELS, 'gpt-4o-mini'], undefined],
    ['2024-12', 64, [...MODELS, 'gpt-4o-mini'], ['supervised', 'dpo']],
    ['2025-05', 64, [...MODELS, 'gpt-4o-mini'], ['supervised', 'dpo', 'reinforcement']],
    ['current', 64, [...MODELS, 'gpt-4o-mini'], ['supervised', 'dpo', 'reinforcement']],
  ])('of edition %s has suffixes up to %i, its models and its methods', (edition, suffix, models, methods) => {
    expect(schemaAt(edition, `${CREATE}/properties/suffix`)).toMatchObject({ minLength: 1, maxLength: suffix, nullable: true }); // prettier-ignore
    expect(schemaAt(edition, `${CREATE}/properties/model/anyOf/1/enum`)).toEqual(models);
    expect(schemaAt(edition, 'FineTuneMethod/properties/type/enum')).toEqual(methods);
    expect(membersOf(edition, 'FineTuneMethod')).toEqual(methods === undefined ? [] : ['type', ...methods].sort());
  });

  it('of edition 2024-04 leaves 19 to 40 characters of suffix open (E-C2)', () => {
    const suffix = objectOf(schemaAt('2024-04', `${CREATE}/properties/suffix`));
    const pattern = new RegExp(textOf(suffix['x-accept-pattern']), 'u');
    expect([1, 18, 19, 40].map((length) => pattern.test('a'.repeat(length)))).toEqual([true, true, false, false]);
    expect(suffix['x-constraints']).toMatchObject({ maxLength: { refuse: 'MUST', accept: 'MAY', erratum: 'E-C2' } });
  });

  it('has deprecated hyperparameters from 2024-12 on', () => {
    const deprecated = EDITIONS.map((edition) =>
      member(
        resolvePointer(rootOf(edition), `#/components/schemas/${CREATE}/properties/hyperparameters`),
        'deprecated',
      ),
    );
    expect(deprecated).toEqual([false, false, true, true, true]);
  });

  it.each(EDITIONS.map((edition) => [edition]))('of edition %s bounds hyperparameters and seed alike', (edition) => {
    const at = (member: string): JsonValue | undefined => schemaAt(edition, `${CREATE}/properties/${member}`);
    expect(at('hyperparameters/properties/n_epochs/oneOf/1')).toMatchObject({ minimum: 1, maximum: 50 });
    expect(at('hyperparameters/properties/batch_size/oneOf/1')).toMatchObject({ minimum: 1, maximum: 256 });
    expect(at('hyperparameters/properties/learning_rate_multiplier/oneOf/1')).toMatchObject({ exclusiveMinimum: 0 });
    expect(at('seed')).toMatchObject({ minimum: 0, maximum: 2147483647, nullable: true });
  });
});

describe('answers', () => {
  it.each([
    ['2024-04', without(JOB, 'method', 'metadata'), 17],
    ['2024-09', without(JOB, 'method', 'metadata'), 17],
    ['2024-12', JOB, 19],
    ['2025-05', JOB, 19],
    ['current', JOB, 19],
  ])('of edition %s have the members of a job', (edition, members, count) => {
    expect(membersOf(edition, 'FineTuningJob')).toEqual(members);
    expect(members).toHaveLength(count);
    expect(requiredOf(edition, 'FineTuningJob')).toEqual(without(JOB, 'estimated_finish', 'integrations', 'metadata', 'method')); // prettier-ignore
  });

  it.each([
    ['2024-04', ['n_epochs'], ['n_epochs'], undefined],
    ['2024-09', ['n_epochs'], ['n_epochs'], undefined],
    ['2024-12', ['batch_size', 'learning_rate_multiplier', 'n_epochs'], [], undefined],
    ['2025-05', ['batch_size', 'learning_rate_multiplier', 'n_epochs'], [], undefined],
    ['current', ['batch_size', 'learning_rate_multiplier', 'n_epochs'], [], true],
  ])('of edition %s have the hyperparameters of a job', (edition, members, required, nullable) => {
    const pointer = 'FineTuningJob/properties/hyperparameters';
    expect(membersOf(edition, pointer)).toEqual(members);
    expect(requiredOf(edition, pointer)).toEqual(required);
    expect(member(schemaAt(edition, `${pointer}/properties/batch_size`), 'nullable')).toBe(nullable);
  });

  it('know paused from 2025-05 on', () => {
    const states = EDITIONS.map((edition) => listOf(schemaAt(edition, 'FineTuningJob/properties/status/enum')));
    expect(states.map((list) => list.includes('paused'))).toEqual([false, false, false, true, true]);
    expect(states.map((list) => list.length)).toEqual([6, 6, 6, 7, 7]);
  });

  it.each([
    ['2024-04', [], ['data', 'object']],
    ['2024-09', [], ['data', 'object']],
    ['2024-12', ['data', 'type'], ['data', 'has_more', 'object']],
    ['2025-05', ['data', 'type'], ['data', 'has_more', 'object']],
  ])('of edition %s have the events of their time', (edition, more, page) => {
    const first = ['created_at', 'id', 'level', 'message', 'object'];
    expect(membersOf(edition, 'FineTuningJobEvent')).toEqual([...first, ...more].sort());
    expect(requiredOf(edition, 'FineTuningJobEvent')).toEqual(first);
    expect(membersOf(edition, 'ListFineTuningJobEventsResponse')).toEqual(page);
    expect(requiredOf(edition, 'ListFineTuningJobEventsResponse')).toEqual(page);
  });

  it.each([
    ['2024-04', ['assistants', 'fine-tune'], 4, false],
    ['2024-09', ['assistants', 'batch', 'fine-tune', 'vision'], 7, false],
    ['2024-12', ['assistants', 'batch', 'fine-tune', 'vision', 'user_data', 'evals'], 9, true],
    ['2025-05', ['assistants', 'batch', 'fine-tune', 'vision', 'user_data', 'evals'], 9, true],
  ])('of edition %s have the files of their time', (edition, purposes, output, isRecent) => {
    expect(schemaAt(edition, 'CreateFileRequest/properties/purpose/enum')).toEqual(purposes);
    expect(schemaAt(edition, 'OpenAIFile/properties/purpose/enum')).toHaveLength(output);
    expect(membersOf(edition, 'OpenAIFile').includes('expires_at')).toBe(isRecent);
    expect(membersOf(edition, 'ListFilesResponse').includes('has_more')).toBe(isRecent);
  });

  it('have no grader before 2025-05', () => {
    const graders = EDITIONS.map((edition) => Object.keys(componentsOf(edition)).filter((name) => name.startsWith('Grader'))); // prettier-ignore
    expect(graders.map((names) => names.length)).toEqual([0, 0, 0, 6, 6]);
  });
});
describe('rules', () => {
  it('of an edition are those that it has', () => {
    for (const edition of OLD) {
      const about =
        /^(pause|graders|permissions)\.|method|metadata|\b(dpo|supervised|reinforcement)\b|events\.has_more/;
      expect(ruleIdsOf(edition).filter((id) => about.test(id))).toEqual(['status.data.format-of-method']);
    }
    expect(ruleIdsOf('2024-12').filter((id) => /^(pause|graders)\.|reinforcement|paused/.test(id))).toEqual([]);
    expect(ruleIdsOf('2024-12')).toContain('permissions.created.listed');
    expect(ruleIdsOf('2025-05')).toEqual(ruleIdsOf('current'));
  });

  it('only grow from edition to edition', () => {
    const sets = EDITIONS.map(ruleIdsOf);
    for (const [index, ids] of sets.entries()) expect(ids.filter((id) => !(sets[index + 1] ?? ids).includes(id))).toEqual([]); // prettier-ignore
    expect(sets.map((ids) => ids.length)).toEqual([...sets.map((ids) => ids.length)].sort((a, b) => a - b));
  });

  it('of editions before 2024-12 speak of no method, and of nothing deprecated', () => {
    for (const edition of OLD) {
      const told = rulesHeldBy(edition).filter(({ id }) => !id.startsWith('transport.'));
      const odd = told.filter(({ title, statement }) => /\bmethod\b|deprecated/.test(`${title} ${statement}`));
      expect(odd.map(({ id }) => id)).toEqual(['status.data.format-of-method']);
      const echo = told.find(({ id }) => id === 'echo.hyperparameters');
      expect(echo?.statement).toMatch(/^n_epochs that was sent stands in/);
    }
  });

  it('of editions before 2025-05 speak of no pause', () => {
    for (const edition of ['2024-04', '2024-09', '2024-12']) {
      const told = rulesHeldBy(edition);
      expect(told.length).toBeGreaterThan(50);
      expect(told.filter(({ statement }) => statement.includes('pause')).map(({ id }) => id)).toEqual([]);
    }
  });
});

describe('what nothing uses any more', () => {
  it.each([
    ['2024-04', ['Fine-tuning', 'Files', 'Models'], ['ApiKeyAuth'], false, 0],
    ['2024-09', ['Fine-tuning', 'Files', 'Models'], ['ApiKeyAuth'], false, 0],
    ['2024-12', ['Fine-tuning', 'Files', 'Models'], ['ApiKeyAuth', 'AdminApiKeyAuth'], true, 3],
    ['2025-05', ['Fine-tuning', 'Graders', 'Files', 'Models'], ['ApiKeyAuth', 'AdminApiKeyAuth'], true, 4],
  ])('is taken out of edition %s', (edition, tags, keys, hasFilter, conditions) => {
    const contract = all.find(({ name }) => name === edition);
    const root = contract ? documentOfContract(contract).root : {};
    const components = objectOf(root['components']);
    expect(listOf(root['tags']).map((tag) => member(tag, 'name'))).toEqual(tags);
    expect(Object.keys(objectOf(components['securitySchemes']))).toEqual(keys);
    expect(Object.keys(objectOf(components['parameters'])).includes('MetadataFilter')).toBe(hasFilter);
    const request = member(components['schemas'], 'CreateFineTuningJobRequest');
    expect(listOf(member(request, 'x-acceptance-when'))).toHaveLength(conditions);
  });
});

describe('the difference to the edition before', () => {
  const between = (before: string, after: string): string[] =>
    describeDifferences(compareDocuments(rootOf(before), rootOf(after))).map(([, where, what]) => `${where.trim()} ${what.trim()}`); // prettier-ignore
  const own = (lines: readonly string[]): string[] => lines.filter((line) => !/File|query (limit|order|after)/.test(line)).sort(); // prettier-ignore

  it('of 2024-09', () => {
    expect(own(between('2024-04', '2024-09'))).toEqual([
      'CreateFineTuningJobRequest.model known values: has also gpt-4o-mini',
      'CreateFineTuningJobRequest.suffix maxLength: 40 -> 64',
    ]);
  });

  it('of 2024-12', () => {
    expect(own(between('2024-09', '2024-12'))).toEqual([
      'CreateFineTuningJobRequest.metadata member: nothing -> optional',
      'CreateFineTuningJobRequest.method member: nothing -> optional',
      'DELETE /fine_tuning/checkpoints/{}/permissions/{} operation: nothing -> deleteFineTuningCheckpointPermission',
      'FineTuningJob.hyperparameters.batch_size member: nothing -> optional',
      'FineTuningJob.hyperparameters.learning_rate_multiplier member: nothing -> optional',
      'FineTuningJob.hyperparameters.n_epochs member: required -> optional',
      'FineTuningJob.metadata member: nothing -> optional',
      'FineTuningJob.method member: nothing -> optional',
      'FineTuningJobEvent.data member: nothing -> optional',
      'FineTuningJobEvent.type member: nothing -> optional',
      'GET /fine_tuning/checkpoints/{}/permissions operation: nothing -> listFineTuningCheckpointPermissions',
      'ListFineTuningJobEventsResponse.has_more member: nothing -> required',
      'POST /fine_tuning/checkpoints/{}/permissions operation: nothing -> createFineTuningCheckpointPermission',
      'query metadata parameter: nothing -> optional',
    ]);
  });

  it('of 2025-05', () => {
    expect(between('2024-12', '2025-05').sort()).toEqual([
      'FineTuneMethod.reinforcement member: nothing -> optional',
      'FineTuneMethod.type enum: has also reinforcement',
      'FineTuningJob.status enum: has also paused',
      'POST /fine_tuning/alpha/graders/run operation: nothing -> runGrader',
      'POST /fine_tuning/alpha/graders/validate operation: nothing -> validateGrader',
      'POST /fine_tuning/jobs/{}/pause operation: nothing -> pauseFineTuningJob',
      'POST /fine_tuning/jobs/{}/resume operation: nothing -> resumeFineTuningJob',
    ]);
  });

  it('of the current one', () => {
    expect(between('2025-05', 'current')).toEqual([
      'FineTuningJob.hyperparameters.batch_size null: not allowed -> allowed',
    ]);
  });
});
