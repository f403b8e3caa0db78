// Reading documents: what comes out is JSON, and every complaint names the file and the place.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseText, readDocument } from './read-document.ts';
import { faultOf, folderWith } from './testing/faults.ts';

const parse = (text: string) => parseText(text, 'a.yaml');

describe('parseText', () => {
  it('reads YAML and JSON to the same values', () => {
    expect(parse('a: [1, x, ~, true]\nb: {c: 0.5}\n').root).toEqual(
      parse('{"a":[1,"x",null,true],"b":{"c":0.5}}').root,
    );
  });

  it('keeps to the core schema: dates, yes and 0777 are no special values', () => {
    expect(parse('%YAML 1.1\n---\nday: 2024-01-02\nyes: yes\nnumber: 0777\n').root).toEqual({
      day: '2024-01-02',
      yes: 'yes',
      number: 777,
    });
  });

  it.each([
    ['a: [1', 'a.yaml:1:'],
    ['a: 1\na: 2', 'a.yaml:2:1: key "a" stands twice'],
    ['a: !!binary aGk=', 'a.yaml:1:4: Unresolved tag'],
    ['a: !evil x', 'a.yaml:1:4: Unresolved tag'],
    ['a: 1\n---\nb: 2', 'a.yaml:2:1: the file holds several documents; keep one'],
    ['[1]', 'a.yaml: the document is not an object'],
    ['', 'a.yaml: the document is not an object'],
    ['\t- x: [}', 'a.yaml:1:'],
  ])('refuses %j and names the place', async (text, complaint) => {
    expect(await faultOf(() => parse(text))).toContain(complaint);
  });

  it('refuses nesting that no person writes, in blocks and in flow', async () => {
    expect(await faultOf(() => parse(`a: ${'['.repeat(600)}${']'.repeat(600)}`))).toMatch(
      /nests deeper than 200 levels/,
    );
    expect(await faultOf(() => parse('['.repeat(50_000)))).toMatch(/nests deeper/);
    expect(await faultOf(() => parse(`${'- '.repeat(20_000)}1`))).toMatch(/nests deeper/);
  });
});

describe('locate', () => {
  const { locate } = parse('paths:\n  /a/b:\n    - x: &one\n        y: 1\n    - *one\n');

  it('gives line, column and pointer of what stands at a pointer', () => {
    expect(locate('#/paths/~1a~1b/0/x')).toBe('a.yaml:4:9 #/paths/~1a~1b/0/x');
  });

  it('looks through aliases', () => {
    expect(locate('#/paths/~1a~1b/1/y')).toBe('a.yaml:4:12 #/paths/~1a~1b/1/y');
  });

  it('gives the nearest ancestor of what is not there', () => {
    expect(locate('#/paths/~1a~1b/0/z/w')).toBe('a.yaml:3:7 #/paths/~1a~1b/0/z/w');
    expect(locate('#/paths/~1a~1b/first')).toBe('a.yaml:3:5 #/paths/~1a~1b/first');
  });

  it('names the file alone where nothing is', () => {
    expect(parseText('{}', 'b.json').locate('#')).toBe('b.json:1:1 #');
  });
});

describe('readDocument', () => {
  it.each([
    ['nothing.yaml', 'the file cannot be read; check the path and the permissions'],
    ['folder', 'this is a folder; name the document in it'],
    ['latin1.yaml', 'the file is not UTF-8; convert it'],
    ['large.yaml', 'the file has more than 16777216 bytes; give a smaller document'],
  ])('says of %s what is wrong with it', async (name, complaint) => {
    const folder = folderWith();
    mkdirSync(join(folder, 'folder'));
    writeFileSync(join(folder, 'latin1.yaml'), Buffer.from([0x61, 0x3a, 0x20, 0xe9]));
    writeFileSync(join(folder, 'large.yaml'), Buffer.alloc(16 * 1024 * 1024 + 1, 0x20));
    const file = join(folder, name);
    expect(await faultOf(() => readDocument(file))).toBe(`${file}: ${complaint}`);
  });

  it('reads no device, for it may never end', async () => {
    expect(await faultOf(() => readDocument('/dev/zero'))).toContain('no ordinary file');
  });

  it('reads a file with a byte order mark, and calls it as it is told', () => {
    const folder = folderWith({ 'a.yaml': '\ufeffa: 1' });
    const { root, file } = readDocument(join(folder, 'a.yaml'), 'mine');
    expect([root, file]).toEqual([{ a: 1 }, 'mine']);
  });
});
