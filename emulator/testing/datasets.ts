// Small datasets in each format.
import type { JsonObject } from '../json.ts';

const asLines = (count: number, example: (index: number) => JsonObject): string =>
  Array.from({ length: count }, (_, index) => `${JSON.stringify(example(index))}\n`).join('');

const chatMessages = (index: number): JsonObject[] => [
  { role: 'system', content: 'You are a helpful assistant.' },
  { role: 'user', content: `What is ${index} + ${index}?` },
  { role: 'assistant', content: `${index} + ${index} equals ${2 * index}.` },
];

/** Chat examples. */
export const chatLines = (count = 10): string => asLines(count, (index) => ({ messages: chatMessages(index) }));

/** Prompt/completion pairs. */
export const completionLines = (count = 10): string =>
  asLines(count, (index) => ({ prompt: `Question ${index}`, completion: ` Answer ${index}` }));

/** Preference examples, keyed as in editions since 2025-05 unless told otherwise. */
export const preferenceLines = (
  count = 10,
  keys: readonly [preferred: string, nonPreferred: string] = ['preferred_output', 'non_preferred_output'],
): string =>
  asLines(count, (index) => ({
    input: { messages: [{ role: 'user', content: `Hello ${index}` }] },
    [keys[0]]: [{ role: 'assistant', content: 'Good to see you.' }],
    [keys[1]]: [{ role: 'assistant', content: 'What do you want?' }],
  }));

/** Examples for reinforcement. */
export const reinforcementLines = (count = 10): string =>
  asLines(count, (index) => ({ messages: [{ role: 'user', content: `Label ${index}` }], label: String(index) }));
