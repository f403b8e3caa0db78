// What is still reached when a server has rules of its own, which no schema states: one unstated rule must not poison
// every case. The same run against the emulator, as it is and behind three such rules; what is judged in both is kept.
import { at, isObject, type JsonObject, member } from '../../conformance/contract/json.ts';
import { createRequestSites } from '../../conformance/contract/request-sites.ts';
import { Extremes } from '../../conformance/generation/packing.ts';
import { METHODS } from '../../conformance/generation/pools.ts';
import type { LogLine } from '../../conformance/reporting/log.ts';
import { startEmulator } from '../../emulator/server.ts';
import { judgedAt, KEYS } from '../testing/judged-emulator.ts';
import { asJson, jsonIn, proxyTo } from '../testing/proxy.ts';
import { row, type Section } from './section.ts';

interface OwnRule {
  readonly words: string;
  readonly param: string;
  readonly isBroken: (body: JsonObject) => boolean;
}

/** Rules that vendors really have, and one that stands in the way of a clean base. */
export const OWN_RULES: readonly OwnRule[] = [
  {
    words: 'a method takes the settings of its own type only',
    param: 'method',
    isBroken: (body) =>
      METHODS.some((name) => name !== at(body, '/method/type') && member(body['method'], name) !== undefined),
  },
  {
    words: 'hyperparameters and method exclude each other',
    param: 'hyperparameters',
    isBroken: (body) => isObject(body['hyperparameters']) && isObject(body['method']),
  },
  {
    words: 'a suffix needs a seed',
    param: 'suffix',
    isBroken: (body) => typeof body['suffix'] === 'string' && typeof body['seed'] !== 'number',
  },
];

/** Constraint sites and legal extremes that a run has judged. */
export interface Reached {
  readonly sites: ReadonlySet<string>;
  readonly facts: ReadonlySet<string>;
}

/** What a run against the emulator reaches, behind its own rules or none. */
export async function reachedBehind(rules: readonly OwnRule[]): Promise<Reached> {
  const emulator = await startEmulator(KEYS);
  const proxy = await proxyTo(emulator.url, (asked, pass) => {
    const isCreate = asked.method === 'POST' && asked.path === '/fine_tuning/jobs';
    const body = isCreate ? jsonIn(asked.body) : undefined;
    const broken = isObject(body) ? rules.find(({ isBroken }) => isBroken(body)) : undefined;
    if (broken === undefined) return pass(asked);
    const { words, param } = broken;
    return asJson(400, { error: { message: words, type: 'invalid_request_error', param, code: null } });
  });
  try {
    const { lines } = await judgedAt(proxy.baseUrl, { only: ['create.*'], cases: 0, commands: 0 });
    return judgedIn(lines);
  } finally {
    await proxy.close();
    await emulator.close();
  }
}

function judgedIn(lines: readonly LogLine[]): Reached {
  const judged = new Set(
    lines.flatMap((line) =>
      line.kind === 'verdict' && (line.outcome === 'pass' || line.outcome === 'fail') ? [line.site ?? ''] : [],
    ),
  );
  return {
    sites: new Set(createRequestSites().flatMap(({ id }) => (judged.has(id) ? [id] : []))),
    facts: new Set([...new Extremes().facts].filter((fact) => judged.has(fact))),
  };
}

/** The part of what one run reached that another reached, too. */
export function keptOf(whole: ReadonlySet<string>, part: ReadonlySet<string>): number {
  return [...whole].filter((one) => part.has(one)).length / whole.size;
}

const GOAL = 0.95;

/** What three unstated rules leave. */
export const ownRules: Section = {
  name: 'rules',
  about: 'what is reached of create when the server has three rules of its own',
  run: async (say) => {
    const [plain, ruled] = [await reachedBehind([]), await reachedBehind(OWN_RULES)];
    const told = (kind: keyof Reached): string => {
      const kept = keptOf(plain[kind], ruled[kind]);
      const goal = `(goal: at least ${GOAL}${kept >= GOAL ? '' : ', MISSED'})`;
      return `${ruled[kind].size} of ${plain[kind].size}, ${kept.toFixed(3)} ${goal}`;
    };
    say('a server with rules of its own');
    for (const { words } of OWN_RULES) say(`  ${words}`);
    say(row('constraint sites kept', told('sites')));
    say(row('legal extremes kept', told('facts')));
  },
};
