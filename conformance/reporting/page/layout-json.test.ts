import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, isArray, isObject, type JsonValue, pointerOf } from '../../contract/json.ts';
import { layOutJson } from './layout-json.ts';

/** What stands at the place that a pointer names. */
function marked(body: string, pointer: string): string | undefined {
  const { text, place } = layOutJson(body, pointer);
  return place === undefined ? undefined : text.slice(...place);
}

function pointersIn(value: JsonValue, path: readonly (string | number)[] = []): string[] {
  const below = isArray(value)
    ? value.map((item, index) => [index, item] as const)
    : isObject(value)
      ? Object.entries(value)
      : [];
  return [
    ...(path.length === 0 ? [] : [pointerOf(path)]),
    ...below.flatMap(([key, item]) => pointersIn(item, [...path, key])),
  ];
}

describe('laying JSON out', () => {
  it('breaks and indents, and leaves what is empty on its line', () => {
    expect(layOutJson('{"a":[1,{"b":null}],"c":{},"d":[ ]}', null).text).toBe(
      '{\n  "a": [\n    1,\n    {\n      "b": null\n    }\n  ],\n  "c": {},\n  "d": []\n}',
    );
  });

  it('gives what JSON.stringify would, for every value', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(/^[{[]/.test(text));
        return layOutJson(text, null).text === JSON.stringify(JSON.parse(text), null, 2);
      }),
    );
  });

  it('keeps every token as it was written', () => {
    const body = '{"a":1.0,"a":1e400,"b":"\\u0041","n":9007199254740993}';
    expect(layOutJson(body, null).text).toBe(
      '{\n  "a": 1.0,\n  "a": 1e400,\n  "b": "\\u0041",\n  "n": 9007199254740993\n}',
    );
  });

  it('leaves alone what is no JSON', () => {
    for (const body of ['', 'Bad gateway', '<html>{}</html>', '{"model": "m",  "x": ', '{a: 1}', '"text"']) {
      expect(layOutJson(body, '/model')).toEqual({ text: body, place: undefined });
    }
  });

  it('lays out a body that was cut as far as it goes', () => {
    expect(marked('{"data":[{"id":"a"},{"id":"b"}],"rest":"xxx… (70000 characters)', '/data/1/id')).toBe('"id": "b"');
  });

  it('leaves alone what is nested beyond reason', () => {
    const body = '['.repeat(5_000) + ']'.repeat(5_000);
    expect(layOutJson(body, null).text).toBe(body);
  });
});

describe('the place that a pointer names', () => {
  it.each([
    ['{"a":{"b":[1,2,{"c":true}]}}', '/a/b/2/c', '"c": true'],
    ['{"a":{"b":[1,2]}}', '/a/b/1', '2'],
    ['{"a":{"b":[]}}', '/a', '"a": {\n    "b": []\n  }'],
    ['{"a/b":1,"m~n":2}', '/a~1b', '"a/b": 1'],
    ['{"a/b":1,"m~n":2}', '/m~0n', '"m~n": 2'],
    ['{"caf\\u00e9":1}', '/café', '"café": 1'.replace('é', '\\u00e9')],
    ['[{"id":1},{"id":2}]', '/1/id', '"id": 2'],
    ['{"a":1,"a":2}', '/a', '"a": 1'],
  ])('in %s is marked with its name: %s', (body, pointer, expected) => {
    expect(marked(body, pointer)).toBe(expected);
  });

  it('is nowhere where nothing is there, or the whole is meant', () => {
    expect(marked('{"a":1}', '/b')).toBeUndefined();
    expect(marked('{"a":{}}', '/a/b')).toBeUndefined();
    expect(marked('{"a":1}', '')).toBeUndefined();
  });

  it('holds the value that the pointer leads to, in every document', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (made) => {
        const value = JSON.parse(JSON.stringify(made)) as JsonValue;
        const text = JSON.stringify(value);
        for (const pointer of pointersIn(value)) {
          const shown = marked(text, pointer) ?? '';
          const isItem = isArray(at(value, pointer.slice(0, pointer.lastIndexOf('/'))));
          const own: unknown = isItem ? JSON.parse(shown) : Object.values(JSON.parse(`{${shown}}`) as object)[0];
          expect(own).toEqual(at(value, pointer));
        }
      }),
    );
  });
});
