import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBrowser, NoBrowser } from './find-browser.ts';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'browser-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function program(name: string): string {
  const file = join(folder, name);
  writeFileSync(file, '');
  chmodSync(file, 0o755);
  return file;
}

const NONE = { env: {}, places: [], playwrights: '/nowhere' };

describe('the browser of the tests', () => {
  it('is the one that CONFORMANCE_BROWSER names', () => {
    const named = program('my-browser');
    program('chromium');
    expect(findBrowser({ ...NONE, env: { CONFORMANCE_BROWSER: named, PATH: folder } })).toBe(named);
  });

  it('is else one on the path, else a usual place, else the one of Playwright', () => {
    const [chrome, place, own] = [program('google-chrome'), program('place'), program('own')];
    expect(findBrowser({ env: { PATH: folder }, places: [place], playwrights: own })).toBe(chrome);
    expect(findBrowser({ ...NONE, places: [place], playwrights: own })).toBe(place);
    expect(findBrowser({ ...NONE, playwrights: own })).toBe(own);
  });

  it('is asked for in one line where there is none, or not the one that was named', () => {
    expect(() => findBrowser(NONE)).toThrow(NoBrowser);
    expect(() => findBrowser(NONE)).toThrow(/npx playwright install chromium/);
    expect(() => findBrowser({ ...NONE, env: { CONFORMANCE_BROWSER: '/nowhere/chrome' } })).toThrow(
      /names \/nowhere\/chrome/,
    );
  });
});
