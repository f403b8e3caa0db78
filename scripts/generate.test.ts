// The command as a user runs it: a process of its own, its exit status, and what it prints.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOREIGN = join(ROOT, 'openapi/compiler/fixtures/foreign.openapi.yaml');
const TSX = join(ROOT, 'node_modules/tsx/dist/loader.mjs');

interface Outcome {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command; `root` is the repository that it belongs to. */
function generate(args: readonly string[], { root = ROOT, cwd = ROOT }: { root?: string; cwd?: string } = {}): Outcome {
  const command = ['--import', TSX, join(root, 'scripts/generate.ts'), ...args];
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd, env, encoding: 'utf8' });
  return { status, out: stdout, err: stderr };
}

function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'generate-')));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const OVERLAYS = ['openapi/editions', 'openapi/dialects'];

/**
 * A copy of what the command belongs to, so that a test can change it. Of the overlays it has those named, for making
 * all contracts takes its time.
 */
function repository(...overlays: readonly string[]): string {
  const root = folderWith();
  for (const name of ['openapi', 'generated', 'scripts', 'package.json'])
    cpSync(join(ROOT, name), join(root, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  for (const file of OVERLAYS.flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name)))) {
    if (!overlays.some((name) => file.endsWith(`/${name}.overlay.yaml`))) rmSync(join(root, file));
  }
  const kept = new Set(['current', 'dialects', 'contracts.ts', ...overlays]);
  for (const folder of ['generated', 'generated/dialects']) {
    for (const name of readdirSync(join(root, folder))) {
      if (!kept.has(name)) rmSync(join(root, folder, name), { recursive: true });
    }
  }
  generate([], { root, cwd: root });
  return root;
}

const digests = (folder: string): string[] =>
  readdirSync(folder).map(
    (name) =>
      `${name} ${createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex')}`,
  );

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

