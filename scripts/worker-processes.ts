// Work that a command shares out among processes of its own: each is asked one thing at a time, and tells the answer or
// what went wrong. Both ends of the line are here.
import { type ChildProcess, fork } from 'node:child_process';

type Message<Answer> = { readonly answer: Answer } | { readonly error: string };

/** How items become questions, and what they are asked of. */
export interface Sharing<Item, Answer> {
  /** The script of a process, which calls `answerQuestions`. */
  readonly script: string;
  /** Processes at a time. */
  readonly workers: number;
  /** What the environment of an item's process has beside ours; a process serves items of the same one. */
  readonly envOf: (item: Item) => Readonly<Record<string, string>>;
  readonly questionOf: (item: Item) => object;
  /** The item in an error about a process that died over it. */
  readonly nameOf: (item: Item) => string;
  readonly onAnswer: (item: Item, answer: Answer) => void;
}

/** Has each item answered, in whatever order. @throws the first error of a process; the items behind it are not asked. */
export async function askAll<Item, Answer>(items: readonly Item[], sharing: Sharing<Item, Answer>): Promise<void> {
  const queue = [...items];
  const work = async (): Promise<void> => {
    let child: ChildProcess | undefined;
    let childEnv = '';
    try {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
        const env = sharing.envOf(item);
        if (child === undefined || childEnv !== JSON.stringify(env)) {
          child?.kill();
          child = fork(sharing.script, { execArgv: ['--import', 'tsx'], env: { ...process.env, ...env } });
          childEnv = JSON.stringify(env);
        }
        sharing.onAnswer(item, await asked<Answer>(child, sharing.questionOf(item), sharing.nameOf(item)));
      }
    } finally {
      // Empty already, unless something went wrong.
      queue.length = 0;
      child?.kill();
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, sharing.workers) }, work));
}

async function asked<Answer>(child: ChildProcess, question: object, name: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const died = (): void => reject(new Error(`the process of ${name} died`));
    child.once('exit', died);
    child.once('message', (message: Message<Answer>) => {
      child.off('exit', died);
      if ('answer' in message) resolve(message.answer);
      else reject(new Error(`${name}: ${message.error}`));
    });
    child.send(question);
  });
}

/** In a process: answers each question that it is asked. */
export function answerQuestions(answer: (question: never) => Promise<unknown>): void {
  process.on('message', (question) => {
    answer(question as never).then(
      (found) => process.send?.({ answer: found }),
      (error: unknown) =>
        process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
}
