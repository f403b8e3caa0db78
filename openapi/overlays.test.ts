// Every overlay, edition or dialect: it applies, says where it comes from, and generated/ is up to date with it.
import { describe, expect, it } from 'vitest';
import { contracts } from '#generated/contracts.ts';
import { compileContract, contractsModule, documentOfContract } from './compiler/contract-set.ts';
import { isObject, type JsonObject, member, objectOf, textOf } from './compiler/json.ts';
import { operationTable } from './compiler/operation-table.ts';
import { driftOf } from './compiler/output-folder.ts';
import { readOverlay } from './compiler/overlay.ts';
import { readDocument } from './compiler/read-document.ts';
import { EDITIONS } from './compiler/rules.ts';
import { all, componentsOf, pathOf, prepared, rootOf, ruleIdsOf } from './compiler/testing/contracts.ts';

const overlays = all.flatMap(({ name, overlay }) => (overlay === undefined ? [] : [[name, overlay] as const]));

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
