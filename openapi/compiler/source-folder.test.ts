// What a $ref may open: the document itself and files beside it.
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocument } from './read-document.ts';
import { SourceFolder } from './source-folder.ts';
import { faultOf, folderWith } from './testing/faults.ts';

function opened(files: Readonly<Record<string, string>> = {}) {
  const folder = folderWith({ 'api/main.yaml': 'a: {b: 1}\n', 'outside.yaml': 'secret: 1', ...files });
  const main = readDocument(join(folder, 'api/main.yaml'));
  const source = new SourceFolder(main);
  return { folder, main, source, follow: (reference: string) => source.follow(reference, main, '#/a') };
}

describe('a reference', () => {
  it('names a place of the document', () => {
    const { follow, main } = opened();
    expect(follow('#/a/b')).toMatchObject({ value: 1, pointer: '#/a/b' });
    expect(follow('#').value).toBe(main.root);
  });

  it('names a place of a file beside it, in any spelling the same', () => {
    const { follow } = opened({ 'api/parts/x y.yaml': 'c: {"d/e": 2}' });
    const target = follow('parts/x%20y.yaml#/c/d~1e');
    expect(target).toMatchObject({ value: 2, pointer: '#/c/d~1e' });
    expect(follow('./parts/../parts/x y.yaml#/c/d%7E1e').source).toBe(target.source);
  });

  it('is read from the folder of the file that it stands in', () => {
    const { source, main, folder } = opened({ 'api/parts/x.yaml': 'a: 1', 'api/parts/y.yaml': 'b: 2' });
    const from = source.follow('parts/x.yaml', main, '#').source;
    expect(from.file).toBe(join(folder, 'api/parts/x.yaml'));
    expect(source.follow('y.yaml#/b', from, '#').value).toBe(2);
    expect(source.follow('../main.yaml#/a/b', from, '#').source).toBe(main);
  });

  it.each([
    ['#/a/c', 'points to nothing; define it or correct the pointer'],
    ['gone.yaml', 'names a file that is not there'],
    ['https://vendor.example/a.yaml#/x', 'is a URL, and nothing is fetched'],
    ['http://127.0.0.1:1/a.yaml', 'is a URL, and nothing is fetched'],
    ['file:///etc/passwd', 'is a URL, and nothing is fetched'],
    ['FILE:/etc/passwd', 'is a URL, and nothing is fetched'],
    ['data:text/yaml,a', 'is a URL, and nothing is fetched'],
    ['//vendor.example/a.yaml', 'is a URL, and nothing is fetched'],
    ['\\\\vendor\\share\\a.yaml', 'is a URL, and nothing is fetched'],
    ['../outside.yaml', "leaves the document's folder"],
    ['%2e%2e/outside.yaml', "leaves the document's folder"],
    ['parts/../../outside.yaml', "leaves the document's folder"],
    ['/etc/passwd', "leaves the document's folder"],
  ])('%s is refused, for it %s', async (reference, complaint) => {
    const { follow } = opened();
    const message = await faultOf(() => follow(reference));
    expect(message).toContain(`$ref ${JSON.stringify(reference)} ${complaint}`);
    expect(message).toMatch(/\/api\/main\.yaml:1:4 #\/a: /);
  });

  it('does not tell whether a file outside is there', async () => {
    const { follow } = opened();
    const [there, notThere] = [
      await faultOf(() => follow('../outside.yaml')),
      await faultOf(() => follow('../none.yaml')),
    ];
    expect(there.replace('outside', 'none')).toBe(notThere);
  });

  it('does not leave the folder by a symbolic link, to a file or by way of a folder', async () => {
    const { follow, folder } = opened();
    symlinkSync(join(folder, 'outside.yaml'), join(folder, 'api/link.yaml'));
    symlinkSync(folder, join(folder, 'api/up'));
    for (const reference of ['link.yaml', 'up/outside.yaml']) {
      expect(await faultOf(() => follow(reference)), reference).toContain("leaves the document's folder");
    }
  });

  it('may use a symbolic link that stays in the folder', () => {
    const { follow, folder } = opened({ 'api/real.yaml': 'a: 1' });
    symlinkSync(join(folder, 'api/real.yaml'), join(folder, 'api/link.yaml'));
    expect(follow('link.yaml').source).toBe(follow('real.yaml').source);
  });

  it("a folder whose name only begins like the document's is outside", async () => {
    const { follow } = opened({ 'api-private/x.yaml': 'a: 1' });
    expect(await faultOf(() => follow('../api-private/x.yaml'))).toContain("leaves the document's folder");
  });

  it('a document is spread over a hundred files at most', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `${index}.yaml`);
    const { follow } = opened(Object.fromEntries(names.map((name) => [`api/${name}`, 'a: 1'])));
    expect(await faultOf(() => names.map(follow))).toContain('is to more than 100 files; bundle the document first');
  });
});
