// npm run sweep: see sweep-target.ts. Loaded once the contract is chosen: a run of another edition may have left its name in
// the environment, and any edition will do here.
import { runCommand } from './command.ts';
import { withoutKeys } from './without-keys.ts';

process.env['CONFORMANCE_EDITION'] = 'current';

await runCommand(async () => (await import('./sweep-target.ts')).sweepTarget(), withoutKeys);
