import { describe, expect, it } from 'vitest';
import * as validators from '#generated/current/validators.js';
import { at, canonicalJson, isObject, type JsonObject, type JsonValue } from '../contract/json.ts';
import { CREATE_REQUEST, createRequestSites } from '../contract/request-sites.ts';
import { locate } from '../contract/schema.ts';
import { violations } from '../contract/violations.ts';
import { requirementById } from '../requirements/registry.ts';
import { cleanBases } from './bases.ts';
import { factsOf } from './facts.ts';
import { coveringArray, type InteractionOffer, isSameRow, packedRows } from './interactions.ts';
import { depthFaults, faultIn } from './near-misses.ts';
import { Extremes, shownBy } from './packing.ts';
import { siteTier } from './site-tier.ts';
import { oddRequests, wireFaults } from './wire-faults.ts';

const bases = cleanBases();
const legal = bases.filter(({ onlyObserved }) => !onlyObserved);
const ALL: InteractionOffer = { methods: ['supervised', 'dpo', 'reinforcement'], integrations: true };

describe('the depth tier', () => {
  const cases = bases.flatMap(depthFaults);
  const siteIds = new Set(createRequestSites().map(({ id }) => id));

  it('breaks one constraint with each case, at the site that the case names', () => {
    // Beside a wrong type the branches of a multi grader cannot be told apart: what breaks there has no one name.
    const named = cases.filter(({ fault }) => !fault.site.endsWith('GraderLabelModel/properties/type type'));
    expect(named.length).toBe(cases.length - 1);
    for (const { template, fault } of named) {
      const found = violations(locate(CREATE_REQUEST), template);
      expect([fault.site, found.length]).toEqual([fault.site, 1]);
      expect(validators.CreateFineTuningJobRequest(template)).toBe(false);
      expect(`${fault.at}/`.startsWith(`${found[0]?.at ?? '?'}/`)).toBe(true);
      expect(siteIds).toContain(fault.site);
    }
  });

  it('asks rows that there are', () => {
    expect(cases.filter(({ fault }) => requirementById(fault.requirement) === undefined)).toEqual([]);
  });

  it('sends nothing twice, nor what the site tier sends', () => {
    for (const base of bases) {
      const texts = [...siteTier(base), ...depthFaults(base)].map(({ template }) => canonicalJson(template));
      expect(new Set(texts).size).toBe(texts.length);
    }
  });

  it.each<readonly [string, string, readonly JsonValue[]]>([
    ['a seed', '/seed', ['1', true, 1.5, -2_147_483_648]],
    ['a suffix', '/suffix', [0, true, []]],
    ['epochs', '/hyperparameters/n_epochs', ['AUTO', '1', 100, -1]],
    ['a model', '/model', [null, 1, []]],
  ])('comes close to %s from several sides', (_, pointer, values) => {
    const sent = cases
      .filter(({ template }) => at(template, pointer) !== undefined)
      .map(({ template }) => canonicalJson(at(template, pointer) ?? null));
    for (const value of values) expect(sent).toContain(canonicalJson(value));
  });
});

describe('the fault of a body that came from somewhere', () => {
  const GOOD = { model: '${model}', training_file: '${training_file}' };
  const CREATE = '#/components/schemas/CreateFineTuningJobRequest';

  it.each<readonly [string, JsonValue, ReturnType<typeof faultIn>]>([
    ['a member that is wrong', { ...GOOD, seed: -1 }, {
      requirement: 'create.seed.minimum', site: `${CREATE}/properties/seed minimum`, at: '/seed', description: 'seed is -1',
    }],
    ['a member that is missing', { model: 'm' }, {
      requirement: 'create.training_file.required', site: `${CREATE} required/training_file`, at: '/training_file', description: 'training_file is missing',
    }],
    ['a member of a member', { ...GOOD, metadata: { first: 7 } }, {
      requirement: 'create.metadata.value.type', site: '#/components/schemas/MetadataInput/additionalProperties type', at: '/metadata/first', description: 'metadata.first is 7',
    }],
    ['the body itself', [], {
      requirement: 'create.body.type', site: `${CREATE} type`, at: '', description: 'the body is []',
    }],
    ['no fault', GOOD, undefined],
    ['two faults', { ...GOOD, seed: -1, suffix: 7 }, undefined],
  ])('is told of %s', (_, template, fault) => expect(faultIn(template)).toEqual(fault)); // prettier-ignore
});

describe('a covering array', () => {
  /** Every pair of two values that stand in one body, of the members that bodies differ in. */
  function pairsOf(bodies: readonly JsonObject[]): Set<string> {
    const names = ['suffix', 'seed', 'validation_file', 'integrations', 'metadata'];
    return new Set(
      bodies.flatMap((body) => {
        const values = names.map((name) => `${name}=${JSON.stringify(body[name] ?? (name in body ? null : 'absent'))}`);
        return values.flatMap((one, index) => values.slice(index + 1).map((other) => `${one} ${other}`));
      }),
    );
  }

  it.each([2, 3] as const)('of strength %i is made of bodies that must be accepted, in few rows', (strength) => {
    const { bodies, lowerBound } = coveringArray(ALL, strength);
    for (const body of bodies) expect(validators.AcceptableCreateRequest(body)).toBe(true);
    expect(bodies.length).toBeGreaterThanOrEqual(lowerBound);
    expect(bodies.length).toBeLessThanOrEqual(1.3 * lowerBound);
  });

  it('holds every pair of values that the triples hold', () => {
    const triples = pairsOf(coveringArray(ALL, 3).bodies);
    const pairs = pairsOf(coveringArray(ALL, 2).bodies);
    expect([...triples].filter((pair) => !pairs.has(pair))).toEqual([]);
  });

  it('keeps to what the target offers', () => {
    const { bodies } = coveringArray({ methods: ['dpo'], integrations: false });
    for (const { method, integrations } of bodies) {
      expect(isObject(method) && method['type']).toBe('dpo');
      expect(integrations ?? null).toBeNull();
    }
  });

  it('is the same each time', () => {
    expect(coveringArray({ ...ALL }).bodies).toEqual(coveringArray({ ...ALL }).bodies);
  });
});

