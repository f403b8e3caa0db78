// Which browser the tests of the page run in. They never vanish for want of one: where none is found Debian's package is
// installed, if that may be done here; else they fail in a line that says how to get one.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const INSTALL_MS = 600_000;

/** No browser was found. */
export class NoBrowser extends Error {
  override readonly name = 'NoBrowser';
}

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly places: readonly string[];
  /** Where Playwright would keep a browser of its own. */
  readonly playwrights: string;
  /** True where packages may be installed by this user. */
  readonly isRoot: boolean;
  /** Tells a person what is done. */
  readonly say: (line: string) => void;
}

function surroundings(): Surroundings {
  return {
    env: process.env,
    places: PLACES,
    playwrights: chromium.executablePath(),
    isRoot: process.getuid?.() === 0,
    say: announce,
  };
}

const announced = new Set<string>();

function announce(line: string): void {
  if (!announced.has(line)) process.stderr.write(`${line}\n`);
  announced.add(line);
}

/**
 * A browser to test in, installed first where there is none; which one it is, is said once on standard error.
 * @throws NoBrowser
 */
export function readyBrowser(here: Surroundings = surroundings()): string {
  const found = foundOrInstalled(here);
  here.say(`pages are tested in ${found}`);
  return found;
}

function foundOrInstalled(here: Surroundings): string {
  try {
    return findBrowser(here);
  } catch (error) {
    if (!(error instanceof NoBrowser) || isNamed(here)) throw error;
    const trouble = installChromium(here);
    if (trouble !== undefined) throw new NoBrowser(`${error.message} (${trouble})`);
    return findBrowser(here);
  }
}

/**
 * The path of a Chromium or Chrome: the one that CONFORMANCE_BROWSER names, else an installed one, else Playwright's own.
 * @throws NoBrowser
 */
export function findBrowser(here: Surroundings = surroundings()): string {
  const { env, places, playwrights } = here;
  const named = env['CONFORMANCE_BROWSER'];
  if (named !== undefined && isNamed(here)) {
    if (isProgram(named)) return named;
    throw new NoBrowser(`CONFORMANCE_BROWSER names ${named}, which is no program; correct it or unset it`);
  }
  const found = [...NAMES.flatMap((name) => onPath(name, env)), ...places, playwrights].find(isProgram);
  if (found !== undefined) return found;
  throw new NoBrowser(
    'no Chromium or Chrome was found; install one (apt install chromium, or npx playwright install chromium) or name it in CONFORMANCE_BROWSER',
  );
}

function isNamed({ env }: Surroundings): boolean {
  return (env['CONFORMANCE_BROWSER'] ?? '') !== '';
}

function onPath(name: string, env: Surroundings['env']): string[] {
  return (env['PATH'] ?? '').split(delimiter).flatMap((folder) => (folder === '' ? [] : [join(folder, name)]));
}

/** Installs Debian's Chromium. Gives the reason where that cannot be done or did not go well. */
function installChromium({ env, isRoot, say }: Surroundings): string | undefined {
  if (!onPath('apt-get', env).some(isProgram)) return 'apt-get is not there to install one';
  if (!isRoot) return 'only root can install one';
  say('no browser was found: installing chromium with apt-get');
  // Test files run side by side: the second waits for the first, and finds what it installed.
  const script =
    'command -v chromium >/dev/null || { apt-get update -q && apt-get install -y -q --no-install-recommends chromium fonts-dejavu-core; }';
  const lock = join(tmpdir(), 'fine-tuning-conformance-browser.lock');
  const { status, stderr, error } = spawnSync('/usr/bin/flock', [lock, '/bin/sh', '-c', script], {
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
    encoding: 'utf8',
    timeout: INSTALL_MS,
  });
  if (status === 0) return undefined;
  const said = error?.message ?? stderr.trim().split('\n').at(-1) ?? '';
  return `apt-get could not install one: ${said.slice(0, 200)}`;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
