import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ConfigurationError } from './configuration-error.ts';
import { bareProfile, parseProfile, readProfile } from './profile.ts';

/** The line that a user is shown. */
function complaint(text: string): string {
  try {
    parseProfile(text, 'mine.yaml');
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return 'nothing';
}

const WHOLE = `
name: my-server
title: My server
baseUrl: https://example.com/v1
query: { api-version: 2024-10-21 }
auth: { header: api-key, scheme: '' }
models: { supervised: m-1, dpo: m-2, reinforcement: m-3, grader: m-4 }
methods: [supervised, dpo]
capabilities: { pause: false, checkpoints: true, method.dpo: true }
successStatuses: [201]
jobTimeoutSeconds: 600
maxJobs: 40
waivers:
  - requirement: create.seed.maximum
    fingerprint: 0a1b2c3d
    reason: known
    owner: me
    link: https://example.com/issues/1
    expires: 2027-01-31
`;

describe('a profile', () => {
  it('is read with everything that it says', () => {
    expect(parseProfile(WHOLE, 'mine.yaml')).toMatchObject({
      name: 'my-server',
      query: { 'api-version': '2024-10-21' },
      auth: { header: 'api-key', scheme: '' },
      models: { dpo: 'm-2' },
      capabilities: { pause: false, checkpoints: true },
      waivers: [{ requirement: 'create.seed.maximum', expires: '2027-01-31' }],
    });
  });

  it('may be JSON, and may say nothing but its name', () => {
    expect(parseProfile('{"name":"my-server"}', 'mine.json')).toEqual(bareProfile('my-server'));
  });

  it('without a file shows the key as OpenAI wants it', () => {
    expect(bareProfile('a').auth).toEqual({ header: 'authorization', scheme: 'Bearer' });
  });
});

describe('a profile that cannot be used', () => {
  it.each([
    ['is no YAML', 'name: [a', /^mine\.yaml:1:\d+: .*; mend the YAML there$/],
    ['has a key twice', 'name: a\nname: b', /^mine\.yaml:2:1: .*unique/],
    ['has several documents', 'name: a\n---\nname: b', /^mine\.yaml:2:1: /],
    ['has a tag of a language', 'name: !!js/function x', /^mine\.yaml:1:\d+: .*tag/i],
    ['is a list', '- a', /^mine\.yaml: the profile: /],
    ['is empty', '', /^mine\.yaml: the profile: /],
    ['has no name', 'title: x', /name/],
    ['has a member that is not known', 'name: a\n\nextends: other.yaml', /^mine\.yaml:3: extends is not known/],
    [
      'has an unknown member deeper down',
      'name: a\nauth:\n  header: api-key\n  key: s3cr3t',
      /^mine\.yaml:4: auth\.key is not known/,
    ],
    [
      'has an unknown capability',
      'name: a\ncapabilities:\n  core: true',
      /^mine\.yaml:3: capabilities\.core is not known/,
    ],
    ['merges another mapping', 'name: a\n<<: { foo: 1 }', /^mine\.yaml:2: << is not known/],
    ['has a name that is no file name', 'name: ../../etc', /^mine\.yaml:1: name: .*lower-case/],
    [
      'has a date that there is not',
      'name: a\nwaivers:\n  - { requirement: x, reason: y, owner: z, expires: 2027-02-30 }',
      /^mine\.yaml:3: waivers\.0\.expires: /,
    ],
    [
      'has a waiver without end',
      'name: a\nwaivers:\n  - { requirement: x, reason: y, owner: z }',
      /^mine\.yaml:3: waivers\.0/,
    ],
    [
      'counts a refusal as success',
      'name: a\nsuccessStatuses:\n  - 201\n  - 404',
      /^mine\.yaml:4: successStatuses\.1: /,
    ],
    ['waits for nothing', 'name: a\njobTimeoutSeconds: 0', /^mine\.yaml:2: jobTimeoutSeconds: /],
  ])('because it %s is refused in one line that names the place', (_, text, expected) => {
    expect(complaint(text)).toMatch(expected);
    expect(complaint(text)).not.toContain('\n');
  });
});

describe('a hostile profile', () => {
  it('does not fill the memory with aliases', () => {
    const nine = (of: string): string => `[${Array.from({ length: 9 }, () => of).join(',')}]`;
    const names = 'bcdefghi'.split('');
    const levels = names.map((name, at) => `${name}: &${name} ${nine(`*${at === 0 ? 'a' : (names[at - 1] ?? '')}`)}`);
    expect(complaint(['a: &a [x,x,x,x,x,x,x,x,x]', ...levels].join('\n'))).toMatch(/too many aliases/);
  });

  it('does not overflow the stack', () => {
    expect(complaint(`name: a\nmodels: ${'['.repeat(20_000)}`)).toMatch(/^mine\.yaml:/);
  });

  it('does not reach the prototype of anything', () => {
    expect(complaint('name: a\n__proto__: { polluted: true }')).toMatch(/__proto__ is not known/);
    expect(complaint('name: a\nauth: { __proto__: { header: x } }')).toMatch(/__proto__ is not known/);
    const { query } = parseProfile('name: a\nquery: { "__proto__": "x", "constructor": "y" }', 'mine.yaml');
    expect(Object.getPrototypeOf(query)).toBe(Object.prototype);
    expect('polluted' in {}).toBe(false);
  });

  it.each([
    ['file:///etc/passwd'],
    ['javascript:alert(1)'],
    ['ftp://example.com'],
    ['https://user:password@example.com/v1'],
    ['https://example.com/v1?key=1'],
    ['https://example.com/v1#x'],
    ['example.com'],
  ])('cannot make %s a base URL', (address) => {
    expect(complaint(`name: a\nbaseUrl: "${address}"`)).toMatch(/^mine\.yaml:2: baseUrl: /);
  });

  it.each(['host', 'content-length', 'transfer-encoding', 'Authorization', 'x: y', ''])(
    'cannot put the key into the header "%s"',
    (header) => {
      expect(complaint(`name: a\nauth: { header: "${header}" }`)).toMatch(/^mine\.yaml:2: auth\.header: /);
    },
  );

  it.each(['Bearer\\r\\nx-evil: 1', 'Bearer ', '<API key>'])('cannot put "%s" before the key', (scheme) => {
    expect(complaint(`name: a\nauth: { scheme: "${scheme}" }`)).toMatch(/auth\.scheme: /);
  });

  it('cannot name the variable that holds a key, nor read one', () => {
    expect(complaint('name: a\napiKeyEnv: HOME')).toMatch(/apiKeyEnv is not known/);
    expect(parseProfile('name: a\nmodels: { supervised: "${HOME}" }', 'mine.yaml').models.supervised).toBe('${HOME}');
  });
});

describe('reading a profile from a file', () => {
  function folder(): string {
    const made = mkdtempSync(join(tmpdir(), 'profile-'));
    onTestFinished(() => {
      rmSync(made, { recursive: true });
    });
    return made;
  }

  it('names the file where it is not there', () => {
    expect(() => readProfile('/nowhere/mine.yaml')).toThrow(
      /^\/nowhere\/mine\.yaml: it cannot be read; check the path/,
    );
  });

  it('names the file where it is a folder', () => {
    expect(() => readProfile(folder())).toThrow(ConfigurationError);
  });

  it('does not read a file that is too large', () => {
    const file = join(folder(), 'mine.yaml');
    writeFileSync(file, `name: a\n#${'x'.repeat(256 * 1024)}`);
    expect(() => readProfile(file)).toThrow(/more than 262144 bytes/);
    writeFileSync(file, 'name: a\n');
    expect(readProfile(file).name).toBe('a');
  });
});
