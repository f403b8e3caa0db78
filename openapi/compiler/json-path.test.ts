// The paths that targets of overlays are written in: what they select, and what is refused instead of guessed at.
import { describe, expect, it } from 'vitest';
import type { JsonValue } from './json.ts';
import { parsePath, placesAt } from './json-path.ts';

const root: JsonValue = {
  info: { title: 't', 'x-note': { title: 'n' } },
  tags: [{ name: 'a', at: { 'x-y': 1 } }, { name: 'b', at: { 'x-y': null } }, { name: "it's", hidden: true }, 'plain'],
  empty: {},
};

/** Places as pointers without a leading slash. */
function select(path: string): string[] {
  const parsed = parsePath(path, (what) => {
    throw new Error(what);
  });
  return placesAt(root, parsed).map((place) => place.join('/'));
}

function faultOf(path: string): string {
  try {
    select(path);
  } catch (error) {
    return (error as Error).message;
  }
  return 'none';
}

describe('a path selects', () => {
  it.each<[string, string, string[]]>([
    ['the root', '$', ['']],
    ['a member', '$.info.title', ['info/title']],
    ['a member in quotes', "$['info']['x-note']", ['info/x-note']],
    ['a member in double quotes', '$["info"][ "title" ]', ['info/title']],
    ['a name with a quote', "$.tags[?(@.name == 'it\\'s')]", ['tags/2']],
    ['every member', '$.info.*', ['info/title', 'info/x-note']],
    ['every item', '$.tags[*]', ['tags/0', 'tags/1', 'tags/2', 'tags/3']],
    ['a name at any depth', '$..title', ['info/title', 'info/x-note/title']],
    ['a quoted name at any depth', "$..['x-note']", ['info/x-note']],
    ['below what was found at any depth', "$..['x-note'].title", ['info/x-note/title']],
    ['items by a member', "$.tags[?(@.name == 'b')]", ['tags/1']],
    ['items without parentheses', "$.tags[?@.name=='b']", ['tags/1']],
    ['items by a member below', "$.tags[?(@.at['x-y'] == 1)]", ['tags/0']],
    ['items by true', '$.tags[?(@.hidden == true)]', ['tags/2']],
    ['items by null, which is not absence', "$.tags[?(@.at['x-y'] == null)]", ['tags/1']],
    ['plain items', "$.tags[?(@ == 'plain')]", ['tags/3']],
    ['members by a member', "$.info[?(@.title == 'n')]", ['info/x-note']],
    ['matches at any depth', "$..[?(@.name == 'a')]", ['tags/0']],
    ['nothing where nothing is', '$.tags.name.more', []],
    ['nothing in what is empty', '$.empty[*]', []],
    ['nothing that is inherited', '$.info.constructor', []],
  ])('%s', (_, path, places) => {
    expect(select(path)).toEqual(places);
  });

  it('each place once, in the order of the document', () => {
    expect(select('$..[*]..title')).toEqual(['info/title', 'info/x-note/title']);
  });
});

describe('a path is refused', () => {
  it.each<[string, string, string]>([
    ['without a root', 'info', 'does not begin with $'],
    ['with a hyphen outside quotes', '$.x-rules', 'has "-rules" where a step should begin'],
    ['with an index', '$.tags[0]', 'has "0]" within brackets'],
    ['with a slice', '$.tags[1:2]', 'has "1:2]" within brackets'],
    ['with several names', "$['a','b']", 'has ",\'b\']" where ] should stand'],
    ['with an open bracket', "$['a'", 'has nothing where ] should stand'],
    ['with a step without a name', '$.info.', 'has nothing where a name should stand'],
    ['with a filter for presence', '$.tags[?(@.name)]', 'has ")]" in a filter where == should stand'],
    ['with a filter of two tests', "$.tags[?(@.a == 1 && @.b == 2)]", 'has "&& @.b == 2)]" in a filter where ) should stand'],
    ['with another comparison', '$.tags[?(@.a < 1)]', 'has "< 1)]" in a filter where == should stand'],
    ['with a filter on the root', '$.tags[?($.a == 1)]', 'has a filter that does not begin with @'],
    ['with a filter on descendants', '$.tags[?(@..a == 1)]', 'has ".a == 1)]" where a name should stand'],
    ['with a filter that compares paths', '$.tags[?(@.a == @.b)]', 'compares with "@.b)]"'],
    ['with a function', '$.tags[?(length(@.a) == 1)]', 'has a filter that does not begin with @'],
    ['with an escape that we do not know', "$['\\u0061']", 'has "\'\\\\u0061\']" within brackets'],
  ])('%s', (_, path, fault) => {
    expect(faultOf(path)).toBe(`target ${JSON.stringify(path)} ${fault}`);
  }); // prettier-ignore
});

it('the mend says what is supported', () => {
  const mends: string[] = [];
  expect(() =>
    parsePath('$[0]', (_, mend) => {
      mends.push(mend);
      throw new Error();
    }),
  ).toThrow();
  expect(mends).toEqual(["use $, .name, ['name'], .*, [*], ..name and [?(@.member == 'value')]"]);
});
