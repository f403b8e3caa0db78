// From YAML to JSON: size and depth count as if every alias were written out.
import { describe, expect, it } from 'vitest';
import { parseText } from './read-document.ts';
import { faultOf } from './testing/faults.ts';

const root = (text: string) => parseText(text, 'a').root;
const fault = (text: string) => faultOf(() => root(text));

describe('aliases', () => {
  it('stand for the value of their anchor, each time for the one before', () => {
    expect(root('a: &x 1\nb: *x\nc: &x 2\nd: *x')).toEqual({ a: 1, b: 1, c: 2, d: 2 });
  });

  it('need an anchor before them', async () => {
    expect(await fault('a: *x\nb: &x 1')).toMatch(/^a:1:4: .*x/);
  });

  it('must not stand inside what they name', async () => {
    expect(await fault('a: &x [*x]')).toBe('a:1:8: alias *x stands inside what it names; write the value out');
  });

  it('that multiply beyond measure are refused (billion laughs)', async () => {
    const laughs = Array.from({ length: 12 }, (_, level) => {
      const item = level === 0 ? '"ha"' : `*l${level - 1}`;
      return `l${level}: &l${level} [${Array.from({ length: 10 }, () => item).join(', ')}]`;
    });
    expect(await fault(laughs.join('\n'))).toMatch(/expands to more than 1000000 values; use fewer aliases$/);
  });

  it('that nest by way of each other count with all their levels', async () => {
    const wrapped = (inner: string): string => `${'['.repeat(25)}${inner}${']'.repeat(25)}`;
    const chain = Array.from(
      { length: 9 },
      (_, one) => `l${one}: &l${one} ${wrapped(one === 0 ? '1' : `*l${one - 1}`)}`,
    );
    expect(await fault(chain.join('\n'))).toMatch(/nests deeper than 200 levels/);
    expect(await fault(chain.slice(0, 7).join('\n'))).toBe('none');
  });
});

describe('names', () => {
  it('may be numbers and flags', () => {
    expect(root('200: a\ntrue: b\n1.5: c')).toEqual({ '200': 'a', true: 'b', '1.5': 'c' });
  });

  it('must not read alike', async () => {
    expect(await fault('200: a\n"200": b')).toBe('a:2:1: key "200" stands twice; remove one of them');
  });

  it.each(['? [a]\n: b', '? {a: 1}\n: b', '~: b', '&x a: 1\n*x : 2'])('must be text, not %j', async (text) => {
    expect(await fault(text)).toContain('a key is no text; quote it');
  });

  it('of the prototype are names like any other', () => {
    const value = root('__proto__: {polluted: 1}\nconstructor: 2');
    expect(Object.getOwnPropertyNames(value)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect('polluted' in {}).toBe(false);
  });
});

describe('values', () => {
  it.each(['.inf', '-.inf', '.nan'])('%s is no JSON number', async (number) => {
    expect(await fault(`a: ${number}`)).toBe('a:1:4: the number is not finite; give one that JSON can write');
  });

  it('an empty value is null', () => {
    expect(root('a:\nb: [~, 1]')).toEqual({ a: null, b: [null, 1] });
  });
});
