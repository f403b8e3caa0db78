// One process of `npm run steady`: runs the suite against an emulator of its own, as often as it is asked to. The contract
// of a process is that of its edition, so there is one for each.
import { type SteadyRun, steadyRun } from './testing/steady-run.ts';

process.on('message', (asked: SteadyRun) => {
  steadyRun(asked).then(
    (result) => process.send?.({ result }),
    (error: unknown) =>
      process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
