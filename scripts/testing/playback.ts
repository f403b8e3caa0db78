// A good session with the emulator, recorded, and played back to whoever asks: green that would mean nothing. What comes
// back is valid, fits the operation, and was once true of somebody else's jobs.
import type { Options } from '../../conformance/run/configure.ts';
import { operationFor } from '../../conformance/client/typed-client.ts';
import { startEmulator } from '../../emulator/server.ts';
import { judgedAt, KEYS } from './judged-emulator.ts';
import { type Answered, type Asked, asJson, proxyTo, type Through } from './proxy.ts';

/** A request of a session, and how it was answered. */
export interface Recorded {
  readonly asked: Asked;
  readonly answer: Answered;
}

/** Judges the emulator, and keeps every exchange in its order. */
export async function recordSession(options: Options): Promise<readonly Recorded[]> {
  const emulator = await startEmulator(KEYS);
  const session: Recorded[] = [];
  const proxy = await proxyTo(emulator.url, async (asked, pass) => {
    const answer = await pass(asked);
    session.push({ asked, answer });
    return answer;
  });
  try {
    await judgedAt(proxy.baseUrl, options);
    return session;
  } finally {
    await proxy.close();
    await emulator.close();
  }
}

/** How a recording is searched for an answer: by the operation alone, or first by the very words of the request. */
export const PLAYBACKS = ['in order', 'by what was asked'] as const;

/** Answers each request from a recording; the last answer of a kind is given again and again. */
export function playback(session: readonly Recorded[], manner: (typeof PLAYBACKS)[number]): Through {
  const left = new Map<string, Answered[]>();
  for (const { asked, answer } of session)
    for (const key of keysOf(asked)) left.set(key, [...(left.get(key) ?? []), answer]);
  return (asked) => {
    const [words, operation] = keysOf(asked);
    const own = manner === 'by what was asked' ? left.get(words) : undefined;
    const answers = own ?? left.get(operation) ?? [];
    return (answers.length > 1 ? answers.shift() : answers[0]) ?? asJson(404, {});
  };
}

function keysOf({ method, path, body }: Asked): readonly [words: string, operation: string] {
  return [`${method} ${path} ${body.toString('latin1')}`, operationFor(method, path)];
}
