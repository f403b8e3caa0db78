import { describe, expect, it } from 'vitest';
import { matchesAny } from './glob.ts';

describe('a row is chosen', () => {
  it.each([
    ['create.seed.echo', ['create.seed.echo']],
    ['create.seed.echo', ['create.*']],
    ['create.seed.echo', ['*.echo']],
    ['create.seed.echo', ['*.seed.*']],
    ['create.seed.echo', ['list.*', 'create.*']],
    ['create.seed.echo', ['*']],
    ['a(b)[c]', ['a(b)[c]']],
  ])('%s by %j', (id, globs) => expect(matchesAny(id, globs)).toBe(true));

  it.each([
    ['create.seed.echo', []],
    ['create.seed.echo', ['create']],
    ['create.seed.echo', ['seed.*']],
    ['create.seed.echo', ['*.seed']],
    // A dot is a dot.
    ['create.seed.echo', ['create?seed.echo']],
    ['createXseed.echo', ['create.seed.echo']],
    ['create.seed.echo', ['list.*', 'cancel.*']],
  ])('%s not by %j', (id, globs) => expect(matchesAny(id, globs)).toBe(false));
});