describe('--from and --out', () => {
  it('generate the same artefacts for a foreign document, and tell each repair of its dialect', () => {
    const folder = folderWith();
    const { status, out, err } = generate(['--from', FOREIGN, '--out', 'out'], { cwd: folder });
    expect([status, err]).toEqual([0, '']);
    const lines = out.trimEnd().split('\n');
    expect(lines.slice(0, -1).every((line) => /^repaired #\/\S+: \S/.test(line))).toBe(true);
    expect(lines.at(-1)).toMatch(
      /^written out\/ \(2 operations, 4 schemas, \d+ constraints, 7 repairs of the dialect\)$/,
    );
    expect(readdirSync(join(folder, 'out'))).toEqual(readdirSync(join(ROOT, 'generated/current')));

    const before = digests(join(folder, 'out'));
    expect(generate(['--from', FOREIGN, '--out', 'out'], { cwd: folder }).status).toBe(0);
    expect(digests(join(folder, 'out'))).toEqual(before);
  });

  it.each([
    [
      'that holds other files',
      { 'out/notes.txt': 'mine' },
      'out: the folder holds files that the generator did not write',
    ],
    ['that is a file', { out: 'mine' }, 'out: this is no folder'],
  ])('refuse a folder %s', (_, files, complaint) => {
    const folder = folderWith(files);
    const { status, err } = generate(['--from', FOREIGN, '--out', 'out'], { cwd: folder });
    expect(status).toBe(2);
    expect(err).toBe(`error ${complaint}; give an empty or new folder to --out\n`);
    expect(existsSync(join(folder, 'out/types.ts'))).toBe(false);
  });

  it.each(['generated', 'generated/current', 'generated/dialects'])('refuse %s, a folder of our own', (folder) => {
    const { status, err } = generate(['--from', FOREIGN, '--out', join(ROOT, folder)]);
    expect([status, err]).toEqual([
      2,
      expect.stringMatching(/^error --out .* is where our own contracts go; name a new/),
    ]);
  });
});

describe('--facts', () => {
  it('writes the constraints of a document with its commit, and writes over nothing else', () => {
    const folder = folderWith({ taken: 'mine' });
    const facts = (file: string) => generate(['--from', FOREIGN, '--facts', file, '--commit', 'abc'], { cwd: folder });
    expect(facts('facts.json')).toEqual({ status: 0, out: 'written facts.json\n', err: '' });
    const written = JSON.parse(readFileSync(join(folder, 'facts.json'), 'utf8')) as {
      source: object;
      facts: unknown[];
    };
    expect(written.source).toMatchObject({ title: 'Foreign', version: '7', commit: 'abc' });
    expect(written.facts).toContainEqual([
      '#/components/schemas/CreateFineTuningJobRequest/properties/suffix',
      'nullable',
      true,
    ]);
    expect(facts('taken')).toMatchObject({
      status: 2,
      err: 'error taken: the file is there and holds no facts; give a new file to --facts\n',
    });
  });
});

describe('--diff', () => {
  it('prints each difference on a line, worst first, with place and operations, and a summary', () => {
    const { status, out, err } = generate(['--diff', FOREIGN]);
    expect([status, err]).toEqual([0, '']);
    const lines = out.trimEnd().split('\n');
    const body = lines.slice(0, -1);
    expect(
      body.filter((line) => !/^(breaking|widening|cosmetic) {2}\S.* {2}\S.*: .* {2}(request|answer) of \S/.test(line)),
    ).toEqual([]);
    const classes = body.map((line) => line.split(' ')[0]);
    expect(classes).toEqual([...classes].sort((a, b) => ['breaking', 'widening', 'cosmetic'].indexOf(a ?? '') - ['breaking', 'widening', 'cosmetic'].indexOf(b ?? ''))); // prettier-ignore
    expect(new Set(body).size).toBe(body.length);
    expect(lines.at(-1)).toMatch(/^\d+ breaking, \d+ widening, \d+ cosmetic \(after 6 repairs of its dialect\)$/);
    expect(out).toMatch(/^breaking {2}POST \/files +operation: createFile -> nothing/m);
    expect(out).toMatch(/^widening {2}FineTuningJob\.status +enum: lacks validating_files, paused +answer of /m);
  });

  it('finds no difference between our contract and itself', () => {
    const { status, out } = generate(['--diff', join(ROOT, 'openapi/fine-tuning.openapi.yaml')]);
    expect([status, out]).toEqual([0, '0 breaking, 0 widening, 0 cosmetic\n']);
  });

  it('prints for machines with --json', () => {
    const { status, out } = generate(['--diff', FOREIGN, '--json']);
    const { document, repairs, differences } = JSON.parse(out) as {
      document: string;
      repairs: object[];
      differences: object[];
    };
    expect([status, document, repairs.length]).toEqual([0, FOREIGN, 6]);
    expect(differences[0]).toMatchObject({
      class: 'breaking',
      where: expect.any(String) as string,
      usages: expect.any(Array) as object[],
    });
  });
});

describe('--help', () => {
  it('shows every option and examples', () => {
    const { status, out, err } = generate(['--help']);
    expect([status, err]).toEqual([0, '']);
    for (const word of [
      '--check',
      '--force',
      '--from',
      '--out',
      '--diff',
      '--json',
      '--facts',
      '--commit',
      'Examples:',
    ]) {
      expect(out).toContain(word);
    }
  });
});

describe('wrong usage is one line that names the mend, and status 2', () => {
  it.each([
    [['--chekc'], "unknown option '--chekc' (Did you mean --check?)"],
    [['extra'], 'too many arguments'],
    [['--check', '--diff', 'a'], '--check and --diff do not go together; run the command once for each'],
    [['--force', '--diff', 'a'], '--force goes with our own contracts; leave it out'],
    [['--from', 'a'], '--from needs --out; name a new folder to write to'],
    [['--from', 'a', '--facts', 'b'], '--facts goes with --from and --commit'],
  ])('%j', (args, complaint) => {
    const { status, out, err } = generate(args);
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain(`error ${complaint}`);
    expect(err).toMatch(/^[^\n]*; [^\n]+\n$/);
  });
});

describe('a document that cannot be used is one line with file and pointer, and status 2', () => {
  const jobs = (schema: string): string =>
    `openapi: 3.1.0\npaths:\n  /fine_tuning/jobs:\n    post:\n      requestBody: { content: { application/json: { schema: ${schema} } } }\n      responses: {}\n`;
  const SCHEMA = '#/paths/~1fine_tuning~1jobs/post/requestBody/content/application~1json/schema';
  const LAUGHS = ['a: &a ["ha","ha","ha","ha","ha","ha","ha","ha","ha","ha"]', ...'bcdefgh'.split('').map((name, index) => `${name}: &${name} [${Array.from({ length: 10 }, () => `*${'abcdefg'[index] ?? ''}`).join()}]`)].join('\n'); // prettier-ignore

  it.each<[string, string, string]>([
    ['bad YAML', 'openapi: [', 'bad.yaml:1:'],
    ['a dangling $ref', jobs("{ $ref: '#/components/schemas/Gone' }"), `${SCHEMA}: $ref "#/components/schemas/Gone" points to nothing`],
    ['a $ref over the network', jobs("{ $ref: 'http://127.0.0.1:1/x.yaml' }"), `${SCHEMA}: $ref "http://127.0.0.1:1/x.yaml" is a URL`],
    ['a $ref out of the folder', jobs("{ $ref: '../../etc/passwd' }"), "leaves the document's folder"],
    ['an unsupported keyword', jobs('{ contains: {} }'), `${SCHEMA}/contains: schema keyword "contains" is not supported`],
    ['a pattern that runs away', jobs("{ pattern: '(a+)+$' }"), `${SCHEMA}/pattern: pattern "(a+)+$" repeats a repetition`],
    ['billion laughs', LAUGHS, 'expands to more than 1000000 values'],
    ['lists without end', `${'- '.repeat(100_000)}a`, 'nests deeper than 200 levels'],
  ])('%s', (_, text, complaint) => {
    const folder = folderWith({ 'bad.yaml': text });
    const { status, out, err } = generate(['--from', 'bad.yaml', '--out', 'out'], { cwd: folder });
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(/^error bad\.yaml[^\n]*: [^\n]+; [^\n]+\n$/);
    expect(err).toContain(complaint);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  }); // prettier-ignore

  it('a file that is not there', () => {
    expect(generate(['--diff', 'none.yaml'])).toEqual({
      status: 2,
      out: '',
      err: 'error none.yaml: the file cannot be read; check the path and the permissions\n',
    });
  });

  it('a $ref to a link that leads out of the folder', () => {
    const folder = folderWith({ 'api/bad.yaml': jobs("{ $ref: 'link.yaml' }"), 'secret.yaml': 'type: string' });
    symlinkSync(join(folder, 'secret.yaml'), join(folder, 'api/link.yaml'));
    const { status, err } = generate(['--diff', 'bad.yaml'], { cwd: join(folder, 'api') });
    expect(status).toBe(2);
    expect(err).toContain(`$ref "link.yaml" leaves the document's folder`);
  });
});

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
