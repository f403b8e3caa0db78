// What the command hands to the process that performs the run: a file, named by a variable of the environment.
import { readFileSync } from 'node:fs';
import type { RunConfig } from './config.ts';

export const ASSIGNMENT_ENV = 'CONFORMANCE_ASSIGNMENT';

export interface Assignment {
  readonly config: RunConfig;
  /** What is performed, in its order: who only names the scenarios has no need to load the judge. */
  readonly scenarios: readonly { readonly id: string; readonly title: string }[];
  /** A file by whose appearance the run is told to stop. */
  readonly stopFile: string;
  /** The process that started the run, and without which it stops. */
  readonly commandPid: number;
}

/** @throws Error where the process was started by somebody else. */
export function readAssignment(): Assignment {
  const file = process.env[ASSIGNMENT_ENV];
  if (file === undefined) throw new Error('start the suite with: npm run conformance');
  return JSON.parse(readFileSync(file, 'utf8')) as Assignment;
}
