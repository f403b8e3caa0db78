// The command as a user runs it: a process of its own, its exit status, and what it prints. What it does with our own
// contracts stands in generate-contracts.test.ts.
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith } from '../openapi/compiler/testing/faults.ts';
import { digests, generate, ROOT } from '../openapi/compiler/testing/run-generate.ts';

const FOREIGN = join(ROOT, 'openapi/compiler/fixtures/foreign.openapi.yaml');

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
