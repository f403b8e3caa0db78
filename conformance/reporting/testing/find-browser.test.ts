import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBrowser, NoBrowser, readyBrowser } from './find-browser.ts';

let folder = '';
let said: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'browser-'));
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

function program(name: string, text = ''): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  chmodSync(file, 0o755);
  return file;
}

const NONE = {
  env: {},
  places: [],
  playwrights: '/nowhere',
  isRoot: true,
  say: (line: string) => void said.push(line),
};

describe('the browser of the tests', () => {
  it('is the one that CONFORMANCE_BROWSER names', () => {
    const named = program('my-browser');
    program('chromium');
    expect(findBrowser({ ...NONE, env: { CONFORMANCE_BROWSER: named, PATH: folder } })).toBe(named);
  });

  it('is else one on the path, else a usual place, else the one of Playwright', () => {
    const [chrome, place, own] = [program('google-chrome'), program('place'), program('own')];
    expect(findBrowser({ ...NONE, env: { PATH: folder }, places: [place], playwrights: own })).toBe(chrome);
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

describe('a machine without a browser', () => {
  /** An apt-get that notes what it was asked, and on install puts a chromium beside itself. */
  const aptGet = (status = 0): void =>
    void program(
      'apt-get',
      `#!/bin/sh
PATH=/usr/bin:/bin
echo "$@" >> ${folder}/asked
if [ "$1" = install ]; then [ ${status} = 0 ] || { echo 'E: no space left' >&2; exit ${status}; }; printf '' > ${folder}/chromium; chmod +x ${folder}/chromium; fi
`,
    );

  it('gets the one of Debian, where that may be installed', () => {
    aptGet();
    expect(readyBrowser({ ...NONE, env: { PATH: folder } })).toBe(join(folder, 'chromium'));
    expect(said).toEqual([
      'no browser was found: installing chromium with apt-get',
      `pages are tested in ${join(folder, 'chromium')}`,
    ]);
  });

  it('is told apart from one where nothing may be installed, and from one where that failed', () => {
    expect(() => readyBrowser(NONE)).toThrow(/no Chromium or Chrome was found.*apt-get is not there/);
    aptGet(100);
    expect(() => readyBrowser({ ...NONE, env: { PATH: folder }, isRoot: false })).toThrow(/only root can install one/);
    expect(existsSync(join(folder, 'asked'))).toBe(false);
    expect(() => readyBrowser({ ...NONE, env: { PATH: folder } })).toThrow(
      /apt-get could not install one: E: no space/,
    );
  });

  it('installs nothing where a browser was named and is not there', () => {
    aptGet();
    const env = { PATH: folder, CONFORMANCE_BROWSER: '/nowhere/chrome' };
    expect(() => readyBrowser({ ...NONE, env })).toThrow(/names \/nowhere\/chrome/);
    expect(existsSync(join(folder, 'asked'))).toBe(false);
  });
});
