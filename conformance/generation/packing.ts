// Few bodies that show many legal extremes: each body starts from a clean base and takes on every extreme that fits
// beside what it holds, until all are shown. One job then stands for twenty facts; if it is refused, it is bisected.
import { validators } from '../contract/active-contract.ts';
import { at, isObject, type JsonObject, type JsonValue, pointerOf, tokensOf, withValue } from '../contract/json.ts';
import { resolve } from '../contract/schema.ts';
import { type Base, cleanBases, completed } from './bases.ts';
import { factsOf } from './facts.ts';
import { rememberAs } from '../contract/remember.ts';
import { alone, legalValues, objectPlaces } from './legal-values.ts';

/** One extreme with a base in which it can stand, and the facts that it alone brings. */
interface Extreme {
  readonly at: string;
  readonly value: JsonValue;
  readonly carrier: JsonObject;
  readonly facts: readonly string[];
}

/** Sites of the facts that bodies show. */
export function shownBy(bodies: readonly JsonObject[]): Set<string> {
  return new Set(bodies.flatMap(factsOf).map(({ site }) => site));
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
      ...shownBy(offered.map(({ template }) => template)),
      ...this.#extremes.flatMap(({ facts }) => facts),
    ]);
  }

  /** Bodies that show every fact which is not shown yet, as few as a greedy choice finds. */
  pack(shown: ReadonlySet<string>): JsonObject[] {
    const open = this.#without(shown);
    const bodies: JsonObject[] = [];
    for (let body = this.#nextBody(open); body !== undefined; body = this.#nextBody(open)) {
      bodies.push(body);
      for (const { site } of factsOf(body)) open.delete(site);
    }
    return bodies;
  }

  /**
   * Bodies that are sent for another reason, each with as many of the facts that are not shown yet as it can take on: what
   * they show needs no body of its own.
   * @param isStill whether a body that took something on is still what it is sent for.
   */
  packInto(
    bodies: readonly JsonObject[],
    shown: ReadonlySet<string>,
    isStill: (body: JsonObject, before: JsonObject) => boolean,
  ): JsonObject[] {
    const open = this.#without(shown);
    for (const { site } of bodies.flatMap(factsOf)) open.delete(site);
    return bodies.map((before) => {
      const body = this.#filled(before, open, (next) => isStill(next, before));
      for (const { site } of factsOf(body)) open.delete(site);
      return body;
    });
  }

  #without(shown: ReadonlySet<string>): Set<string> {
    return new Set([...this.facts].filter((fact) => !shown.has(fact)));
  }

  #nextBody(open: ReadonlySet<string>): JsonObject | undefined {
    const [seed] = this.#ranked(open);
    const body = seed === undefined ? undefined : placed(seed.carrier, seed);
    return body === undefined ? undefined : this.#filled(body, open, () => true);
  }

  /** What shows most first; of those the deepest, for what stands in a rare grader decides the method. */
  #ranked(open: ReadonlySet<string>): readonly Extreme[] {
    const openIn = ({ facts }: Extreme): number => facts.filter((fact) => open.has(fact)).length;
    return this.#extremes
      .filter((extreme) => openIn(extreme) > 0)
      .toSorted((a, b) => openIn(b) - openIn(a) || tokensOf(b.at).length - tokensOf(a.at).length);
  }

  /** A body with each extreme that makes it show more: being alone, or without something, is lost where more is added. */
  #filled(body: JsonObject, open: ReadonlySet<string>, isStill: (body: JsonObject) => boolean): JsonObject {
    const openIn = (one: JsonObject): ReadonlySet<string> =>
      new Set(factsOf(one).flatMap(({ site }) => (open.has(site) ? [site] : [])));
    let filled = body;
    let holds = openIn(body);
    for (const extreme of this.#ranked(open)) {
      if (extreme.facts.every((fact) => holds.has(fact) || !open.has(fact))) continue;
      const next = placed(filled, extreme);
      if (next === undefined || !isStill(next)) continue;
      const held = openIn(next);
      if (held.size > holds.size) [filled, holds] = [next, held];
    }
    return filled;
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
 * A body with an extreme in it, if that is acceptable. Where the body lacks what the extreme stands in, or has another kind
 * of it, that is taken over from the carrier.
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
    if (here === undefined || !isSameKind(here, there)) {
      const pointer = pointerOf(steps.slice(0, depth + 1));
      return checked(withValue(withValue(body, pointer, there), extreme.at, extreme.value));
    }
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
