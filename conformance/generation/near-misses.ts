// The depth tier: at each site the values that servers let through although they are wrong. Each other JSON type, words
// in another case, numbers as text, truth for one, a hair or a mile beyond a bound. Each still breaks one constraint only.
import {
  at,
  canonicalJson,
  isArray,
  isObject,
  type JsonValue,
  pointerOf,
  show,
  tokensOf,
  withValue,
} from '../contract/json.ts';
import { createRequestSites, type Site } from '../contract/request-sites.ts';
import { resolve, type Schema } from '../contract/schema.ts';
import type { Violation } from '../contract/violations.ts';
import type { Fault } from '../requirements/observation.ts';
import { refusalRowOf } from '../requirements/request-constraints.ts';
import type { Base, LiveSite } from './bases.ts';
import { type FaultCase, onlyViolation } from './faults.ts';
import { rememberBy } from '../contract/remember.ts';
import { siteTier, sparedFaults } from './site-tier.ts';

/** The faults of the depth tier on a base: those that the site tier spared, and near misses. */
export const depthFaults: (base: Base) => readonly FaultCase[] = rememberBy((base) => {
  const spared = sparedFaults(base);
  const sent = new Set([...siteTier(base), ...spared].map(({ template }) => canonicalJson(template)));
  const near = base.sites.flatMap((live) =>
    nearMisses(live, at(base.template, live.at)).flatMap((value) => {
      const template = live.at === '' ? value : withValue(base.template, live.at, value);
      const text = canonicalJson(template);
      const violation = onlyViolation(template);
      if (sent.has(text) || violation?.at !== live.at) return [];
      sent.add(text);
      return [caseOf(base, siteOf(violation, live.site), violation, { template, value })];
    }),
  );
  return [...spared, ...near];
});

function caseOf(
  base: Base,
  site: Site,
  { at: place, missing }: Violation,
  { template, value }: { template: JsonValue; value: JsonValue },
): FaultCase {
  const name = tokensOf(place).join('.') || 'the body';
  const fault = missing === undefined ? place : place + pointerOf([missing]);
  const long = typeof value === 'string' && value.length > 40;
  const description = `${name} is ${long ? `text of ${value.length} characters` : show(value, 60)}`;
  return { base, template, fault: { requirement: refusalRowOf(site), site: site.id, at: fault, description } };
}

/** The one fault of a body, wherever that came from; undefined where it breaks nothing, or more, or what is no site. */
export function faultIn(template: JsonValue): Fault | undefined {
  const violation = onlyViolation(template);
  if (violation === undefined) return undefined;
  const { pointer, keyword, missing, at: place } = violation;
  const site = sites.get(missing === undefined ? `${pointer} ${keyword}` : `${pointer} required/${missing}`);
  if (site === undefined) return undefined;
  const fault = missing === undefined ? place : place + pointerOf([missing]);
  const told = missing === undefined ? `is ${show(at(template, place), 60)}` : 'is missing';
  const description = `${tokensOf(fault).join('.') || 'the body'} ${told}`;
  return { requirement: refusalRowOf(site), site: site.id, at: fault, description };
}

const sites = new Map(createRequestSites().map((site) => [site.id, site] as const));

/** The site whose constraint was broken: a value that was meant to break a type may break a bound or lack a member. */
function siteOf({ pointer, keyword, missing }: Violation, meant: Site): Site {
  // A word that no branch knows breaks the union as a whole; it was the branch's list of words that was meant.
  if (meant.pointer.startsWith(`${pointer}/${keyword}/`)) return meant;
  return sites.get(keyword === 'required' ? `${pointer} required/${missing ?? ''}` : `${pointer} ${keyword}`) ?? meant;
}

/** Wrong values for a site, the likeliest to be let through first. */
function nearMisses({ site }: LiveSite, current: JsonValue | undefined): JsonValue[] {
  const { schema } = resolve(site.place.located);
  const limit = Number(site.value);
  switch (site.keyword) {
    case 'type':
    case 'oneOf':
      return ofOtherTypes(schema, current);
    case 'enum':
      return (schema.enum ?? []).flatMap((word) => (typeof word === 'string' ? wordsLike(word) : [])).slice(0, 6);
    case 'minimum':
    case 'exclusiveMinimum':
      return [limit - 1, -1, limit - 1e-5, -limit, -2_147_483_648, ...(schema.type === 'integer' ? [] : [-0.5])];
    case 'maximum':
    case 'exclusiveMaximum':
      return [limit + 1e-4, limit + 1, limit * 2, 2_147_483_647, 2_147_483_648, 1e21];
    case 'maxLength':
      return ['a'.repeat(limit + 2), 'a'.repeat(limit * 10), '\u00e9'.repeat(limit + 1)];
    case 'minLength':
      return [''];
    case 'maxProperties':
      return [limit + 2, limit * 4].map((count) =>
        Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, 'value'])),
      );
    default:
      return [];
  }
}

function wordsLike(word: string): string[] {
  return [word.toUpperCase(), word.charAt(0).toUpperCase() + word.slice(1), ` ${word}`, `${word} `, ''];
}

const OF_EVERY_TYPE: readonly JsonValue[] = ['', '1', 'true', 'text', 0, 1, 1.5, true, false, null, {}, [], [1]];

/** Values of other types, and the same value in another guise: the number as text, the text in a list. */
function ofOtherTypes(schema: Schema, current: JsonValue | undefined): JsonValue[] {
  const disguised: JsonValue[] = current === undefined || current === null ? [] : [[current], { value: current }];
  if (typeof current === 'number') disguised.unshift(String(current), current + 0.5);
  if (typeof current === 'boolean') disguised.unshift(String(current), current ? 1 : 0);
  if (isObject(current)) disguised.unshift(JSON.stringify(current));
  if (isArray(current))
    disguised.unshift(...current.slice(0, 1), Object.fromEntries(current.map((item, index) => [String(index), item])));
  const whole = schema.type === 'integer' ? [1.0001] : [];
  return [...disguised, ...whole, ...OF_EVERY_TYPE];
}
