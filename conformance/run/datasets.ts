// The datasets that a run uploads: small, harmless, legal in the format of their method, and never the same twice, so
// that a target cannot answer from memory. Ten examples are the least that the documents know.
import { editionName } from '../contract/active-contract.ts';
import type { Method } from '../generation/pools.ts';

const EXAMPLES = 12;

export const DATASETS = [
  'training',
  'second-training',
  'validation',
  'dpo',
  'dpo-validation',
  'reinforcement',
  'reinforcement-validation',
  'too-few',
  'not-jsonl',
  'other-purpose',
  'round-trip',
  'round-trip-unended',
] as const;
export type DatasetName = (typeof DATASETS)[number];

export interface Dataset {
  readonly name: DatasetName;
  readonly purpose: 'fine-tune' | 'assistants';
  readonly content: string;
}

/** The dataset of a name; `nonce` makes its content unlike that of every other run. */
export function dataset(name: DatasetName, nonce: string): Dataset {
  const content = CONTENTS[name](`${nonce}-${name}`);
  return { name, purpose: name === 'other-purpose' ? 'assistants' : 'fine-tune', content };
}

/** The datasets that a method trains and validates on. */
export function datasetsOf(method: Method): { training: DatasetName; validation: DatasetName } {
  switch (method) {
    case 'supervised':
      return { training: 'training', validation: 'validation' };
    case 'dpo':
      return { training: 'dpo', validation: 'dpo-validation' };
    case 'reinforcement':
      return { training: 'reinforcement', validation: 'reinforcement-validation' };
  }
}

const CONTENTS: Readonly<Record<DatasetName, (nonce: string) => string>> = {
  training: (nonce) => lines(EXAMPLES, (n) => chat(nonce, n)),
  'second-training': (nonce) => lines(EXAMPLES + 1, (n) => chat(nonce, n)),
  validation: (nonce) => lines(EXAMPLES, (n) => chat(nonce, n + 100)),
  dpo: (nonce) => lines(EXAMPLES, (n) => preference(nonce, n)),
  'dpo-validation': (nonce) => lines(EXAMPLES, (n) => preference(nonce, n + 100)),
  reinforcement: (nonce) => lines(EXAMPLES, (n) => rewarded(nonce, n)),
  'reinforcement-validation': (nonce) => lines(EXAMPLES, (n) => rewarded(nonce, n + 100)),
  'too-few': (nonce) => lines(3, (n) => chat(nonce, n)),
  'not-jsonl': (nonce) => `${JSON.stringify(chat(nonce, 1))}\nthis line of ${nonce} is not JSON\n`,
  'other-purpose': (nonce) => lines(EXAMPLES, (n) => chat(nonce, n)),
  // Blanks at the end of a line are as much of the file as what stands before them.
  'round-trip': (nonce) =>
    `${lines(EXAMPLES, (n) => chat(`${nonce} \u00e4\u4e2d\ud83d\ude80`, n))
      .replace('\n', '  \n')
      .trimEnd()}\r\n`,
  // No line end at the end, an accent in two characters, and more than one buffer of 64 KiB: nothing trains on it.
  'round-trip-unended': (nonce) =>
    lines(EXAMPLES, (n) => chat(`${nonce} e\u0301 ${'long '.repeat(1_200)}`, n)).trimEnd(),
};

function lines(count: number, line: (n: number) => object): string {
  return Array.from({ length: count }, (_, index) => `${JSON.stringify(line(index + 1))}\n`).join('');
}

function chat(nonce: string, n: number): object {
  return {
    messages: [
      { role: 'user', content: `What is ${n} plus ${n}? (${nonce})` },
      { role: 'assistant', content: `${n} plus ${n} is ${2 * n}.` },
    ],
  };
}

/** Preference data was keyed otherwise before edition 2025-05 (E-C15). */
const PREFERENCE = ['2024-04', '2024-09', '2024-12'].includes(editionName) ? 'completion' : 'output';

function preference(nonce: string, n: number): object {
  return {
    input: { messages: [{ role: 'user', content: `Name a number above ${n}. (${nonce})` }] },
    [`preferred_${PREFERENCE}`]: [{ role: 'assistant', content: `${n + 1} is above ${n}.` }],
    [`non_preferred_${PREFERENCE}`]: [{ role: 'assistant', content: `${n - 1} is above ${n}.` }],
  };
}

function rewarded(nonce: string, n: number): object {
  return {
    messages: [{ role: 'user', content: `Write the number after ${n}. (${nonce})` }],
    reference: String(n + 1),
    label: String(n + 1),
    answer: String(n + 1),
  };
}
