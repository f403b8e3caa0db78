// One process of `npm run judge`: judges the defects that it is sent, one after another.
import { judgeDefect, type JudgeOptions, type ListedDefect } from './judge-defects.ts';
import { answerQuestions } from './worker-processes.ts';

interface Work {
  readonly defect: ListedDefect | undefined;
  readonly options: JudgeOptions;
}

answerQuestions(({ defect, options }: Work) => judgeDefect(defect, options));
