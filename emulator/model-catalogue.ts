// The base models that can be trained: by alias and dated snapshot, and by method. Names as the documents and guides
// use them; the one that all examples use stands first.
import type { MethodType } from './store/records.ts';

export interface BaseModel {
  readonly name: string;
  /** What an alias stands for. */
  readonly snapshot: string;
  readonly methods: readonly MethodType[];
  /** Whether it takes prompt/completion pairs instead of messages. */
  readonly completions: boolean;
  /** In Unix seconds. */
  readonly created: number;
}

const CHAT: readonly MethodType[] = ['supervised', 'dpo'];

function family(alias: string, date: string, created: number, methods = CHAT, completions = false): BaseModel[] {
  const snapshot = date === '' ? alias : `${alias}-${date}`;
  const names = snapshot === alias ? [alias] : [alias, snapshot];
  return names.map((name) => ({ name, snapshot, methods, completions, created }));
}

export const BASE_MODELS: readonly BaseModel[] = [
  ...family('gpt-4o-mini', '2024-07-18', 1721172741),
  ...family('gpt-4o', '2024-08-06', 1722814719),
  ...family('gpt-4.1', '2025-04-14', 1744316542),
  ...family('gpt-4.1-mini', '2025-04-14', 1744318173),
  ...family('gpt-4.1-nano', '2025-04-14', 1744321025),
  ...family('gpt-3.5-turbo', '0125', 1706048358),
  ...family('o4-mini', '2025-04-16', 1744133506, ['reinforcement']),
  ...family('babbage-002', '', 1692634615, ['supervised'], true),
  ...family('davinci-002', '', 1692634301, ['supervised'], true),
];

/** The base model of a name. */
export function baseModel(name: string): BaseModel | undefined {
  return BASE_MODELS.find((model) => model.name === name);
}
