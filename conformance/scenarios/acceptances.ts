// Legal bodies of every kind: interactions of members by a covering array, every legal extreme packed into few bodies,
// everything null, and random ones. They share their jobs: what one has shown, the next does not send for.
import fc from 'fast-check';
import { ofEdition } from '../contract/create-members.ts';
import type { JsonObject } from '../contract/json.ts';
import { rememberAs } from '../contract/remember.ts';
import { CREATE_REQUEST } from '../contract/request-sites.ts';
import { component, resolve } from '../contract/schema.ts';
import { type Base, PLAIN_BODY } from '../generation/bases.ts';
import { coveringArray, packedRows } from '../generation/interactions.ts';
import { Extremes, shownBy } from '../generation/packing.ts';
import { acceptablePayloads, type Offer } from '../generation/payloads.ts';
import type { RunConfig } from '../run/config.ts';
import type { Session } from '../run/session.ts';
import { isMine, mine } from '../run/shard.ts';
import { offeredBases } from '../run/tier-bases.ts';
import { sharedBy } from '../run/shared.ts';
import { packableBases } from './bases.ts';
import { calibrateFreeTier, type FreeTier, sendWithoutFile } from './free-tier.ts';
import { sendLegalBody } from './legal-bodies.ts';
import type { Scenario } from './scenario.ts';

/** Every member that may be null, null. */
const ALL_NULL: JsonObject = nullable({
  ...PLAIN_BODY,
  suffix: null,
  validation_file: null,
  integrations: null,
  seed: null,
  metadata: null,
});

/** A body without the nulls that the contract does not allow. */
function nullable(body: JsonObject): JsonObject {
  const { properties = {} } = component(CREATE_REQUEST);
  const isLegal = ([name, value]: [string, unknown]): boolean =>
    value !== null || resolve({ schema: properties[name] ?? {}, pointer: '' }).schema.nullable === true;
  return Object.fromEntries(Object.entries({ ...ofEdition(body), ...PLAIN_BODY }).filter(isLegal));
}

function offerOf(session: Session): Offer {
  return {
    methods: session.config.methods.filter((method) => session.mayUse(`method.${method}`)),
    integrations: session.mayUse('integrations'),
  };
}

function plannedOffer({ methods }: Pick<RunConfig, 'methods'>): Offer {
  return { methods, integrations: true };
}

function templatesOf(bases: readonly Base[]): readonly JsonObject[] {
  return bases.map(({ template }) => template);
}

/** Bases on which the documents agree. */
function judged(bases: readonly Base[]): readonly Base[] {
  return bases.filter(({ onlyObserved }) => !onlyObserved);
}

/** Bases that bodies are packed of: those that were accepted; a shard cannot know what others found and takes them all. */
function provenBases(session: Session): readonly Base[] {
  const { bases } = sharedBy(session);
  return judged(packableBases(session)).filter(({ name }) => session.config.shard !== undefined || bases.has(name));
}

export const interactions: Scenario = {
  id: 'interactions',
  title: 'Combine members in pairs',
  serves: ['create.*.accepts', 'create.*.null-accepted', 'create.valid.accepted', 'echo.*', 'retrieve.*'],
  tiers: ['full'],
  cost: (config) => {
    const count = coveringArray(plannedOffer(config), config.strength).bodies.length;
    return { requests: 2 * count, jobs: count, uploads: 0 };
  },
  run: async (session) => {
    const { strength, shard } = session.config;
    const array = coveringArray(offerOf(session), strength);
    session.notice(
      `interactions: ${array.bodies.length} bodies hold every ${strength === 2 ? 'pair' : 'triple'} of factor values (no fewer than ${array.lowerBound} could)`,
    );
    // Shards that pack alike send each body once; what is blamed by now, each of them knows for itself.
    const known = shard === undefined ? sharedBy(session).blamed : [];
    const rows = packedRows(array, provenBases(session), known).map((body, position) => ({
      body,
      bare: array.bodies[position] ?? body,
    }));
    await Promise.all(
      mine(shard, rows).map(async ({ body, bare }) => {
        // What a row took on must not cost it the pairs that it is sent for.
        if (!(await sendLegalBody(session, body, 'interactions')) && body !== bare)
          await sendLegalBody(session, bare, 'interactions');
      }),
    );
  },
};

