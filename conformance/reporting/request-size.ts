// Which of several requests that show the same failure stands for all of them.
import type { SentRequest } from '../requirements/exchange.ts';

const ONCE_ONLY = /^\/fine_tuning\/jobs\/[^?]|^\/files/;
const NEVER_SMALL = 1_000_000_000;

/**
 * How much a reader has to take in: members and items, and stretches of long text. Two values of one member weigh the
 * same, so that the first, which is the one at the bound, stays. What cannot be sent again, as a job is cancelled only
 * once, stands for others only where nothing else does.
 */
export function sizeOf({ method, path, body = '' }: Pick<SentRequest, 'method' | 'path' | 'body'>): number {
  const canBeRepeated = method === 'GET' || (method === 'POST' && !ONCE_ONLY.test(path));
  return (body.match(/[,:{[]/g)?.length ?? 0) + Math.ceil(body.length / 64) + (canBeRepeated ? 0 : NEVER_SMALL);
}
