// How fast legal create bodies are made, beside json-schema-faker on the same schema, in turns in one process. Only
// bodies that ajv accepts count, for both sides, and the time of asking ajv counts for both too.
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { createGeneratorSync } from 'json-schema-faker';
import type { JsonObject } from '../../conformance/contract/json.ts';
import { CREATE_REQUEST } from '../../conformance/contract/request-sites.ts';
import { locate } from '../../conformance/contract/schema.ts';
import { arbitraryFor, VALID } from '../../conformance/generation/arbitrary.ts';
import { acceptablePayloads } from '../../conformance/generation/payloads.ts';
import { METHODS } from '../../conformance/generation/pools.ts';
import { plainSchema } from './plain-schema.ts';
import { against, median, row, type Section } from './section.ts';

const ROUNDS = 7;
const BODIES = 4_000;
/** Bodies that exist at once: keeping all of them would measure the collector. */
const AT_ONCE = 200;
const GOALS = { count: 5, bytes: 8 };

type Draw = (count: number, seed: number) => readonly unknown[];

interface Measured {
  readonly count: number;
  readonly bytes: number;
  readonly invalid: number;
  readonly seconds: number;
}

/** The generators side by side. */
export const payloads: Section = {
  name: 'payloads',
  about: 'legal create bodies a second, beside json-schema-faker',
  run: (say) => {
    const schema = plainSchema(CREATE_REQUEST);
    const isValid = new Ajv2020({ strict: false, logger: false }).compile(schema);
    const generators: Readonly<Record<string, Draw>> = {
      ours: sampled(arbitraryFor(locate(CREATE_REQUEST), VALID)),
      acceptable: sampled(acceptablePayloads({ methods: METHODS, integrations: true })),
      faker: faked(schema, {}),
      full: faked(schema, { alwaysFakeOptionals: true }),
    };
    const rounds = Object.fromEntries(Object.keys(generators).map((name) => [name, [] as Measured[]]));
    // The first round warms everything up and is not counted.
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const [name, draw] of Object.entries(generators)) {
        const measured = measure(draw, round + 1, isValid);
        if (round > 0) rounds[name]?.push(measured);
      }
    }
    tell(say, rounds);
  },
};

function sampled(arbitrary: fc.Arbitrary<unknown>): Draw {
  return (count, seed) => fc.sample(arbitrary, { numRuns: count, seed });
}

/** json-schema-faker, synchronous, a new seed each time, every reference local and resolved. */
function faked(schema: JsonObject, options: { readonly alwaysFakeOptionals?: boolean }): Draw {
  return (count, seed) => {
    const generator = createGeneratorSync({ seed: seed * 100_003, ...options });
    return Array.from({ length: count }, () => generator.generate(schema));
  };
}

function measure(draw: Draw, round: number, isValid: (body: unknown) => boolean): Measured {
  let [count, bytes, invalid, seconds] = [0, 0, 0, 0];
  for (let drawn = 0; drawn < BODIES; drawn += AT_ONCE) {
    const started = performance.now();
    const bodies = draw(AT_ONCE, round * BODIES + drawn);
    const legal = bodies.filter(isValid);
    seconds += (performance.now() - started) / 1000;
    count += legal.length;
    invalid += bodies.length - legal.length;
    bytes += legal.reduce<number>((sum, body) => sum + Buffer.byteLength(JSON.stringify(body)), 0);
  }
  return { count, bytes, invalid, seconds };
}

function tell(say: (line: string) => void, rounds: Readonly<Record<string, readonly Measured[]>>): void {
  const rate = (name: string, of: (one: Measured) => number): number =>
    median((rounds[name] ?? []).map((one) => of(one) / one.seconds));
  const count = (name: string): number => rate(name, (one) => one.count);
  const bytes = (name: string): number => rate(name, (one) => one.bytes);
  const told = (name: string): string => {
    const invalid = (rounds[name] ?? []).reduce((sum, one) => sum + one.invalid, 0);
    const wrong = invalid === 0 ? 'none invalid' : `${invalid} of ${BODIES * ROUNDS} invalid`;
    return `${Math.round(count(name))} a second, ${Math.round(bytes(name) / 1024)} KiB a second, ${wrong}`;
  };
  // Rounds of one number lie beside each other in time: their ratio bears what else the machine does.
  const ratio = (of: (one: Measured) => number, other: string): number =>
    median(
      (rounds['ours'] ?? []).flatMap((one, index) => {
        const beside = rounds[other]?.[index];
        return beside === undefined ? [] : [of(one) / one.seconds / (of(beside) / beside.seconds)];
      }),
    );
  const number = ({ count: made }: Measured): number => made;
  const size = ({ bytes: made }: Measured): number => made;
  say(`legal create bodies (${ROUNDS} rounds of ${BODIES} in turns, medians; only what ajv accepts counts)`);
  say(row('ours, by the schema', told('ours')));
  say(row('ours, as a run sends them', told('acceptable')));
  say(row('json-schema-faker 0.6.3', `${told('faker')} (defaults)`));
  say(row('', `${told('full')} (alwaysFakeOptionals)`));
  say(row('ours to its defaults', `by number ${against(ratio(number, 'faker'), GOALS.count)}`));
  say(row('', `by bytes ${against(ratio(size, 'faker'), GOALS.bytes)}`));
  say(row('ours to its full bodies', `by number ${against(ratio(number, 'full'), GOALS.count)}`));
  say(row('', `by bytes ${against(ratio(size, 'full'), GOALS.bytes)}`));
}
