// npm run conformance: see judge-target.ts. Loaded late, so that an installation that is broken ends with the status of
// a fault of the suite and not with node's 1, which would accuse the target; and so that the edition is known before the
// judge is loaded, which is made of the edition's contract.
import { resolve } from 'node:path';
import { askedEdition } from './asked-edition.ts';
import { runCommand } from './command.ts';
import { withoutKeys } from './without-keys.ts';

process.env['CONFORMANCE_EDITION'] = askedEdition(process.argv.slice(2), resolve(import.meta.dirname, '..'));

await runCommand(async () => (await import('./judge-target.ts')).judgeTarget(), withoutKeys);
