// npm run conformance: see judge-target.ts. Loaded late, so that an installation that is broken ends with the status of
// a fault of the suite and not with node's 1, which would accuse the target.
import { runCommand } from './command.ts';

await runCommand(async () => (await import('./judge-target.ts')).judgeTarget());
