// Legal bodies that a vendor refuses: the documented extreme is out of range by one, a documented word is unknown, null
// is not a value, an optional member is demanded or not supported.
import { combineEdits, type ContractEdit, editSchema } from '../../contract/schemas.ts';
import { isList, isObject, type JsonObject, type JsonValue } from '../../json.ts';
import type { Defect } from '../defect.ts';
import { contract } from '../hooks.ts';
import { createSites, dashed, placeOf, schemaAt, type Site } from './create-sites.ts';
import { acceptanceRow, graderOf, memberOfPointer } from './row-ids.ts';

/** Every defect of this kind. */
export function strictDefects(): readonly Defect[] {
  const sites = createSites();
  // Where the contract leaves it to the vendor which values are served, refusing some is no defect.
  const bound = sites.filter(({ pointer }) => schemaAt(pointer)['x-acceptance'] !== 'free');
  return [
    ...sharpened(bound),
    ...wordsRefused(bound),
    ...nullRefused(sites),
    ...optionalMembers(sites, 'demands'),
    ...optionalMembers(sites, 'forbids'),
  ];
}

/** How far above an open bound the smallest accepted value lies for who thinks in cents. */
const COARSE = 0.01;

const SHARPENED: Readonly<Record<string, (bound: number) => number>> = {
  minimum: (bound) => bound + 1,
  maximum: (bound) => bound - 1,
  minLength: (bound) => bound + 1,
  maxLength: (bound) => bound - 1,
  maxProperties: (bound) => bound - 1,
  exclusiveMinimum: (bound) => bound + COARSE,
};

function sharpened(sites: readonly Site[]): readonly Defect[] {
  const bounded = sites.filter(({ keyword }) => SHARPENED[keyword] !== undefined);
  const edit = ({ pointer, keyword, value }: Site): ContractEdit =>
    editSchema(pointer, (schema) => ({ ...schema, [keyword]: SHARPENED[keyword]?.(Number(value)) ?? value }));
  return grouped(
    bounded,
    (site) => `${acceptanceRow(site.pointer)} ${site.keyword} ${memberOfPointer(site.pointer)}`,
  ).flatMap((own) => {
    const [site] = own;
    if (site === undefined) return [];
    const row = acceptanceRow(site.pointer);
    const part = /\/(propertyNames|additionalProperties)$/.exec(site.pointer) === null ? '' : `-${lastWord(site)}`;
    const defect = (place: string, subset: readonly Site[]): Defect => ({
      id: `strict-${dashed(site.keyword)}${part}${place}:${row}`,
      wrong: `Refuses what lies at ${site.keyword} of ${memberOfPointer(site.pointer)}${place === '' ? '' : ` (${place.slice(1)} only)`}.`,
      breaks: row,
      ...contract(combineEdits(subset.map(edit))),
    });
    const single = own.length > 1 ? own.map((one) => defect(`-${placeOf(one)}`, [one])) : [];
    return [defect('', own), ...single];
  });
}

function lastWord({ pointer }: Site): string {
  return memberOfPointer(pointer).split('.').at(-1) ?? '';
}

/** Words whose refusal refuses a whole kind of create. */
const BRANCHES: Readonly<Record<string, string>> = {
  supervised: 'create.supervised.accepted',
  dpo: 'create.dpo.accepted',
  reinforcement: 'create.reinforcement.accepted',
  wandb: 'create.integrations.accepted',
};

function wordsRefused(sites: readonly Site[]): readonly Defect[] {
  const words = sites
    .filter(
      ({ keyword, pointer }) =>
        keyword === 'enum' && !/^grader\.(input|label_model|multi)/.test(memberOfPointer(pointer)),
    )
    .flatMap((site) => (isList(site.value) ? site.value.map((word) => ({ site, word })) : []));
  const keyOf = ({ site, word }: (typeof words)[number]): string =>
    `${memberOfPointer(site.pointer)} ${JSON.stringify(word)}`;
  return grouped(words, keyOf).map((own) => {
    const word = own[0]?.word ?? '';
    const member = memberOfPointer(own[0]?.site.pointer ?? '');
    const told = typeof word === 'string' ? word : JSON.stringify(word);
    const isType = member === 'method.type' || member === 'integrations.item.type';
    const row = (isType ? BRANCHES[told] : undefined) ?? acceptanceRow(own[0]?.site.pointer ?? '');
    const subject = graderOf(member) === undefined ? '' : `${dashed(member.split('.').at(-1) ?? '')}-`;
    return {
      id: `strict-word-${subject}${dashed(told)}:${row}`,
      wrong: `Does not know the word '${told}' of ${member}.`,
      breaks: row,
      ...contract(combineEdits(own.map(({ site }) => withoutWord(site, word)))),
    };
  });
}

