// One process of `npm run steady`: runs the suite against an emulator of its own, as often as it is asked to. The contract
// of a process is that of its edition, so there is one for each.
import { steadyRun } from './testing/steady-run.ts';
import { answerQuestions } from './worker-processes.ts';

answerQuestions(steadyRun);