/** How many bodies show what the bases, and the rows of the interactions where they are sent, do not. */
const packedCount = rememberAs(
  ({ tier, methods, strength }: Pick<RunConfig, 'tier' | 'methods' | 'strength'>) =>
    [tier, strength, ...methods].join(),
  (config) => {
    const bases = judged(offeredBases(config));
    const rows = config.tier === 'full' ? packedRows(coveringArray(plannedOffer(config), config.strength), bases) : [];
    return new Extremes(bases).pack(shownBy([...templatesOf(bases), ...rows])).length;
  },
);

/** Rounds in which what a refused body would have shown is packed anew. */
const MAX_ROUNDS = 4;

export const extremes: Scenario = {
  id: 'extremes',
  title: 'Send every legal extreme, packed into few bodies',
  serves: ['create.*.accepts', 'create.*.null-accepted', 'create.valid.accepted', 'echo.*'],
  tiers: ['sites', 'full'],
  cost: (config) => {
    const count = packedCount(config) + 1;
    return { requests: 2 * count, jobs: count, uploads: 0 };
  },
  run: async (session) => {
    await sendLegalBody(session, ALL_NULL, 'nulls');
    const { shard } = session.config;
    const { acceptedFacts, blamed } = sharedBy(session);
    const all = new Extremes(provenBases(session));
    const free = session.config.freeTier ? await calibrateFreeTier(session) : undefined;
    // A shard cannot know what the others have shown: it takes its part of the bodies that show everything.
    const packed = mine(shard, all.pack(new Set(shard === undefined ? [...acceptedFacts, ...blamed] : blamed)));
    let bodies = free === undefined ? packed : await withoutShown(session, free, packed);
    for (let round = 0; round < MAX_ROUNDS && bodies.length > 0; round += 1) {
      const accepted = await Promise.all(bodies.map((body) => sendLegalBody(session, body, 'extremes')));
      // What a refused body would have shown beside what it was refused for, nobody else sends for.
      const missed = shownBy(bodies.filter((_, position) => accepted[position] === false));
      const isOpen = (fact: string): boolean => missed.has(fact) && !acceptedFacts.has(fact) && !blamed.has(fact);
      bodies = all.pack(new Set([...all.facts].filter((fact) => !isOpen(fact))));
    }
  },
};

/** Bodies that are sent as jobs also where the free tier holds: what comes back of extremes is judged on them. */
export const SENT_AS_JOBS = 2;

/** The bodies that have to be made jobs of: the fullest, and those that the free tier could not show. */
async function withoutShown(session: Session, free: FreeTier, packed: readonly JsonObject[]): Promise<JsonObject[]> {
  const open = packed.slice(0, SENT_AS_JOBS);
  for (const [index, body] of packed.entries()) {
    if (index < SENT_AS_JOBS) continue;
    const answer = await sendWithoutFile(session, free, body);
    // A job without a file: what else the target takes without looking, nobody knows.
    if (answer === 'accepted') return [...open, ...packed.slice(index)];
    if (answer === 'open') open.push(body);
  }
  return open;
}

/** Bodies that are drawn at once; a body follows from the seed of the run and from its number, however many there are. */
const DRAWN_AT_ONCE = 32;

function* randomBodies({ seed, cases, shard }: RunConfig, offer: Offer): Generator<JsonObject> {
  const payloads = acceptablePayloads(offer);
  for (let from = 0; from < cases; from += DRAWN_AT_ONCE) {
    // The seeds of a run's pieces lie far apart, so that two runs of neighbouring seeds share none.
    const drawn = fc.sample(payloads, {
      seed: (seed + (from / DRAWN_AT_ONCE) * 0x9e37_79b1) | 0,
      numRuns: Math.min(DRAWN_AT_ONCE, cases - from),
    });
    for (const [index, body] of drawn.entries()) if (isMine(shard, from + index)) yield body;
  }
}

/** Works on everything that an iterator gives, on so many at a time. */
async function eachOf<T>(items: Iterable<T>, width: number, work: (item: T) => Promise<unknown>): Promise<void> {
  const iterator = items[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let next = iterator.next(); next.done !== true; next = iterator.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: width }, worker));
}

export const exploration: Scenario = {
  id: 'exploration',
  title: 'Send random legal bodies',
  serves: ['create.*.accepts', 'create.*.null-accepted', 'create.valid.accepted', 'echo.*'],
  tiers: ['full'],
  cost: ({ cases }) => ({ requests: 2 * cases, jobs: cases, uploads: 0 }),
  run: async (session) => {
    const bodies = randomBodies(session.config, offerOf(session));
    // As many at once as may be in flight, and no more: bodies that wait in line would only fill the memory.
    await eachOf(bodies, session.config.concurrency, (body) => sendLegalBody(session, body, 'random'));
  },
};
