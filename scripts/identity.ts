// Who judges, and by what: the name and version of the suite, and the digest of the contract that a report is made by.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { editionName } from '../conformance/contract/active-contract.ts';
import type { RunConfig } from '../conformance/run/config.ts';

/** @param root the project's folder. */
export function identityOf(root: string): Pick<RunConfig, 'contractSha256' | 'tool'> {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));
  const { name, version } = read('package.json') as { name: string; version: string };
  const { contractSha256 } = read(`generated/${editionName}/manifest.json`) as { contractSha256: string };
  return { contractSha256, tool: { name, version } };
}
