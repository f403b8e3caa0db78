// Overlays: what their actions do to a document, by the Overlay specification 1.0, and what is refused.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from './json.ts';
import { applyOverlay, overlayOf, readOverlay } from './overlay.ts';
import { parseText } from './read-document.ts';
import { faultOf, folderWith } from './testing/faults.ts';

const base: JsonObject = {
  info: { title: 't', tags: ['a'], deep: { x: 1, y: { z: 2 } } },
  list: [{ name: 'a' }, { name: 'b' }, { name: 'a' }, 'text'],
  nothing: null,
};

const header = { overlay: '1.0.0', info: { title: 'o', version: '1' } };

/** The document after these actions; they stand one a line from line 2 on. */
function after(actions: readonly JsonObject[], document: JsonValue = base): JsonObject {
  const overlay = overlayOf(parseText(JSON.stringify({ ...header, actions }), 'o.yaml'));
  return applyOverlay(parseText(JSON.stringify(document), 'base.yaml'), overlay).root;
}

describe('update', () => {
  it('merges objects member by member and leaves the rest as it is', () => {
    expect(after([{ target: '$.info', update: { title: 'u', deep: { y: { w: 3 } }, more: [] } }])['info']).toEqual({
      title: 'u',
      tags: ['a'],
      deep: { x: 1, y: { z: 2, w: 3 } },
      more: [],
    });
  });

  it('keeps the order of what was there', () => {
    expect(Object.keys(after([{ target: '$', update: { new: 1, info: { title: 'u' } } }]))).toEqual([
      'info',
      'list',
      'nothing',
      'new',
    ]);
  });

  it('appends an entry to a list', () => {
    expect(after([{ target: '$.info.tags', update: 'b' }])['info']).toMatchObject({ tags: ['a', 'b'] });
    expect(after([{ target: '$.info.tags', update: ['b'] }])['info']).toMatchObject({ tags: ['a', ['b']] });
  });

  it('reaches each place that the target selects', () => {
    expect(after([{ target: "$.list[?(@.name == 'a')]", update: { seen: true } }])['list']).toEqual([
      { name: 'a', seen: true },
      { name: 'b' },
      { name: 'a', seen: true },
      'text',
    ]);
  });

  it('reaches a place and what lies in it', () => {
    const nested = { a: { at: 1, a: { at: 2 } } };
    expect(after([{ target: '$..a', update: { seen: true } }], nested)).toEqual({
      a: { at: 1, a: { at: 2, seen: true }, seen: true },
    });
  });

  it('gives null for a plain value and a plain value for null', () => {
    expect(after([{ target: '$', update: { nothing: 1, info: { title: null } } }])).toMatchObject({
      nothing: 1,
      info: { title: null },
    });
  });

  it('adds a member called __proto__ like any other', () => {
    const update = JSON.parse('{"__proto__":{"polluted":true}}') as JsonObject;
    const root = after([{ target: '$.info', update }]);
    expect(Object.keys(root['info'] as JsonObject)).toContain('__proto__');
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('remove', () => {
  it('takes members and items out of what holds them', () => {
    expect(after([{ target: '$.info', remove: true }])).toEqual({ list: base['list'], nothing: null });
    expect(after([{ target: "$.list[?(@.name == 'a')]", remove: true }])['list']).toEqual([{ name: 'b' }, 'text']);
    expect(after([{ target: '$.info.tags', remove: true }])['info']).not.toHaveProperty('tags');
  });

  it('takes out a place and what lies in it', () => {
    expect(after([{ target: '$..a', remove: true }], { a: { a: { b: 1 } }, c: {} })).toEqual({ c: {} });
  });

  it('goes before update, which then has no effect', () => {
    expect(after([{ target: '$.info', remove: true, update: { title: 'u' } }])).not.toHaveProperty('info');
  });
});

it('actions are carried out in order, each on what the one before left', () => {
  const actions: JsonObject[] = [
    { target: '$.info.tags', remove: true },
    { target: '$.info', update: { tags: ['z'] } },
    { target: '$.info.tags', update: 'y' },
  ];
  expect(after(actions)['info']).toMatchObject({ tags: ['z', 'y'] });
});

it('the base is left as it was', () => {
  const before = JSON.stringify(base);
  const source = { file: 'base.yaml', root: base, locate: (pointer: string) => pointer };
  const overlay = parseText(JSON.stringify({ ...header, actions: [{ target: '$..deep', remove: true }] }), 'o.yaml');
  expect(applyOverlay(source, overlayOf(overlay)).root).not.toEqual(base);
  expect(JSON.stringify(base)).toBe(before);
});

it('places of the result are looked up in the base, and the overlay is named', () => {
  const overlay = overlayOf(parseText(JSON.stringify({ ...header, actions: [{ target: '$', update: {} }] }), 'o.yaml'));
  const result = applyOverlay(parseText(JSON.stringify(base), 'base.yaml'), overlay);
  expect(result.locate('#/info')).toBe('base.yaml:1:9 #/info (with o.yaml)');
});

describe('an action is refused with file and number', () => {
  const place = (index: number): RegExp => new RegExp(`^o\\.yaml:1:\\d+ #/actions/${index}: action ${index}: `);

  it.each<[string, JsonObject, string]>([
    ['that matches nothing', { target: '$.gone', update: {} }, 'target $.gone matches nothing; correct the target'],
    ['in a path that we do not know', { target: '$.list[0]', remove: true }, 'target "$.list[0]" has "0]" within brackets; use $,'],
    ['that selects a plain value', { target: '$.info.title', remove: true }, 'target $.info.title selects a plain value; select the object'],
    ['that selects null', { target: '$.nothing', remove: true }, 'target $.nothing selects a plain value'],
    ['that removes everything', { target: '$', remove: true }, 'the whole document cannot be removed'],
    ['that gives an object something else', { target: '$.info', update: 1 }, 'target $.info selects an object, and update is none'],
    ['that merges a list with a list', { target: '$.info', update: { tags: ['b'] } }, 'update gives a list for the list tags; remove the list first'],
    ['that gives text for an object', { target: '$', update: { info: { deep: 'd' } } }, 'update gives a plain value for info.deep, which is an object'],
    ['that gives an object for text', { target: '$.info', update: { title: {} } }, 'update gives an object for title, which is a plain value'],
  ])('%s', async (_, action, complaint) => {
    const message = await faultOf(() => after([{ target: '$', update: {} }, action]));
    expect(message).toMatch(place(1));
    expect(message).toContain(complaint);
  }); // prettier-ignore

  it('that selects more places than any overlay needs', async () => {
    const doubling = Array.from({ length: 20 }, (_, index) => ({ target: '$..[?(@.k == 1)]', update: { [`m${index}`]: { k: 1 } } })); // prettier-ignore
    expect(await faultOf(() => after(doubling, { a: { k: 1 } }))).toContain('matches more than 10000 places');
  });
});

describe('a document is refused that is no overlay', () => {
  const actions = [{ target: '$', update: {} }];

  it.each<[string, JsonObject, string]>([
    ['of another version', { ...header, overlay: '1.1.0', actions }, '#/overlay: overlay this is no Overlay 1.0'],
    ['without a title', { ...header, info: { version: '1' }, actions }, '#/info/title: info.title Invalid input'],
    ['without actions', { ...header, actions: [] }, '#/actions: actions Too small'],
    ['with an action without a target', { ...header, actions: [{ remove: true }] }, '#/actions/0/target: actions.0.target Invalid input'],
    ['with a target that is no path', { ...header, actions: [{ target: 'info', remove: true }] }, 'target does not begin with $'],
    ['with an action that does nothing', { ...header, actions: [...actions, { target: '$' }] }, '#/actions/1: action 1 neither updates nor removes'],
    ['with a field of nobody', { ...header, actions: [{ ...actions[0], delete: true }] }, 'delete is no field of an overlay'],
  ])('%s', async (_, document, complaint) => {
    const message = await faultOf(() => overlayOf(parseText(JSON.stringify(document), 'o.yaml')));
    expect(message).toMatch(/^o\.yaml/);
    expect(message).toContain(complaint);
  }); // prettier-ignore

  it('but extensions may stand anywhere', () => {
    const document = {
      ...header,
      'x-a': 1,
      info: { ...header.info, 'x-b': 1 },
      actions: [{ ...actions[0], 'x-c': 1 }],
    };
    expect(overlayOf(parseText(JSON.stringify(document), 'o.yaml')).title).toBe('o');
  });
});

describe('a file', () => {
  it('is read within the limits of every document', async () => {
    const folder = folderWith({ 'twice.yaml': 'overlay: 1.0.0\noverlay: 1.0.0', 'deep.yaml': '- '.repeat(1_000) });
    expect(await faultOf(() => readOverlay(join(folder, 'twice.yaml')))).toContain('key "overlay" stands twice');
    expect(await faultOf(() => readOverlay(join(folder, 'deep.yaml')))).toContain('nests deeper than 200 levels');
    expect(await faultOf(() => readOverlay(join(folder, 'none.yaml')))).toContain('the file cannot be read');
  });

  it('is applied to the document that it extends, and to no other', async () => {
    const overlay = { ...header, extends: '../base.json', actions: [{ target: '$', update: { a: 1 } }] };
    const folder = folderWith({ 'all/o.yaml': JSON.stringify(overlay) });
    const [own, other] = ['base.json', 'other.json'].map((name) => parseText('{}', join(folder, name)));
    if (!own || !other) throw new Error('two documents');
    const read = readOverlay(join(folder, 'all/o.yaml'));
    expect(applyOverlay(own, read).root).toEqual({ a: 1 });
    expect(await faultOf(() => applyOverlay(other, read))).toContain(
      '#/extends: the overlay extends "../base.json", not',
    );
  });
});
