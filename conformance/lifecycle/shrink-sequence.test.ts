import { describe, expect, it } from 'vitest';
import { sequencesOf } from './generate.ts';
import { shrinkSequence, type Try } from './shrink-sequence.ts';
import { type Step, stepText } from './step.ts';

/** Fails behind the first step at which the words so far hold all of these, in this order. */
function needs(...words: readonly RegExp[]): Try {
  return (steps) => {
    let met = 0;
    for (const [at, step] of steps.entries()) {
      if (words[met]?.test(stepText(step)) === true) met += 1;
      if (met === words.length) return Promise.resolve(at);
    }
    return Promise.resolve(undefined);
  };
}

const [long = []] = sequencesOf(1, 50);

async function shrunk(steps: readonly Step[], fails: Try, tries = 60): Promise<readonly string[] | undefined> {
  const at = await fails(steps);
  return (await shrinkSequence(steps.slice(0, (at ?? steps.length) + 1), fails, tries))?.map(stepText);
}

describe('a failing sequence becomes the shortest that fails', () => {
  it('two calls where two are enough', async () => {
    expect(await shrunk(long, needs(/^create/, /^cancel/))).toEqual([
      'create job A: supervised, data good',
      'cancel job A',
    ]);
  });

  it('with two jobs where it takes two, called A and B', async () => {
    expect(await shrunk(long, needs(/^create job B/, /^retrieve job B/, /^retrieve job A/), 200)).toEqual([
      'create job A: supervised, data good',
      'create job B: supervised, data good',
      'retrieve job B',
      'retrieve job A',
    ]);
  });

  it('is none where it does not fail again, and stops at its tries', async () => {
    let runs = 0;
    const never: Try = () => {
      runs += 1;
      return Promise.resolve(undefined);
    };
    expect(await shrinkSequence(long, never, 10)).toBeUndefined();
    expect(runs).toBe(10);
  });
});
