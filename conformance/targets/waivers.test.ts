import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseProfile } from './profile.ts';
import { readWaivers, removeWaivers } from './waivers.ts';

const FILE = `# Accepted by the jobs team.
waivers:
  # The index is being rebuilt.
  - requirement: list.order.newest-first
    reason: our index is being rebuilt # see the wiki
    owner: jobs-team
    expires: 2027-01-31

  -
    requirement: create.seed.maximum
    fingerprint: 0a1b2c3d
    reason: >
      we take
      any seed
    owner: jo
    expires: 2027-02-28
  # The last one.
  - { requirement: create.suffix.accepts, reason: no, owner: al, expires: 2027-03-31 } # soon
# The end.
`;

function fileOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'waivers-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'waivers.yaml');
  writeFileSync(file, text);
  return file;
}

/** The file without some of its waivers. */
function without(text: string, ...indexes: readonly number[]): string {
  const file = fileOf(text);
  removeWaivers(readWaivers(file).filter((_, index) => indexes.includes(index)));
  return readFileSync(file, 'utf8');
}

describe('waivers of a file', () => {
  it('know their lines', () => {
    const lines = readWaivers(fileOf(FILE)).map(({ place }) => [place?.first, place?.last]);
    expect(lines).toEqual([[4, 7], [9, 16], [18, 18]]); // prettier-ignore
  });

  it('in a profile know their lines too', () => {
    const text = `name: mine\n${FILE}`;
    expect(parseProfile(text, 'mine.yaml').waivers[0]?.place).toEqual({ file: 'mine.yaml', first: 5, last: 8 });
  });
});

describe('taking waivers out of a file', () => {
  const lines = FILE.split('\n');

  it.each([
    [[0], [4, 7]],
    [[1], [9, 16]],
    [[2], [18, 18]],
  ])('removes the lines of number %j and changes no other', (indexes, [first = 0, last = 0]) => {
    const kept = lines.filter((_, index) => index + 1 < first || index + 1 > last);
    expect(without(FILE, ...indexes)).toBe(kept.join('\n'));
  });

  it('leaves a file that can be read, with every comment and the order of the rest', () => {
    expect(without(FILE, 0, 2)).toContain('# The last one.\n# The end.');
    const file = fileOf(without(FILE, 0, 1, 2));
    expect(readWaivers(file)).toEqual([]);
    expect(readFileSync(file, 'utf8')).toContain('# The index is being rebuilt.');
  });

  it('keeps the ends of lines as they are', () => {
    expect(without(FILE.replaceAll('\n', '\r\n'), 1)).toBe(
      lines.filter((_, index) => index < 8 || index > 15).join('\r\n'),
    );
  });

  it.each([
    ['several stand on one line', 'waivers: [{ requirement: a, reason: b, owner: c, expires: 2027-01-31 }, { requirement: d, reason: e, owner: f, expires: 2027-01-31 }]\n'],
    ['another waiver repeats a part of it', 'waivers:\n  - requirement: a\n    reason: &why long\n    owner: c\n    expires: 2027-01-31\n  - requirement: d\n    reason: *why\n    owner: f\n    expires: 2027-01-31\n'],
  ])('touches nothing where %s, and says what to do', (_, text) => {
    const file = fileOf(text);
    expect(() => removeWaivers(readWaivers(file).slice(0, 1))).toThrow(/cannot be taken out line by line; take those of line/);
    expect(readFileSync(file, 'utf8')).toBe(text);
  }); // prettier-ignore

  it('touches nothing where the file changed meanwhile', () => {
    const file = fileOf(FILE);
    const waivers = readWaivers(file);
    writeFileSync(file, `# Somebody else was here.\n${FILE}`);
    expect(() => removeWaivers(waivers.slice(0, 1))).toThrow(/line by line/);
  });
});
