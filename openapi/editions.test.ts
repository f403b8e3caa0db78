// The dated editions and the vendors' dialects: each overlay gives the contract that the documents of its time, or of its
// vendor, describe; and generated/ is up to date with each.
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { contracts } from '#generated/contracts.ts';
import { compareDocuments } from './compiler/compare-documents.ts';
import { prepare } from './compiler/compile.ts';
import { canonicalComponents } from './compiler/constraint-table.ts';
import { compileContract, contractsIn, contractsModule, documentOfContract } from './compiler/contract-set.ts';
import { describeDifferences } from './compiler/describe-difference.ts';
import {
  isObject,
  type JsonObject,
  type JsonValue,
  listOf,
  member,
  objectOf,
  resolvePointer,
  textOf,
} from './compiler/json.ts';
import { operationTable } from './compiler/operation-table.ts';
import { driftOf } from './compiler/output-folder.ts';
import { readOverlay } from './compiler/overlay.ts';
import { readDocument } from './compiler/read-document.ts';
import { EDITIONS, rulesIn, rulesOf } from './compiler/rules.ts';

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const all = contractsIn(pathOf('.'));
const overlays = all.flatMap(({ name, overlay }) => (overlay === undefined ? [] : [[name, overlay] as const]));
const prepared = new Map(all.map((contract) => [contract.name, prepare(documentOfContract(contract))]));

const rootOf = (name: string): JsonObject => prepared.get(name)?.document.root ?? {};
const componentsOf = (name: string): JsonObject => canonicalComponents(rootOf(name));
/** What stands at a pointer below the component schemas, in canonical form. */
const schemaAt = (name: string, pointer: string): JsonValue | undefined =>
  resolvePointer(componentsOf(name), `#/${pointer}`);
const membersOf = (name: string, pointer: string): string[] =>
  Object.keys(objectOf(member(schemaAt(name, pointer), 'properties'))).sort();
const requiredOf = (name: string, pointer: string): JsonValue[] =>
  [...listOf(member(schemaAt(name, pointer), 'required'))].sort();
const callsOf = (name: string): string[] =>
  operationTable(rootOf(name)).map(({ method, path }) => `${method} ${path.replace(/\{[^}]*\}/g, '{}')}`);
const queryOf = (name: string, id: string): string[] =>
  operationTable(rootOf(name))
    .find((one) => one.id === id)
    ?.queryParameters.map((one) => one.name) ?? [];
const ruleIdsOf = (name: string): string[] => {
  const source = prepared.get(name)?.document;
  if (!source) throw new Error(name);
  return rulesIn(rulesOf(source), member(source.root['x-edition'], 'name')).map(({ id }) => id);
};
/** Without the last entries of a list that an older edition does not have. */
const without = (list: readonly string[], ...names: readonly string[]): string[] =>
  list.filter((one) => !names.includes(one));

const OLD = ['2024-04', '2024-09'];
const REQUEST = ['hyperparameters', 'integrations', 'metadata', 'method', 'model', 'seed', 'suffix', 'training_file', 'validation_file']; // prettier-ignore
const JOB = ['created_at', 'error', 'estimated_finish', 'fine_tuned_model', 'finished_at', 'hyperparameters', 'id', 'integrations', 'metadata', 'method', 'model', 'object', 'organization_id', 'result_files', 'seed', 'status', 'trained_tokens', 'training_file', 'validation_file']; // prettier-ignore
const FIRST = ['POST /fine_tuning/jobs', 'GET /fine_tuning/jobs', 'GET /fine_tuning/jobs/{}', 'POST /fine_tuning/jobs/{}/cancel', 'GET /fine_tuning/jobs/{}/events', 'GET /fine_tuning/jobs/{}/checkpoints']; // prettier-ignore
const PERMISSIONS = ['GET /fine_tuning/checkpoints/{}/permissions', 'POST /fine_tuning/checkpoints/{}/permissions', 'DELETE /fine_tuning/checkpoints/{}/permissions/{}']; // prettier-ignore
const PAUSE = ['POST /fine_tuning/jobs/{}/pause', 'POST /fine_tuning/jobs/{}/resume'];
const GRADERS = ['POST /fine_tuning/alpha/graders/run', 'POST /fine_tuning/alpha/graders/validate'];
const MODELS = ['babbage-002', 'davinci-002', 'gpt-3.5-turbo'];

