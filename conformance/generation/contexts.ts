// Faults in company: some servers stop looking once another member is there, or after the first item of a list. Each
// fault of the site tier is laid again on a body that holds much else, on the second item of its list, and on the second
// entry of its map. The body without the fault is sent first; where that is refused, nothing is judged.
import { validators } from '../contract/active-contract.ts';
import {
  at,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  pointerOf,
  tokensOf,
  withValue,
} from '../contract/json.ts';
import { isCreateMember, ofEdition } from '../contract/create-members.ts';
import type { Fault } from '../requirements/observation.ts';
import { type Base, completed, mapPointers } from './bases.ts';
import { EDITION_METHODS } from './pools.ts';
import { type FaultCase, onlyViolation } from './faults.ts';
import { distinctFaults } from './site-tier.ts';
import { rememberBy } from '../contract/remember.ts';

/** A base in company, and the faults that are live in it. */
export interface Context {
  readonly name: string;
  /** The body without a fault. */
  readonly template: JsonObject;
  readonly faults: readonly { readonly fault: Fault; readonly template: JsonValue }[];
}

const COMPANY: JsonObject = ofEdition({
  suffix: 'conformance',
  seed: 7,
  validation_file: '${validation_file}',
  metadata: { other: 'company' },
  integrations: [{ type: 'wandb', wandb: { project: 'conformance' } }],
});

/** The contexts of a base. */
export const contextsOf: (base: Base) => readonly Context[] = rememberBy((base) =>
  [...inCompany(base), ...underMethods(base), ...inSecondItems(base), ...inSecondEntries(base)].filter(
    ({ faults, template }) => faults.length > 0 && validators.AcceptableCreateRequest(template),
  ),
);

/** The base beside every flat member that it does not hold itself. */
function inCompany(base: Base): Context[] {
  const added = Object.fromEntries(Object.entries(COMPANY).filter(([name]) => !Object.hasOwn(base.template, name)));
  if (Object.keys(added).length === 0) return [];
  const faults = laidAnew(base, 'in company', ({ fault, template }) =>
    isObject(template) ? { template: { ...template, ...without(added, tokensOf(fault.at)[0]) } } : undefined,
  );
  return [{ name: `${base.name} in company`, template: { ...base.template, ...added }, faults }];
}

function without(members: JsonObject, name: string | undefined): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([own]) => own !== name));
}

/** A base without a method of its own, under each of the methods. */
function underMethods(base: Base): Context[] {
  if (!isCreateMember('method')) return [];
  if (Object.hasOwn(base.template, 'method') || Object.hasOwn(base.template, 'hyperparameters')) return [];
  return EDITION_METHODS.map((method) => {
    const { method: asked, validation_file: needed } = completed({ method: { type: method } });
    const added: JsonObject = {
      method: asked ?? null,
      ...(needed === undefined || Object.hasOwn(base.template, 'validation_file') ? {} : { validation_file: needed }),
    };
    const faults = laidAnew(base, `with method ${method}`, ({ template }) =>
      isObject(template) ? { template: { ...template, ...added } } : undefined,
    );
    return { name: `${base.name} with method ${method}`, template: { ...base.template, ...added }, faults };
  });
}

/** For each list that faults pass through: a good item first, the faulty one behind it. */
function inSecondItems(base: Base): Context[] {
  const lists = new Set(distinctFaults(base).flatMap(({ fault }) => listsOn(fault.at, base.template)));
  return [...lists].flatMap((list) => {
    const items = at(base.template, list);
    if (!isArray(items) || items[0] === undefined) return [];
    const good = items[0];
    const faults = laidAnew(base, 'in the second item', ({ fault, template }) => {
      const faulty = at(template, `${list}/0`);
      if (!fault.at.startsWith(`${list}/0`) || faulty === undefined) return undefined;
      const place = `${list}/1${fault.at.slice(list.length + 2)}`;
      return { template: withValue(template, list, [good, faulty]), at: place };
    });
    return [
      {
        name: `${base.name} with two items in ${tokensOf(list).join('.')}`,
        template: withValue(base.template, list, [good, good]) as JsonObject,
        faults,
      },
    ];
  });
}

/** For each map that faults pass through: a good entry first, the faulty one behind it. */
function inSecondEntries(base: Base): Context[] {
  return [...mapPointers()].flatMap((map) => {
    const entries = at(base.template, map);
    const good = isObject(entries) ? Object.values(entries)[0] : undefined;
    if (!isObject(entries) || good === undefined) return [];
    const faults = laidAnew(base, 'in the second entry', ({ fault, template }) => {
      const faulty = at(template, map);
      const isBelow = fault.at === map || fault.at.startsWith(`${map}/`);
      // A map with more entries has a second one already.
      if (!isBelow || !isObject(faulty) || Object.keys(faulty).length !== 1) return undefined;
      return { template: withValue(template, map, { [GOOD_ENTRY]: good, ...faulty }) };
    });
    return [
      {
        name: `${base.name} with two entries in ${tokensOf(map).join('.')}`,
        template: withValue(base.template, map, { [GOOD_ENTRY]: good, ...entries }) as JsonObject,
        faults,
      },
    ];
  });
}

/** Not a number: those stand before all other names, in whatever order they were written. */
const GOOD_ENTRY = 'before';

interface Laid {
  readonly template: JsonValue;
  /** Where the fault has moved to, if it has. */
  readonly at?: string;
}

/** The faults of a base as `lay` places them, those left out that break nothing or more there. */
function laidAnew(base: Base, words: string, lay: (one: FaultCase) => Laid | undefined): Context['faults'] {
  return distinctFaults(base).flatMap((one) => {
    const laid = lay(one);
    if (laid === undefined || onlyViolation(laid.template) === undefined) return [];
    const fault = { ...one.fault, at: laid.at ?? one.fault.at, description: `${one.fault.description}, ${words}` };
    return [{ fault, template: laid.template }];
  });
}

/** The lists that a pointer leads through. */
function listsOn(pointer: string, template: JsonValue): string[] {
  const tokens = tokensOf(pointer);
  return tokens.flatMap((token, depth) => {
    const list = pointerOf(tokens.slice(0, depth));
    return token === '0' && isArray(at(template, list)) ? [list] : [];
  });
}
