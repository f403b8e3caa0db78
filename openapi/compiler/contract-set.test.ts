// Which contracts a folder gives, what each is made from, and when a folder of modules is taken to be up to date.
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileContract, contractsIn, type ContractSource, contractsModule, documentOfContract, inputsOf, isUpToDate } from './contract-set.ts'; // prettier-ignore
import type { JsonObject } from './json.ts';
import { writeFolder } from './output-folder.ts';
import { rootOf } from './testing/documents.ts';
import { faultOf, folderWith } from './testing/faults.ts';

const document = JSON.stringify(
  rootOf({ schemas: { A: { type: 'string', maxLength: 64 } }, root: { 'x-edition': { name: 'current' } } }),
);
const overlay = (name: string, label = 'x-edition'): string =>
  JSON.stringify({
    overlay: '1.0.0',
    info: { title: 'o', version: '1' },
    extends: '../fine-tuning.openapi.yaml',
    actions: [
      { target: '$', update: { [label]: { name } } },
      { target: '$.components.schemas.A', update: { maxLength: 40 } },
    ],
  });

function home(more: Readonly<Record<string, string>> = {}): string {
  return folderWith({ 'fine-tuning.openapi.yaml': document, 'errata.yaml': 'errata: []', ...more });
}
function contractOf(folder: string, name: string): ContractSource {
  const contract = contractsIn(folder).find((one) => one.name === name);
  if (!contract) throw new Error(`no contract ${name}`);
  return contract;
}

describe('the contracts of a folder', () => {
  it('are the current one, then editions and dialects by name; other files are none', () => {
    const folder = home({
      'editions/2024-09.overlay.yaml': '',
      'editions/2024-04.overlay.yaml': '',
      'editions/notes.md': '',
      'dialects/acme.overlay.yaml': '',
    });
    expect(contractsIn(folder).map(({ name }) => name)).toEqual(['current', '2024-04', '2024-09', 'dialects/acme']);
    expect(contractsIn(home()).map(({ name }) => name)).toEqual(['current']);
  });

  it('have the document with their overlay', () => {
    const folder = home({ 'editions/2024-04.overlay.yaml': overlay('2024-04') });
    const lengthIn = (name: string): unknown =>
      (documentOfContract(contractOf(folder, name)).root as { components: { schemas: { A: JsonObject } } }).components
        .schemas.A['maxLength'];
    expect([lengthIn('current'), lengthIn('2024-04')]).toEqual([64, 40]);
  });

  it.each([
    ['editions/2024-04', overlay('2024-09'), 'the overlay makes x-edition "2024-09"; name it "2024-04", like its file'],
    ['dialects/acme', overlay('acme'), 'the overlay makes x-dialect null; name it "acme", like its file'],
    ['editions/2019-01', overlay('2019-01'), 'this is no edition that we know; call it one of 2024-04, 2024-09'],
  ])('are refused where %s makes another', async (name, text, complaint) => {
    const folder = home({ [`${name}.overlay.yaml`]: text });
    const message = await faultOf(() => documentOfContract(contractOf(folder, name.replace('editions/', ''))));
    expect(message).toContain(`${name}.overlay.yaml: ${complaint}`);
  });
});

describe('the modules of a contract', () => {
  it('are all there for the current one, and what a judge needs for others', async () => {
    const folder = home({
      'editions/2024-04.overlay.yaml': overlay('2024-04'),
      'dialects/acme.overlay.yaml': overlay('acme', 'x-dialect'),
    });
    const filesOf = async (name: string) => (await compileContract(contractOf(folder, name))).files;
    const needed = ['constraints.ts', 'manifest.json', 'operations.ts', 'rules.ts', 'schemas.ts', 'validators.d.ts', 'validators.js']; // prettier-ignore
    expect([...(await filesOf('current')).keys()].sort()).toEqual([...needed, 'errata-validators.d.ts', 'errata-validators.js', 'errata.ts', 'types.ts'].sort()); // prettier-ignore
    expect([...(await filesOf('2024-04')).keys()].sort()).toEqual(needed);
    const dialect = await filesOf('dialects/acme');
    expect(dialect.get('rules.ts')).toMatch(/^\/\/ Written by `npm run generate` from "fine-tuning\.openapi\.yaml" with "acme\.overlay\.yaml"\. Do not edit\.\nimport type .* from "\.\.\/\.\.\/current\/rules\.ts";/); // prettier-ignore
    expect(JSON.parse(dialect.get('manifest.json') ?? '')).toMatchObject({ edition: 'current', dialect: 'acme' });
  });

  it('are the same each time', async () => {
    const contract = contractOf(home({ 'editions/2024-04.overlay.yaml': overlay('2024-04') }), '2024-04');
    expect([...(await compileContract(contract)).files]).toEqual([...(await compileContract(contract)).files]);
  });
});

describe('the inputs of a contract', () => {
  it.each(['fine-tuning.openapi.yaml', 'errata.yaml', 'editions/2024-04.overlay.yaml'])('change with %s', (file) => {
    const folder = home({ 'editions/2024-04.overlay.yaml': overlay('2024-04') });
    const contract = contractOf(folder, '2024-04');
    const before = inputsOf(contract);
    expect(inputsOf(contract)).toBe(before);
    writeFileSync(join(folder, file), `${readFileSync(join(folder, file), 'utf8')}\n`);
    expect(inputsOf(contract)).not.toBe(before);
  });

  it('are the same wherever the files lie', () => {
    const [here, there] = [home(), folderWith()];
    cpSync(here, there, { recursive: true });
    expect(inputsOf(contractOf(there, 'current'))).toBe(inputsOf(contractOf(here, 'current')));
  });
});

describe('a folder is up to date', () => {
  /** A folder as the generator leaves it. */
  async function written(): Promise<{ folder: string; inputs: string }> {
    const contract = contractOf(home({ 'editions/2024-04.overlay.yaml': overlay('2024-04') }), '2024-04');
    const folder = folderWith();
    writeFolder(folder, (await compileContract(contract)).files);
    return { folder, inputs: inputsOf(contract) };
  }

  it('when nothing has changed since it was written', async () => {
    const { folder, inputs } = await written();
    expect(isUpToDate(folder, inputs)).toBe(true);
  });

  it.each<[string, (folder: string) => void]>([
    ['after a file was edited', (folder) => writeFileSync(join(folder, 'rules.ts'), 'edited')],
    ['after a file was removed', (folder) => rmSync(join(folder, 'rules.ts'))],
    ['after a file was added', (folder) => writeFileSync(join(folder, 'extra.ts'), '')],
    ['after a file took the place of another', (folder) => renameSync(join(folder, 'rules.ts'), join(folder, 'extra.ts'))],
    ['without its manifest', (folder) => rmSync(join(folder, 'manifest.json'))],
    ['with a manifest that is no JSON', (folder) => writeFileSync(join(folder, 'manifest.json'), 'null,')],
    ['with a manifest of nothing', (folder) => writeFileSync(join(folder, 'manifest.json'), 'null')],
    ['when it is not there', (folder) => rmSync(folder, { recursive: true })],
  ])('not %s', async (_, change) => {
    const { folder, inputs } = await written();
    change(folder);
    expect(isUpToDate(folder, inputs)).toBe(false);
  }); // prettier-ignore

  it('not for other inputs', async () => {
    expect(isUpToDate((await written()).folder, 'other')).toBe(false);
  });
});

it('the module of contracts says where it comes from', () => {
  expect(contractsModule(['current'])).toMatch(/^\/\/ Written by `npm run generate` from "fine-tuning\.openapi\.yaml" and its overlays\. Do not edit\.\n/); // prettier-ignore
});
