// The dialects of vendors: each differs from our contract in what its vendor documents, and in nothing else.
import { describe, expect, it } from 'vitest';
import { contracts } from '#generated/contracts.ts';
import { type JsonObject, type JsonValue, listOf, member, resolvePointer } from './compiler/json.ts';
import { operationTable } from './compiler/operation-table.ts';
import {
  callsOf,
  FIRST,
  JOB,
  membersOf,
  REQUEST,
  rootOf,
  ruleIdsOf,
  schemaAt,
  without,
} from './compiler/testing/contracts.ts';

describe('a dialect', () => {
  it.each([
    ['azure-2024-10-21', 'https://{resource}.openai.azure.com/openai', [
      'auth.code.invalid-api-key', 'checkpoints.page.ends', 'create.dpo.accepted', 'create.integrations.accepted', 'create.metadata.accepted',
      'create.reinforcement.accepted', 'create.supervised.accepted', 'echo.integrations', 'echo.integrations.details',
      'echo.integrations.empty-when-absent', 'echo.metadata', 'echo.metadata.null-when-absent', 'echo.method', 'echo.method.always-present',
      'echo.method.from-hyperparameters', 'errors.param.names-member', 'events.order.newest-first', 'files.list.order', 'files.list.paging',
      'list.metadata.encoded', 'list.metadata.filter', 'list.metadata.null', 'list.metadata.two-pairs', 'models.delete.answer',
      'models.delete.gone', 'refusal.model.unknown', 'retrieve.integrations.constant', 'retrieve.metadata.constant', 'retrieve.method.constant',
      'retrieve.organization_id.constant', 'retrieve.unknown.code', 'status.forward', 'status.paused.only-after-pause',
    ]],
    ['azure-v1', 'https://{resource}.openai.azure.com/openai/v1', []],
    ['bedrock-mantle', 'https://bedrock-mantle.{region}.api.aws/v1', ['create.dpo.accepted', 'create.hyperparameters.accepted', 'create.plain.accepted', 'create.supervised.accepted', 'create.validation_file.accepted', 'echo.hyperparameters', 'status.fine_tuned_model.suffix']],
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
    expect(at('azure-2024-10-21', 'CreateFineTuningJobRequest/properties/suffix')).toMatchObject({ maxLength: 40, pattern: '^[a-zA-Z0-9_-]*$' }); // prettier-ignore
    expect(at('azure-2024-10-21', 'CreateFineTuningJobRequest/properties/hyperparameters/properties/n_epochs')).toEqual({ type: 'integer', 'x-example': 3 }); // prettier-ignore
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
    expect(membersOf('dialects/bedrock-mantle', 'CreateFineTuningJobRequest')).toEqual(
      without(REQUEST, 'hyperparameters', 'suffix'),
    );
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
