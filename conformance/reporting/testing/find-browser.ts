// Which browser the tests of the page run in. They never vanish for want of one: without a browser they fail in a line
// that says how to get one.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** No browser was found. */
export class NoBrowser extends Error {
  override readonly name = 'NoBrowser';
}

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly places: readonly string[];
  /** Where Playwright would keep a browser of its own. */
  readonly playwrights: string;
}

function surroundings(): Surroundings {
  return { env: process.env, places: PLACES, playwrights: chromium.executablePath() };
}

/**
 * The path of a Chromium or Chrome: the one that CONFORMANCE_BROWSER names, else an installed one, else Playwright's own.
 * @throws NoBrowser
 */
export function findBrowser({ env, places, playwrights }: Surroundings = surroundings()): string {
  const named = env['CONFORMANCE_BROWSER'];
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return named;
    throw new NoBrowser(`CONFORMANCE_BROWSER names ${named}, which is no program; correct it or unset it`);
  }
  const onPath = (env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => (folder === '' ? [] : NAMES.map((name) => join(folder, name))));
  const found = [...onPath, ...places, playwrights].find(isProgram);
  if (found !== undefined) return found;
  throw new NoBrowser(
    'no Chromium or Chrome was found; install one (apt install chromium, or npx playwright install chromium) or name it in CONFORMANCE_BROWSER',
  );
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return existsSync(file);
  } catch {
    return false;
  }
}
