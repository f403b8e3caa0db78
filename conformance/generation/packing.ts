// Few bodies that show many legal extremes: each body starts from a clean base and takes on every extreme that fits
// beside what it holds, until all are shown. One job then stands for twenty facts; if it is refused, it is bisected.
import { validators } from '../contract/active-contract.ts';
import { at, isObject, type JsonObject, pointerOf, tokensOf, withValue } from '../contract/json.ts';
import { resolve } from '../contract/schema.ts';
import { type Base, cleanBases, completed } from './bases.ts';
import { factsOf } from './facts.ts';
import { rememberAs } from '../contract/remember.ts';
import { alone, legalValues, objectPlaces } from './legal-values.ts';
import type { JsonValue } from '../contract/json.ts';

/** One extreme with a base in which it can stand, and the facts that it alone brings. */
interface Extreme {
  readonly at: string;
  readonly value: JsonValue;
  readonly carrier: JsonObject;
  readonly facts: readonly string[];
}

/** Everything that a server of this offer has to accept, as facts by site, with a way to show each. */
export class Extremes {
  readonly #extremes: readonly Extreme[];
  /** Sites of all facts that can be shown. */
  readonly facts: ReadonlySet<string>;

  /** @param offered the bases that the target offers. */
  constructor(offered: readonly Base[] = cleanBases().filter(({ onlyObserved }) => !onlyObserved)) {
    this.#extremes = extremesOf(offered);
    this.facts = new Set([
      ...offered.flatMap(({ template }) => factsOf(template).map(({ site }) => site)),
      ...this.#extremes.flatMap(({ facts }) => facts),
    ]);
  }

  /** Bodies that show every fact which is not shown yet, as few as a greedy choice finds. */
  pack(shown: ReadonlySet<string>): JsonObject[] {
    const open = new Set([...this.facts].filter((fact) => !shown.has(fact)));
    const bodies: JsonObject[] = [];
    while (open.size > 0) {
      const body = this.#nextBody(open);
      if (body === undefined) return bodies;
      bodies.push(body);
      for (const { site } of factsOf(body)) open.delete(site);
    }
    return bodies;
  }

  #nextBody(open: ReadonlySet<string>): JsonObject | undefined {
    const useful = this.#extremes.filter(({ facts }) => facts.some((fact) => open.has(fact)));
    const openIn = ({ facts }: Extreme): number => facts.filter((fact) => open.has(fact)).length;
    // What shows most first; of those the deepest, for what stands in a rare grader decides the method.
    const ranked = useful.toSorted((a, b) => openIn(b) - openIn(a) || tokensOf(b.at).length - tokensOf(a.at).length);
    const [seed] = ranked;
    const first = seed === undefined ? undefined : placed(seed.carrier, seed);
    if (seed === undefined || first === undefined) return undefined;
    let body = first;
    const taken = [seed.at];
    for (const extreme of ranked) {
      if (taken.some((pointer) => overlaps(pointer, extreme.at))) continue;
      const next = placed(body, extreme);
      if (next === undefined) continue;
      body = next;
      taken.push(extreme.at);
    }
    // Being alone, or without something, is shown only by what nothing was added to.
    return factsOf(body).some(({ site }) => open.has(site)) ? body : first;
  }
}

const extremesOf = rememberAs((offered: readonly Base[]) => offered.map(({ name }) => name).join(), extremesOn);

function extremesOn(offered: readonly Base[]): Extreme[] {
  const seen = new Set<string>();
  const made: Extreme[] = [];
  const add = (carrier: JsonObject, pointer: string, value: JsonValue): void => {
    const body = placed(carrier, { at: pointer, value, carrier });
    if (body === undefined) return;
    const before = new Set(factsOf(carrier).map(({ site }) => site));
    const facts = factsOf(body).flatMap(({ site }) => (before.has(site) ? [] : [site]));
    const key = `${pointer} ${facts.join('\n')}`;
    if (facts.length === 0 || seen.has(key)) return;
    seen.add(key);
    made.push({ at: pointer, value, carrier, facts });
  };
  const legal = legalValues();
  const byPointer = new Map<string, JsonValue[]>();
  for (const { at: pointer, value } of legal) byPointer.set(pointer, [...(byPointer.get(pointer) ?? []), value]);
  const objects = objectPlaces();
  for (const { template } of offered) {
    for (const { at: pointer, value } of legal) if (isLive(template, pointer)) add(template, pointer, value);
    for (const { at: pointer, place } of objects) {
      const current = at(template, pointer);
      const valuesOf = (member: string): readonly JsonValue[] => byPointer.get(`${pointer}/${member}`) ?? [];
      for (const value of alone(current ?? null, resolve(place.located).schema, valuesOf))
        add(template, pointer, value);
    }
  }
  return made;
}

/** True where a body has the place's parent: what stands in no body of the kind is shown by another base. */
function isLive(template: JsonObject, pointer: string): boolean {
  return at(template, pointerOf(tokensOf(pointer).slice(0, -1))) !== undefined;
}

/**
 * A body with an extreme in it, if that is acceptable. Where the body lacks what the extreme stands in, that is taken over
 * from the carrier, as long as both agree on the types that lead there.
 */
function placed(body: JsonObject, extreme: Pick<Extreme, 'at' | 'value' | 'carrier'>): JsonObject | undefined {
  const steps = tokensOf(extreme.at);
  if (!compatible(body, steps[0] ?? '')) return undefined;
  let here: JsonValue | undefined = body;
  let there: JsonValue | undefined = extreme.carrier;
  for (const [depth, step] of steps.slice(0, -1).entries()) {
    here = at(here, pointerOf([step]));
    there = at(there, pointerOf([step]));
    if (there === undefined) return undefined;
    if (here === undefined) {
      const pointer = pointerOf(steps.slice(0, depth + 1));
      return checked(withValue(withValue(body, pointer, there), extreme.at, extreme.value));
    }
    if (!isSameKind(here, there)) return undefined;
  }
  return checked(withValue(body, extreme.at, extreme.value));
}

/** A place is the same place only where the types that lead to it agree: a string check is no score model. */
function isSameKind(here: JsonValue, there: JsonValue): boolean {
  if (isObject(here) && isObject(there)) return here['type'] === there['type'];
  return isObject(here) === isObject(there) && here !== null;
}

/** Hyperparameters of their own and a method are two ways of saying the same; nobody documents both at once. */
function compatible(body: JsonObject, member: string): boolean {
  if (member === 'hyperparameters') return body['method'] === undefined;
  return member !== 'method' || body['hyperparameters'] === undefined;
}

function checked(body: JsonValue): JsonObject | undefined {
  if (!isObject(body)) return undefined;
  const whole = completed(body);
  return validators.AcceptableCreateRequest(whole) ? whole : undefined;
}

function overlaps(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
}