function withoutWord({ pointer, value }: Site, word: JsonValue): ContractEdit {
  const left = isList(value) ? value.filter((one) => one !== word) : [];
  if (left.length > 0) return editSchema(pointer, (schema) => ({ ...schema, enum: left }));
  const branch = /^(.*)\/(oneOf|anyOf)\/(\d+)$/.exec(pointer);
  if (branch === null) return editSchema(pointer, () => false);
  const [, union = '', keyword = '', index = ''] = branch;
  return editSchema(union, (schema) => {
    const branches = schema[keyword];
    return { ...schema, [keyword]: isList(branches) ? branches.filter((_, place) => String(place) !== index) : [] };
  });
}

function nullRefused(sites: readonly Site[]): readonly Defect[] {
  return sites
    .filter(
      ({ pointer, keyword }) =>
        keyword === 'type' &&
        schemaAt(pointer)['nullable'] === true &&
        graderOf(memberOfPointer(pointer)) === undefined,
    )
    .map(({ pointer }) => {
      const row = acceptanceRow(pointer, 'null-accepted');
      return {
        id: `strict-null:${row}`,
        wrong: `Refuses an explicit null for ${memberOfPointer(pointer)}.`,
        breaks: row,
        ...contract(editSchema(pointer, ({ nullable: _, ...schema }) => schema)),
      };
    });
}

/** What the refusal of a whole member of create breaks. */
const WHOLE_MEMBERS: Readonly<Record<string, string>> = {
  metadata: 'create.metadata.accepted',
  hyperparameters: 'create.hyperparameters.accepted',
  validation_file: 'create.validation_file.accepted',
  integrations: 'create.integrations.accepted',
  method: 'create.supervised.accepted',
};

/** `demands`: an optional member must be there; `forbids`: it must not. */
function optionalMembers(sites: readonly Site[], kind: 'demands' | 'forbids'): readonly Defect[] {
  const objects = sites.filter(({ pointer, keyword }) => keyword === 'type' && isJudgedObject(pointer));
  const members = objects.flatMap(({ pointer }) => optionalOf(schemaAt(pointer)).map((name) => ({ pointer, name })));
  return grouped(members, ({ pointer, name }) => `${memberOfPointer(pointer)} ${name}`).map((own) => {
    const { pointer, name } = own[0] ?? { pointer: '', name: '' };
    const whole = memberOfPointer(pointer) === '';
    const demanded = whole ? 'create.plain.accepted' : acceptanceRow(pointer);
    // Hyperparameters go by one name in every method, and each method may refuse its own.
    const ofMethod = !whole && name === 'hyperparameters' ? 'create.hyperparameters.accepts' : undefined;
    const used = (whole ? WHOLE_MEMBERS[name] : ofMethod) ?? acceptanceRow(`${pointer}/properties/${name}`);
    const row = kind === 'demands' ? demanded : used;
    const of = row === ofMethod ? `-of-${dashed(memberOfPointer(pointer))}` : '';
    const edits = own.map((one) =>
      kind === 'demands'
        ? editSchema(one.pointer, (schema) => ({ ...schema, required: [...requiredOf(schema), name] }))
        : editSchema(`${one.pointer}/properties/${name}`, () => false),
    );
    return {
      id: `${kind}-${dashed(name)}${of}:${row}`,
      wrong:
        kind === 'demands'
          ? `Demands ${name}, which is optional.`
          : `Does not support ${name} and refuses what carries it.`,
      breaks: row,
      ...contract(combineEdits(edits)),
    };
  });
}

/** Objects whose optional members are a client's business; `method` has one for each type, of which one is sent. */
function isJudgedObject(pointer: string): boolean {
  const member = memberOfPointer(pointer);
  return member !== 'method' && !/^grader\.(input|label_model|multi|score_model)/.test(member);
}

function optionalOf(schema: JsonObject): readonly string[] {
  const properties = schema['properties'];
  const required = requiredOf(schema);
  return isObject(properties) ? Object.keys(properties).filter((name) => !required.includes(name)) : [];
}

function requiredOf(schema: JsonObject): readonly JsonValue[] {
  const required = schema['required'];
  return isList(required) ? required : [];
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}
