// One fault for each site: the clean base with exactly one constraint broken, and nothing else wrong: a server that
// enforces all the others would accept it. Whatever another branch of the schema accepts is no fault and is dropped.
import { validators } from '../contract/active-contract.ts';
import { at, isArray, isObject, type JsonValue, pointerOf, show, tokensOf, withValue } from '../contract/json.ts';
import { CREATE_REQUEST, type Site } from '../contract/request-sites.ts';
import { locate, resolve, type Schema } from '../contract/schema.ts';
import { isLegalWithout, type Violation, violations } from '../contract/violations.ts';
import type { Fault } from '../requirements/observation.ts';
import { refusalRowOf } from '../requirements/request-constraints.ts';
import type { Base, LiveSite } from './bases.ts';
import { rememberBy } from '../contract/remember.ts';

/** A base with one fault in it. */
export interface FaultCase {
  readonly base: Base;
  readonly fault: Fault;
  /** The faulty body, with placeholders. */
  readonly template: JsonValue;
}

/** The fault of a site. */
export interface SiteFault extends FaultCase {
  /** True where another constraint of the place refuses every such value: no word of a list is a number. */
  readonly isImplied: boolean;
}

const root = locate(CREATE_REQUEST);

/** One fault for each site of a base. Sites that no value can break are left out. */
export const siteFaults: (base: Base) => readonly SiteFault[] = rememberBy((base) =>
  base.sites.flatMap((live): SiteFault[] => {
    const broken = brokenValues(live, base);
    const alone = broken.find(({ template }) => isRefusedFor([live.site.id], template));
    const found =
      alone ??
      broken.find(({ template }) => onlyViolation(template) !== undefined) ??
      broken.find(({ template }) => isRefusedFor(withWords(live.site), template));
    return found === undefined ? [] : [{ ...faultCase(base, live, found), isImplied: alone === undefined }];
  }),
);

/** True for an illegal body that a server would accept if it left out some sites, and nothing else. */
export function isRefusedFor(sites: readonly string[], template: JsonValue): boolean {
  return !validators.CreateFineTuningJobRequest(template) && isLegalWithout(sites, root, template);
}

/** A type with the list of words that holds it up: beside a wrong one the branches of a union cannot be told apart. */
function withWords({ id, pointer, keyword }: Site): readonly string[] {
  return keyword === 'type' ? [id, `${pointer} enum`] : [id];
}

interface Broken {
  readonly template: JsonValue;
  /** Pointer to the member at fault. */
  readonly at: string;
  readonly description: string;
}

function faultCase(base: Base, { site }: LiveSite, { template, at: place, description }: Broken): FaultCase {
  // Where it cannot be told which branch was meant, the object as a whole is at fault.
  const member = tokensOf(place);
  const fault = onlyViolation(template) === undefined ? pointerOf(member.slice(0, -1)) : place;
  return { base, template, fault: { requirement: refusalRowOf(site), site: site.id, at: fault, description } };
}

/** Bodies that break a site's constraint, the plainest first. */
function brokenValues({ site, at: place }: LiveSite, base: Base): Broken[] {
  const name = tokensOf(place).join('.') || 'the body';
  if (site.keyword === 'required') {
    const pointer = place + pointerOf([typeof site.value === 'string' ? site.value : '']);
    return [
      {
        template: withValue(base.template, pointer, undefined),
        at: pointer,
        description: `${tokensOf(pointer).join('.')} is missing`,
      },
    ];
  }
  const current = at(base.template, place);
  if (site.place.steps.at(-1)?.kind === 'key') return brokenKeys(site, place, base);
  return wrongValues(site, current).map((value) => ({
    template: place === '' ? value : withValue(base.template, place, value),
    at: place,
    description: `${name} is ${describeValue(value)}`,
  }));
}

/** A key is broken by replacing the entry that it belongs to. */
function brokenKeys(site: Site, place: string, base: Base): Broken[] {
  const parent = pointerOf(tokensOf(place).slice(0, -1));
  const long = 'k'.repeat(Number(site.value) + 1);
  const value = at(base.template, place) ?? 'value';
  const template = withValue(base.template, parent, { [long]: value });
  return [
    {
      template,
      at: parent + pointerOf([long]),
      description: `a key of ${tokensOf(parent).join('.')} has ${long.length} characters`,
    },
  ];
}

function describeValue(value: JsonValue): string {
  if (typeof value === 'string' && value.length > 40) return `text of ${value.length} characters`;
  if (isObject(value) && Object.keys(value).length > 8) return `an object of ${Object.keys(value).length} members`;
  return show(value, 60);
}

/**
 * Values that break the keyword of a site, the plainest first.
 * @param current what stands there legally.
 * @throws Error for a keyword that no value is known to break: a fault of ours.
 */
export function wrongValues(
  site: Pick<Site, 'keyword' | 'value' | 'place'>,
  current: JsonValue | undefined,
): JsonValue[] {
  const limit = Number(site.value);
  const { schema } = resolve(site.place.located);
  const whole = schema.type === 'integer';
  switch (site.keyword) {
    case 'type':
    case 'oneOf':
      return otherTypes(schema);
    case 'enum':
      return ['unsupported', -1];
    case 'minimum':
      return [whole ? limit - 1 : limit - Math.max(1, Math.abs(limit)) / 10];
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return [limit];
    case 'maximum':
      return [whole ? limit + 1 : limit * 1.05];
    case 'multipleOf':
      return [limit / 2];
    case 'minLength':
      return ['a'.repeat(Math.max(0, limit - 1))];
    case 'maxLength':
      return ['a'.repeat(limit + 1)];
    case 'pattern':
      return ['', ' ', '\u0000'];
    case 'minItems':
      return [isArray(current) ? current.slice(0, Math.max(0, limit - 1)) : []];
    case 'maxItems':
      return [Array.from({ length: limit + 1 }, () => (isArray(current) ? (current[0] ?? null) : null))];
    case 'uniqueItems':
      return [isArray(current) ? [...current, ...current] : []];
    case 'minProperties':
      return [{}];
    case 'maxProperties':
      return [Object.fromEntries(Array.from({ length: limit + 1 }, (_, index) => [`key${index}`, 'value']))];
    case 'additionalProperties':
      return [{ ...(isObject(current) ? current : {}), unsupported_member: true }];
    default:
      throw new Error(`no way is known to break ${site.keyword}`);
  }
}

/** A value of each other JSON type, likeliest to be let through last: the site tier takes the first that fits. */
function otherTypes(schema: Schema): JsonValue[] {
  const text = JSON.stringify(schema);
  const takesText = schema.type === 'string' || text.includes('"string"');
  return takesText ? [7, true, {}, []] : ['text', true, {}, []];
}

/**
 * The one violation of a body, by our evaluator, that ajv refuses too; undefined where it breaks more, or nothing, or what
 * another branch of the schema would accept.
 */
export function onlyViolation(template: JsonValue): Violation | undefined {
  const [first, second] = violations(root, template);
  return second === undefined && !validators.CreateFineTuningJobRequest(template) ? first : undefined;
}
