import { describe, expect, it } from 'vitest';
import * as validators from '#generated/current/validators.js';
import { at, canonicalJson, isArray, isObject, type JsonValue } from '../contract/json.ts';
import { CREATE_REQUEST, createRequestSites } from '../contract/request-sites.ts';
import { locate } from '../contract/schema.ts';
import { isLegalWithout, violations } from '../contract/violations.ts';
import { cleanBases, completed } from './bases.ts';
import { siteFaults } from './faults.ts';
import { siteTier } from './site-tier.ts';
import { METHODS, methodOf } from './pools.ts';

const bases = cleanBases();
const siteIds = createRequestSites().map(({ id }) => id);

describe('the clean bases', () => {
  it('begin with the smallest body that makes a job', () => {
    expect(bases[0]).toMatchObject({ name: 'plain', onlyObserved: false });
    expect(Object.keys(bases[0]?.template ?? {})).toEqual(expect.arrayContaining(['model', 'training_file']));
  });

  it('have each a name and a body of its own', () => {
    expect(new Set(bases.map(({ name }) => name)).size).toBe(bases.length);
    expect(new Set(bases.map(({ template }) => canonicalJson(template))).size).toBe(bases.length);
  });

  it('show every site of the contract live, each in exactly one of them', () => {
    const live = bases.flatMap(({ sites }) => sites.map(({ site }) => site.id));
    expect([...live].sort()).toEqual([...new Set(siteIds)].sort());
  });

  it('keep the observed shapes of a multi grader apart', () => {
    for (const { name, template, onlyObserved } of bases) {
      expect([name, onlyObserved]).toEqual([name, JSON.stringify(template).includes('"multi"')]);
    }
  });

  it('are the same each time', () => expect(cleanBases()).toEqual(bases));
});

describe.each(bases.map((base) => [base.name, base] as const))('the base %s', (_, base) => {
  it('must be accepted, by ajv and by our evaluator', () => {
    expect(validators.CreateFineTuningJobRequest(base.template)).toBe(true);
    expect(validators.AcceptableCreateRequest(base.template)).toBe(true);
    expect(violations(locate(CREATE_REQUEST), base.template)).toEqual([]);
  });

  it('holds a value at every site that is live in it', () => {
    for (const { site, at: place } of base.sites) {
      expect([site.id, at(base.template, place) === undefined]).toEqual([site.id, false]);
    }
  });

  it('keeps its method to its own member, and validates rewards', () => {
    const { method, hyperparameters, validation_file: validation } = base.template;
    if (method === undefined) return;
    expect(hyperparameters).toBeUndefined();
    const type = methodOf(base.template);
    const others = METHODS.filter((name) => name !== type);
    expect(Object.keys(method as object)).toEqual(expect.not.arrayContaining([...others]));
    if (type === 'reinforcement')
      expect([typeof validation, isObject(at(base.template, '/method/reinforcement/grader'))]).toEqual([
        'string',
        true,
      ]);
  });

  it('is legal with each of its faults for a server that enforces everything but the site that the fault names', () => {
    for (const { template, fault, isImplied } of siteFaults(base)) {
      expect(validators.CreateFineTuningJobRequest(template)).toBe(false);
      expect([fault.site, isLegalWithout([fault.site], locate(CREATE_REQUEST), template)]).toEqual([
        fault.site,
        !isImplied,
      ]);
    }
  });

  it('differs from each of its faulty bodies in nothing but the member at fault', () => {
    for (const { template, fault } of siteFaults(base)) {
      const parent = fault.at.slice(0, fault.at.lastIndexOf('/'));
      expect([
        fault.site,
        differences(base.template, template).every((place) => `${place}/`.startsWith(`${parent}/`)),
      ]).toEqual([fault.site, true]);
    }
  });
});

/** Places at which two values differ. */
function differences(a: JsonValue | undefined, b: JsonValue | undefined, path = ''): string[] {
  if (isArray(a) && isArray(b)) {
    return Array.from({ length: Math.max(a.length, b.length) }, (_, index) =>
      differences(a[index], b[index], `${path}/${index}`),
    ).flat();
  }
  if (isObject(a) && isObject(b)) {
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((name) =>
      differences(a[name], b[name], `${path}/${name}`),
    );
  }
  return JSON.stringify(a) === JSON.stringify(b) ? [] : [path];
}

describe('the site tier', () => {
  const cases = bases.flatMap(siteFaults);

  it('has a fault for every site that a value can break', () => {
    const broken = new Set(cases.map(({ fault }) => fault.site));
    expect([...new Set(siteIds)].filter((id) => !broken.has(id))).toEqual([]);
  });

  it('tells each fault in words', () => {
    for (const { fault } of cases) expect(fault.description).toMatch(/ is | has /);
    expect(new Set(cases.map(({ fault }) => `${fault.site} ${fault.at}`)).size).toBe(cases.length);
  });

  it('reaches every site with fewer bodies than sites', () => {
    const tier = bases.flatMap(siteTier);
    const reached = new Set(
      tier.flatMap(({ fault, shows }) => [fault, ...shows.map((one) => one.fault)].map(({ site }) => site)),
    );
    const rows = new Set(
      tier.flatMap(({ fault, shows }) =>
        [fault, ...shows.map((one) => one.fault)].map(({ requirement }) => requirement),
      ),
    );
    expect(cases.filter(({ fault, isImplied }) => !isImplied && !reached.has(fault.site))).toEqual([]);
    expect(cases.filter(({ fault }) => !rows.has(fault.requirement))).toEqual([]);
    expect(tier.length).toBeLessThan(cases.length);
  });

  it('shows a type by a wrong word only where a server without that type would take the word', () => {
    for (const { template, shows } of bases.flatMap(siteTier)) {
      for (const { fault } of shows) expect(isLegalWithout([fault.site], locate(CREATE_REQUEST), template)).toBe(true);
    }
  });

  it('names the row that asks for the refusal', () => {
    for (const { fault } of cases) expect(fault.requirement).toMatch(/^create\.[A-Za-z0-9_.]+\.[A-Za-z]+$/);
  });
});

describe('completing a body', () => {
  it('gives a method its type and its own member', () => {
    expect(completed({ method: { dpo: {} } })).toEqual({ method: { dpo: {}, type: 'dpo' } });
    expect(completed({ model: 'm' })).toEqual({ model: 'm' });
  });

  it('gives reinforcement a grader and data to validate rewards with', () => {
    const made = completed({ method: { type: 'reinforcement' } });
    expect(at(made, '/method/reinforcement/grader/type')).toBe('string_check');
    expect(made['validation_file']).toBe('${validation_file}');
    const kept = completed({ method: { type: 'reinforcement' }, validation_file: 'file-9' });
    expect(kept['validation_file']).toBe('file-9');
  });
});