describe('packing extremes', () => {
  const extremes = new Extremes(legal);
  const packed = extremes.pack(new Set());

  it('makes bodies that must be accepted', () => {
    for (const body of packed) expect(validators.AcceptableCreateRequest(body)).toBe(true);
  });

  it('shows every fact that can be shown, in far fewer bodies than facts', () => {
    const shown = new Set(packed.flatMap((body) => factsOf(body).map(({ site }) => site)));
    for (const { template } of legal) for (const { site } of factsOf(template)) shown.add(site);
    expect([...extremes.facts].filter((fact) => !shown.has(fact))).toEqual([]);
    expect(packed.length).toBeLessThan(extremes.facts.size / 3);
  });

  it('adds to bodies that are sent anyway what they have room for, and leaves them the rows that they are', () => {
    const array = coveringArray(ALL);
    const rows = packedRows(array, legal);
    for (const [position, row] of rows.entries()) {
      expect(validators.AcceptableCreateRequest(row)).toBe(true);
      expect(isSameRow(row, array.bodies[position] ?? {})).toBe(true);
    }
    const templates = legal.map(({ template }) => template);
    const left = extremes.pack(shownBy([...templates, ...rows]));
    expect([...extremes.facts].filter((fact) => !shownBy([...templates, ...rows, ...left]).has(fact))).toEqual([]);
    // What the project promises of its cost: the site tier and the acceptances, beside the array.
    expect(cleanBases().length + left.length).toBeLessThanOrEqual(45);
    expect(cleanBases().flatMap(siteTier).length + cleanBases().length + left.length).toBeLessThanOrEqual(220);
  });

  it.each<readonly [string, JsonObject]>([
    ['another method', { method: { type: 'supervised', supervised: { hyperparameters: { n_epochs: 7 } } } }],
    ['another kind of hyperparameters', { method: { type: 'dpo', dpo: { hyperparameters: { n_epochs: 7, batch_size: 2 } } } }],
    ['another member alone', { method: { type: 'dpo', dpo: { hyperparameters: { batch_size: 7 } } } }],
    ['a null for a text', { suffix: null }],
    ['a longer text', { suffix: 'a'.repeat(64) }],
    ['another end of a range', { seed: 0 }],
    ['no validation file', { validation_file: null }],
    ['an integration with all of its members', { integrations: [{ type: 'wandb', wandb: { project: 'p', name: 'n', entity: 'e', tags: [] } }] }],
    ['no integration', { integrations: [] }],
    ['an empty map', { metadata: {} }],
    ['a full map', { metadata: Object.fromEntries(Array.from({ length: 16 }, (_, index) => [String(index), ''])) }],
  ])('takes a row with %s for another row', (_, changed) => {
    const row: JsonObject = {
      method: { type: 'dpo', dpo: { hyperparameters: { n_epochs: 7 } } },
      suffix: 'a',
      seed: 7,
      validation_file: 'file-1',
      integrations: [{ type: 'wandb', wandb: { project: 'p' } }],
      metadata: { key: 'value' },
    };
    const same = { ...row, suffix: 'b', seed: 8, metadata: { other: 'value' } };
    expect([isSameRow(row, same), isSameRow(row, { ...row, ...changed })]).toEqual([true, false]);
  }); // prettier-ignore

  it('has nothing left to pack when everything was shown', () => {
    expect(extremes.pack(extremes.facts)).toEqual([]);
  });

  it('shows both ends of the documented ranges', () => {
    const kinds = [...extremes.facts];
    for (const end of ['minimum', 'maximum']) {
      expect(kinds).toContainEqual(expect.stringMatching(new RegExp(`properties/seed ${end}$`)));
      expect(kinds).toContainEqual(expect.stringMatching(new RegExp(`n_epochs/oneOf/1 ${end}$`)));
    }
    expect(kinds).toContainEqual(expect.stringMatching(/properties\/suffix longest$/));
  });
});

describe('wire faults', () => {
  const GOOD = JSON.stringify({ model: 'gpt-4o-mini', training_file: 'file-1' });
  const faults = wireFaults(GOOD);

  function parses(body: Buffer): boolean {
    try {
      JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body));
      return true;
    } catch {
      return false;
    }
  }

  it('must be refused only where RFC 8259 knows no such JSON', () => {
    for (const { site, body, verdict } of faults) {
      if (verdict === 'must-refuse') expect([site, parses(body)]).toEqual([site, false]);
    }
  });

  it('are only observed where the body is JSON or its meaning is open', () => {
    const observed = faults.filter(({ verdict, headers }) => verdict === 'observed' && headers === undefined);
    expect(observed.filter(({ body }) => !parses(body)).map(({ site }) => site)).toEqual(['byte order mark']);
  });

  it('have each a name and words of their own', () => {
    expect(new Set(faults.map(({ site }) => site)).size).toBe(faults.length);
    expect(new Set(faults.map(({ description }) => description)).size).toBe(faults.length);
  });

  it('leave services of others alone with what could hurt', () => {
    for (const { isSafe, body } of faults) if (isSafe) expect(body.length).toBeLessThan(1_000);
    expect(faults.some(({ isSafe }) => isSafe)).toBe(true);
  });

  it('of requests keep a hostile id in one segment', () => {
    for (const { path } of oddRequests('a/../b')) expect(path).not.toMatch(/\/\.\.(\/|$)/);
  });
});
