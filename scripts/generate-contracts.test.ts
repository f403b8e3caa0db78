// npm run generate for our own contracts: what it writes, what it leaves alone, and what --check notices.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith } from '../openapi/compiler/testing/faults.ts';
import { digests, generate, repository } from '../openapi/compiler/testing/run-generate.ts';

describe('without options', () => {
  it('writes what is missing, byte by byte the same each time, and leaves alone what is up to date', () => {
    const root = repository('2024-04', 'nebius');
    const folders = ['current', '2024-04', 'dialects/nebius'].map((name) => join(root, 'generated', name));
    const before = folders.map(digests);
    for (const folder of folders) rmSync(join(folder, 'rules.ts'));
    rmSync(join(root, 'generated/2024-04'), { recursive: true });
    rmSync(join(root, 'generated/contracts.ts'));
    const { status, out, err } = generate([], { root, cwd: root });
    expect([status, err]).toEqual([0, '']);
    expect(out.replace(/\(\d+ operations, \d+ schemas, \d+ constraints, [\d.]+ s\)/g, '(counts)').split('\n')).toEqual([
      'written generated/current/ (counts)',
      'written generated/2024-04/ (counts)',
      'written generated/dialects/nebius/ (counts)',
      'written generated/contracts.ts',
      '',
    ]);
    expect(folders.map(digests)).toEqual(before);
    expect(generate([], { root, cwd: root }).out.split('\n')).toEqual([
      'up to date generated/current/',
      'up to date generated/2024-04/',
      'up to date generated/dialects/nebius/',
      'up to date generated/contracts.ts',
      '',
    ]);
  });

  it('removes the folder of an overlay that is gone, but nothing of somebody else', () => {
    const root = repository('2024-04');
    rmSync(join(root, 'openapi/editions/2024-04.overlay.yaml'));
    const folder = join(root, 'generated/2024-04');
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    expect(generate([], { root, cwd: root })).toMatchObject({
      status: 2,
      err: 'error generated/2024-04: the folder is of no contract, and notes.txt was not written by the generator; remove it by hand\n',
    });
    rmSync(join(folder, 'notes.txt'));
    expect(generate(['--check'], { root, cwd: root })).toMatchObject({
      status: 1,
      out: expect.stringContaining('drift generated/2024-04/: no contract has this name') as string,
    });
    const { status, out } = generate([], { root, cwd: root });
    expect([status, existsSync(folder)]).toEqual([0, false]);
    expect(out).toContain('removed generated/2024-04/: no contract has this name');
  });
}, 120_000);

describe('--check', () => {
  it('is content with what is committed, from wherever it is called, and quick about it', () => {
    const { status, out, err } = generate(['--check'], { cwd: folderWith() });
    expect([status, err]).toEqual([0, '']);
    const lines = out.trimEnd().split('\n');
    expect(lines.every((line) => line.startsWith('up to date '))).toBe(true);
    // No counts: nothing was made to compare with.
    expect(lines.map((line) => line.replace(/^.*generated\//, ''))).toEqual([
      'current/',
      '2024-04/',
      '2024-09/',
      '2024-12/',
      '2025-05/',
      'dialects/azure-2024-10-21/',
      'dialects/azure-v1/',
      'dialects/bedrock-mantle/',
      'dialects/nebius/',
      'contracts.ts',
    ]);
  });

  it('tells of drift, file by file, with status 1, and mends nothing', () => {
    const root = repository('2024-04');
    const folder = join(root, 'generated/current');
    writeFileSync(join(folder, 'types.ts'), 'edited by hand');
    writeFileSync(join(folder, 'extra.ts'), '');
    rmSync(join(folder, 'rules.ts'));
    rmSync(join(root, 'generated/2024-04/schemas.ts'));
    writeFileSync(join(root, 'generated/contracts.ts'), 'edited by hand');
    const { status, out } = generate(['--check'], { root, cwd: root });
    expect(status).toBe(1);
    expect(out.split('\n')).toEqual([
      'drift generated/current/: extra.ts extra, rules.ts missing, types.ts changed',
      'drift generated/2024-04/: schemas.ts missing',
      'drift generated/contracts.ts',
      'run npm run generate and commit the result',
      '',
    ]);
    expect(readFileSync(join(folder, 'types.ts'), 'utf8')).toBe('edited by hand');
  });

  it('sees a contract, an overlay or a compiler that was changed without a run', () => {
    const root = repository('2024-04');
    const change = (file: string, before: string, after: string): string => {
      const text = readFileSync(join(root, file), 'utf8');
      expect(text).toContain(before);
      writeFileSync(join(root, file), text.replace(before, after));
      const { status, out } = generate(['--check'], { root, cwd: root });
      writeFileSync(join(root, file), text);
      expect(status).toBe(1);
      return out;
    };
    expect(change('openapi/editions/2024-04.overlay.yaml', 'maxLength: 40', 'maxLength: 41')).toMatch(
      /^up to date generated\/current\/\ndrift generated\/2024-04\/: constraints\.ts changed, /,
    );
    expect(change('openapi/fine-tuning.openapi.yaml', 'maxLength: 64', 'maxLength: 65')).toMatch(
      /^drift generated\/current\/: constraints\.ts changed, /,
    );
    expect(change('openapi/compiler/emit-variants.ts', 'The rules that hold here', 'The rules here')).toMatch(
      /^drift generated\/current\/: manifest\.json changed\ndrift generated\/2024-04\/: manifest\.json changed, rules\.ts changed\n/,
    );
  });

  it('believes no manifest with --force', () => {
    const root = repository('2024-04');
    const folder = join(root, 'generated/2024-04');
    const forged = '// forged';
    const digest = createHash('sha256').update(forged).digest('hex');
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
      files: Record<string, string>;
    };
    writeFileSync(join(folder, 'rules.ts'), forged);
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, files: { ...manifest.files, 'rules.ts': digest } })); // prettier-ignore
    expect(generate(['--check'], { root, cwd: root }).status).toBe(0);
    const { status, out } = generate(['--check', '--force'], { root, cwd: root });
    expect([status, out]).toEqual([1, expect.stringContaining('2024-04/: manifest.json changed, rules.ts changed')]);
  });
}, 120_000);
describe('a fault of our own', () => {
  it('shows its stack and ends with 4', () => {
    const root = repository();
    const compiler = join(root, 'openapi/compiler/operation-table.ts');
    writeFileSync(compiler, readFileSync(compiler, 'utf8').replace('const parameters = parametersOf', 'throw new TypeError("broken"); const parameters = parametersOf')); // prettier-ignore
    const { status, err } = generate(['--check'], { root, cwd: root });
    expect(status).toBe(4);
    expect(err).toMatch(/^fault of the suite TypeError: broken\n +at /);
  });
});
