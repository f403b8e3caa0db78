// Writing to folders that are the generator's own, and to no others.
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { driftOf, removeFolder, strayFolders, writeFacts, writeFolder, writeModule } from './output-folder.ts';
import { faultOf, folderWith } from './testing/faults.ts';

function filesOf(contents: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const manifest = JSON.stringify({ writtenBy: 'npm run generate', files: Object.fromEntries(Object.keys(contents).map((name) => [name, ''])) }); // prettier-ignore
  return new Map([...Object.entries(contents), ['manifest.json', manifest]]);
}
const files = filesOf({ 'a.ts': 'A' });
const write = (folder: string, contents = files) => faultOf(() => writeFolder(folder, contents));

describe('writing', () => {
  it('makes a folder that is not there, also below others', async () => {
    const folder = join(folderWith(), 'deep/out');
    expect(await write(folder)).toBe('none');
    expect(readdirSync(folder)).toEqual(['a.ts', 'manifest.json']);
    expect(driftOf(folder, files)).toEqual([]);
  });

  it('uses an empty folder, and one that it wrote before', async () => {
    const folder = folderWith();
    expect(await write(folder)).toBe('none');
    expect(await write(folder, filesOf({ 'a.ts': 'B' }))).toBe('none');
    expect(readFileSync(join(folder, 'a.ts'), 'utf8')).toBe('B');
  });

  it('takes away what an earlier run wrote and this one does not, and nothing else', async () => {
    const folder = folderWith();
    await write(folder, filesOf({ 'a.ts': 'A', 'old.ts': 'O' }));
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    expect(await write(folder)).toBe('none');
    expect(readdirSync(folder).sort()).toEqual(['a.ts', 'manifest.json', 'notes.txt']);
  });

  it.each([
    ['a file of somebody else', { 'notes.txt': 'mine' }],
    ['a hidden file', { '.env': 'mine' }],
    ["somebody else's manifest", { 'manifest.json': '{"writtenBy": "npm run build"}' }],
    ['a manifest that is no JSON', { 'manifest.json': 'writtenBy: npm run generate' }],
    ['a manifest whose author is inherited', { 'manifest.json': '[]' }],
  ])('refuses a folder with %s, and leaves it as it was', async (_, present) => {
    const folder = folderWith(present);
    expect(await write(folder)).toBe(
      `${folder}: the folder holds files that the generator did not write; give an empty or new folder to --out`,
    );
    expect(readdirSync(folder)).toEqual(Object.keys(present));
  });

  it('refuses a file, and a path below a file', async () => {
    const folder = folderWith({ file: 'mine' });
    expect(await write(join(folder, 'file'))).toContain('this is no folder');
    expect(await write(join(folder, 'file/out'))).toContain('the folder cannot be made');
  });

  it('writes through no symbolic link', async () => {
    const folder = folderWith({ 'other.txt': 'mine', out: '' });
    const out = join(folder, 'made');
    await write(out, filesOf({}));
    symlinkSync(join(folder, 'other.txt'), join(out, 'a.ts'));
    expect(await write(out)).toContain('a.ts in it is no ordinary file');
    expect(readFileSync(join(folder, 'other.txt'), 'utf8')).toBe('mine');
  });

  it('removes neither folders nor files elsewhere because a forged manifest names them', async () => {
    const forged = (name: string) => JSON.stringify({ writtenBy: 'npm run generate', files: { [name]: '' } });
    const folder = folderWith({ 'victim.txt': 'mine', 'out/manifest.json': forged('../victim.txt') });
    expect(await write(join(folder, 'out'))).toBe('none');
    expect(existsSync(join(folder, 'victim.txt'))).toBe(true);

    writeFileSync(join(folder, 'out/manifest.json'), forged('sub.dir'));
    mkdirSync(join(folder, 'out/sub.dir'));
    expect(await write(join(folder, 'out'))).toContain('sub.dir in it is no ordinary file');
  });
});

