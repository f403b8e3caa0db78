// One process of `npm run judge`: judges the defects that it is sent, one after another.
import { judgeDefect, type JudgeOptions, type ListedDefect } from './judge-defects.ts';

interface Work {
  readonly defect: ListedDefect | undefined;
  readonly options: JudgeOptions;
}

process.on('message', ({ defect, options }: Work) => {
  judgeDefect(defect, options).then(
    (result) => process.send?.({ result }),
    (error: unknown) =>
      process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