it('there is an overlay for every edition but the current one, and for four dialects', () => {
  expect(all.map(({ name }) => name).sort()).toEqual(
    [
      ...EDITIONS,
      ...['azure-2024-10-21', 'azure-v1', 'bedrock-mantle', 'nebius'].map((one) => `dialects/${one}`),
    ].sort(),
  );
});

describe.each(overlays)('the overlay of %s', (name, file) => {
  const overlay = readOverlay(file);

  it('applies to the current contract, and leaves nothing to repair', () => {
    expect(overlay.extends).toBe('../fine-tuning.openapi.yaml');
    expect(prepared.get(name)?.edits).toEqual([]);
  });

  it('says where each of its actions comes from', () => {
    const isSourced = /[0-9a-f]{7}|20\d\d-\d\d-\d\d|E-[A-Z]\d|\b(AZ|AV1|GEN|COP|BR|NB)\b|which dialect|example/i;
    const bare = overlay.actions.filter(({ description }) => !isSourced.test(description ?? ''));
    expect(bare.map(({ target, description }) => [target, description])).toEqual([]);
  });

  it('names what it makes', () => {
    const label = name.startsWith('dialects/') ? 'x-dialect' : 'x-edition';
    expect(`${label === 'x-dialect' ? 'dialects/' : ''}${textOf(member(rootOf(name)[label], 'name'))}`).toBe(name);
    expect(member(rootOf(name)['info'], 'version')).toBe(name.replace('dialects/', ''));
  });

  it('leaves no pool that nothing draws from, and no schema that draws from none', () => {
    const text = JSON.stringify(rootOf(name)['components']);
    const drawn = new Set([...text.matchAll(/"x-pool":"([^"]+)"/g)].map(([, pool]) => pool));
    const provided = ['model', 'grader-model', 'training-file', 'validation-file'];
    const pools = Object.keys(objectOf(rootOf(name)['x-pools']));
    expect([...drawn].filter((pool) => !provided.includes(pool ?? '') && !pools.includes(pool ?? ''))).toEqual([]);
    if (!name.startsWith('dialects/')) expect(pools.filter((pool) => !drawn.has(pool))).toEqual([]);
  });

  it('gives what generated/ holds', async () => {
    const contract = all.find((one) => one.name === name);
    if (!contract) throw new Error(name);
    const { files } = await compileContract(contract);
    expect(driftOf(pathOf(`../generated/${name}`), files)).toEqual([]);
  });
});

it('without an overlay the contract is the document as it stands', () => {
  const [current] = all;
  if (!current) throw new Error('no contract');
  expect(current).not.toHaveProperty('overlay');
  expect(documentOfContract(current).root).toEqual(readDocument(pathOf('fine-tuning.openapi.yaml')).root);
});

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
      const source = prepared.get(edition)?.document;
      const told = (source ? rulesIn(rulesOf(source), edition) : []).filter(({ id }) => !id.startsWith('transport.'));
      const odd = told.filter(({ title, statement }) => /\bmethod\b|deprecated/.test(`${title} ${statement}`));
      expect(odd.map(({ id }) => id)).toEqual(['status.data.format-of-method']);
      const echo = told.find(({ id }) => id === 'echo.hyperparameters');
      expect(echo?.statement).toMatch(/^n_epochs that was sent stands in/);
    }
  });

  it('of editions before 2025-05 speak of no pause', () => {
    for (const edition of ['2024-04', '2024-09', '2024-12']) {
      const source = prepared.get(edition)?.document;
      const told = source ? rulesIn(rulesOf(source), edition) : [];
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

describe('a dialect', () => {
  it.each([
    ['azure-2024-10-21', 'https://{resource}.openai.azure.com/openai', ['auth.code.invalid-api-key', 'errors.param.names-member', 'events.order.newest-first', 'refusal.model.unknown', 'retrieve.unknown.code', 'status.forward']],
    ['azure-v1', 'https://{resource}.openai.azure.com/openai/v1', []],
    ['bedrock-mantle', 'https://bedrock-mantle.{region}.api.aws/v1', ['create.dpo.accepted', 'create.hyperparameters.accepted', 'create.plain.accepted', 'create.supervised.accepted', 'status.fine_tuned_model.suffix']],
    ['nebius', 'https://api.tokenfactory.nebius.com/v1', []],
  ])('%s has its base URL, and not the rules that its vendor contradicts', (name, url, lacking) => {
    const root = rootOf(`dialects/${name}`);
    expect(listOf(root['servers']).map((server) => member(server, 'url'))).toEqual([url]);
    // Rules of operations that the vendor does not have are gone with the operation.
    const own = new Set(ruleIdsOf(`dialects/${name}`));
    const gone = ruleIdsOf('current').filter((id) => !own.has(id) && !/^(pause|graders|permissions)\./.test(id));
    expect(gone.sort()).toEqual(lacking);
  }); // prettier-ignore

  const at = (name: string, pointer: string): JsonValue | undefined => schemaAt(`dialects/${name}`, pointer);

  it('azure-2024-10-21 is Azure as it was documented for that version', () => {
    const operations = operationTable(rootOf('dialects/azure-2024-10-21'));
    const answersOf = (id: string): number[] | undefined => operations.find((one) => one.id === id)?.answers.map(({ status }) => status); // prettier-ignore
    expect(['createFineTuningJob', 'createFile', 'deleteFineTuningJob', 'cancelFineTuningJob'].map(answersOf)).toEqual([[201], [201], [204], [200]]); // prettier-ignore
    expect(operations.every(({ queryParameters }) => queryParameters.some(({ name, required }) => name === 'api-version' && required))).toBe(true); // prettier-ignore
    expect(resolvePointer(rootOf('dialects/azure-2024-10-21'), '#/components/securitySchemes/ApiKeyAuth')).toMatchObject({ type: 'apiKey', in: 'header', name: 'api-key' }); // prettier-ignore
    expect(at('azure-2024-10-21', 'CreateFineTuningJobRequest/properties/suffix')).toMatchObject({ maxLength: 40, pattern: '^[a-zA-Z0-9_-]+$' }); // prettier-ignore
    expect(at('azure-2024-10-21', 'CreateFineTuningJobRequest/properties/hyperparameters/properties/n_epochs')).toEqual({ type: 'integer' }); // prettier-ignore
    expect(membersOf('dialects/azure-2024-10-21', 'Error')).toEqual(['code', 'details', 'innererror', 'message', 'target']); // prettier-ignore
    expect(at('azure-2024-10-21', 'FineTuningJobEvent/properties/level/enum')).toEqual(['info', 'warning', 'error']);
    expect(at('azure-2024-10-21', 'CreateFileRequest/properties/purpose/enum')).toContain('fine-tune-results');
    expect(ruleIdsOf('dialects/azure-2024-10-21')).not.toContain('errors.param.names-member');
  });

  it('azure-v1 has every operation, times that may be text, and takes hyperparameters beside method', async () => {
    expect(callsOf('dialects/azure-v1')).toEqual(callsOf('current'));
    for (const name of ['finished_at', 'estimated_finish']) {
      const schema = JSON.stringify(at('azure-v1', `FineTuningJob/properties/${name}`));
      expect(schema).toMatch(/"integer".*"string"/);
    }
    const { validators } = await contracts['dialects/azure-v1']();
    const body = (more: JsonObject): boolean | undefined =>
      validators['AcceptableCreateRequest']?.({ model: 'm', training_file: 'f', ...more });
    const hyperparameters = { n_epochs: 1 };
    expect(body({ hyperparameters, method: { type: 'supervised' } })).toBe(true);
    expect(body({ method: { type: 'supervised', supervised: {} } })).toBe(true);
    expect(body({ hyperparameters })).toBe(true);
    expect(body({ method: { type: 'supervised' } })).toBe(false);
    expect(body({ hyperparameters, method: { type: 'supervised', supervised: {} } })).toBe(false);
    expect(body({ hyperparameters, method: { type: 'dpo', dpo: {} } })).toBe(false);
  });

  it('bedrock-mantle does reinforcement with a grader of its own, and no suffix', async () => {
    expect(callsOf('dialects/bedrock-mantle').filter((call) => call.includes('/fine_tuning/')).sort()).toEqual([...FIRST].sort()); // prettier-ignore
    expect(membersOf('dialects/bedrock-mantle', 'CreateFineTuningJobRequest')).toEqual(without(REQUEST, 'suffix'));
    const { validators } = await contracts['dialects/bedrock-mantle']();
    const body = (grader: JsonValue): JsonObject => ({ model: 'm', training_file: 'f', validation_file: 'v', method: { type: 'reinforcement', reinforcement: { grader } } }); // prettier-ignore
    const accepts = validators['AcceptableCreateRequest'];
    expect(accepts?.(body({ type: 'lambda', lambda: { function: 'arn' } }))).toBe(true);
    expect(accepts?.(body({ type: 'string_check', name: 'n', input: 'i', reference: 'r', operation: 'eq' }))).toBe(
      false,
    );
    expect(accepts?.({ model: 'm', training_file: 'f' })).toBe(false);
  });

  it('nebius has smaller bounds, further members, and no resume', () => {
    expect(without(callsOf('current'), ...callsOf('dialects/nebius'))).toEqual(['POST /fine_tuning/jobs/{}/resume']);
    for (const place of ['CreateFineTuningJobRequest/properties/hyperparameters', 'FineTuneDPOHyperparameters', 'FineTuneSupervisedHyperparameters']) {
      expect(at('nebius', `${place}/properties/n_epochs/oneOf/1`)).toMatchObject({ minimum: 1, maximum: 20 });
      expect(at('nebius', `${place}/properties/batch_size/oneOf/1`)).toMatchObject({ minimum: 1, maximum: 32 });
    } // prettier-ignore
    expect(membersOf('dialects/nebius', 'FineTuningJob')).toEqual([...JOB, 'suffix', 'total_steps', 'trained_steps'].sort()); // prettier-ignore
    expect(membersOf('dialects/nebius', 'FineTuningJobCheckpoint')).toContain('result_files');
  });
});

describe('generated/contracts.ts', () => {
  it('names every contract', () => {
    expect(Object.keys(contracts)).toEqual(all.map(({ name }) => name));
    expect(driftOf(pathOf('../generated'), new Map([['contracts.ts', contractsModule(all.map(({ name }) => name))]])).filter(({ state }) => state !== 'extra')).toEqual([]); // prettier-ignore
  });

  it.each([
    ['2024-04', [true, true, false, false]],
    ['2024-09', [true, true, true, false]],
    ['current', [true, true, true, false]],
  ] as const)('loads %s with the validators of its time', async (name, verdicts) => {
    const { validators, rules, schemas, operations, constraints, pools } = await contracts[name]();
    const create = validators['CreateFineTuningJobRequest'];
    const body = (length: number): JsonObject => ({ model: 'm', training_file: 'f', suffix: 'a'.repeat(length) });
    expect([18, 40, 64, 65].map((length) => create?.(body(length)))).toEqual(verdicts);
    expect(Object.keys(rules)).toEqual(ruleIdsOf(name));
    expect(Object.keys(schemas)).toEqual(Object.keys(componentsOf(name)));
    expect(Object.keys(operations)).toEqual(operationTable(rootOf(name)).map(({ id }) => id));
    expect([constraints.length > 100, isObject(pools)]).toEqual([true, true]);
  });
});