describe('drift', () => {
  it('is what has changed, what is missing and what is there besides, by name', () => {
    const folder = folderWith({ 'a.ts': 'edited', 'z.ts': 'extra' });
    expect(driftOf(folder, files)).toEqual([
      { name: 'a.ts', state: 'changed' },
      { name: 'manifest.json', state: 'missing' },
      { name: 'z.ts', state: 'extra' },
    ]);
  });

  it('is everything where there is no folder', () => {
    expect(driftOf(join(folderWith(), 'none'), files).map(({ state }) => state)).toEqual(['missing', 'missing']);
  });

  it('is also a link to the right content', () => {
    const folder = folderWith({ 'a.txt': 'A' });
    symlinkSync(join(folder, 'a.txt'), join(folder, 'a.ts'));
    expect(driftOf(folder, filesOf({ 'a.ts': 'A' }))).toContainEqual({ name: 'a.ts', state: 'changed' });
  });
});

describe('a file of facts', () => {
  const facts = '{"source": {}, "facts": []}';

  it('is written where nothing is, and over older facts', async () => {
    const file = join(folderWith(), 'facts.json');
    expect(await faultOf(() => writeFacts(file, facts))).toBe('none');
    expect(await faultOf(() => writeFacts(file, `${facts}\n`))).toBe('none');
    expect(readFileSync(file, 'utf8')).toBe(`${facts}\n`);
  });

  it('is not written over anything else, nor where no file can be', async () => {
    const folder = folderWith({ hostname: 'vm' });
    const taken = join(folder, 'hostname');
    expect(await faultOf(() => writeFacts(taken, facts))).toBe(
      `${taken}: the file is there and holds no facts; give a new file to --facts`,
    );
    expect(readFileSync(taken, 'utf8')).toBe('vm');
    expect(await faultOf(() => writeFacts(folder, facts))).toContain('holds no facts');
    expect(await faultOf(() => writeFacts(join(folder, 'none/facts.json'), facts))).toContain(
      'the file cannot be written',
    );
  });
});

describe('folders of contracts that are gone', () => {
  const manifest = filesOf({ 'a.ts': 'A' }).get('manifest.json') ?? '';

  it('are told, deep ones too; those in use and those of somebody else are not', () => {
    const home = folderWith({
      'current/manifest.json': manifest,
      'old/manifest.json': manifest,
      'old/inner/manifest.json': manifest,
      'dialects/kept/manifest.json': manifest,
      'dialects/gone/manifest.json': manifest,
      'mine/notes.txt': 'mine',
      'file.ts': '',
    });
    expect(strayFolders(home, ['current', 'dialects/kept'])).toEqual(['dialects/gone', 'old']);
    expect(strayFolders(join(home, 'nowhere'), [])).toEqual([]);
  });

  it('are removed only if nothing else is in them', async () => {
    const home = folderWith({
      'old/manifest.json': manifest,
      'old/a.ts': 'A',
      'full/manifest.json': manifest,
      'full/notes.txt': 'mine',
      'mine/a.ts': 'mine',
    });
    expect(await faultOf(() => removeFolder(join(home, 'old')))).toBe('none');
    expect(existsSync(join(home, 'old'))).toBe(false);
    expect(await faultOf(() => removeFolder(join(home, 'full')))).toContain(
      'notes.txt was not written by the generator',
    );
    expect(await faultOf(() => removeFolder(join(home, 'mine')))).toContain('was not written by the generator');
    expect(readdirSync(home).sort()).toEqual(['full', 'mine']);
  });
});

describe('a module by itself', () => {
  const TEXT = '// Written by `npm run generate` from "x". Do not edit.\n';

  it('is written where nothing is, and over what the generator wrote', async () => {
    const file = join(folderWith(), 'a.ts');
    expect(await faultOf(() => writeModule(file, TEXT))).toBe('none');
    expect(await faultOf(() => writeModule(file, `${TEXT}2`))).toBe('none');
    expect(readFileSync(file, 'utf8')).toBe(`${TEXT}2`);
  });

  it("is not written over what is somebody else's, nor through a link, nor where it cannot be", async () => {
    const folder = folderWith({ 'mine.ts': 'mine', 'ours.ts': TEXT });
    symlinkSync(join(folder, 'ours.ts'), join(folder, 'link.ts'));
    mkdirSync(join(folder, 'folder.ts'));
    for (const name of ['mine.ts', 'link.ts', 'folder.ts']) {
      expect(await faultOf(() => writeModule(join(folder, name), TEXT))).toContain('was not written by the generator');
    }
    expect(await faultOf(() => writeModule(join(folder, 'none/a.ts'), TEXT))).toContain('the file cannot be written');
    expect(readFileSync(join(folder, 'mine.ts'), 'utf8')).toBe('mine');
  });
});
