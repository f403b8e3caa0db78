// The catalogue as a whole: ids that can be typed and relied on, requirements that exist, and mechanical defects none
// of which is without effect.
import { describe, expect, it } from 'vitest';
import { rules } from '#generated/current/rules.ts';
import * as validators from '#generated/current/validators.js';
import { contractSchemas } from '../contract/schemas.ts';
import { violationsOf } from '../contract/walk.ts';
import { isList, isObject, type JsonValue, memberAt } from '../json.ts';
import { variedBodies } from '../testing/varied-bodies.ts';
import { allDefects, handmadeDefects } from './all-defects.ts';
import { findDefects } from './find-defects.ts';
import { ANSWER_OBJECTS } from './mechanical/answers.ts';
import { createSites } from './mechanical/create-sites.ts';
import { acceptanceRow, enforcementRow } from './mechanical/row-ids.ts';

const defects = allDefects();

/** Every requirement that rules and constraints of the contract lead to. */
function knownRequirements(): ReadonlySet<string> {
  const sites = createSites();
  const members = ANSWER_OBJECTS.flatMap(([component, name]) => {
    const properties = memberAt(contractSchemas[component], 'properties');
    return ['body', ...Object.keys(isObject(properties) ? properties : {})].map((member) => `${name}.${member}`);
  });
  return new Set([
    ...Object.keys(rules),
    ...members,
    ...sites.map(({ row }) => row),
    ...sites.flatMap(({ pointer }) => [acceptanceRow(pointer), acceptanceRow(pointer, 'null-accepted')]),
  ]);
}

describe('the catalogue', () => {
  it('holds at least 90 defects that people thought of, and more that follow from the contract', () => {
    expect(handmadeDefects.length).toBeGreaterThan(90);
    expect(defects.length).toBeGreaterThan(2 * handmadeDefects.length);
  });

  it('has an id of its own for each, in lower case with dashes, behind a colon the requirement', () => {
    expect(new Set(defects.map(({ id }) => id)).size).toBe(defects.length);
    const form = /^[a-z0-9]+(-[a-z0-9]+)*(:[a-z][A-Za-z0-9_.-]+)?$/;
    expect(defects.map(({ id }) => id).filter((id) => !form.test(id))).toEqual([]);
    expect(defects.filter(({ id, breaks }) => id.includes(':') && !id.endsWith(`:${breaks}`))).toEqual([]);
  });

  it('tells in one line what the vendor did wrong', () => {
    expect(defects.filter(({ wrong }) => !/^[A-Z][^\n\t]+\.$/.test(wrong)).map(({ id }) => id)).toEqual([]);
  });

  it('breaks requirements that exist', () => {
    const known = knownRequirements();
    expect(defects.filter(({ breaks }) => !known.has(breaks)).map(({ id, breaks }) => [id, breaks])).toEqual([]);
  });

  it('breaks every rule of the contract that a single answer can break', () => {
    const broken = new Set(defects.map(({ breaks }) => breaks));
    expect(Object.keys(rules).filter((id) => !broken.has(id))).toEqual([]);
  });

  it('breaks every constraint of the create request from both sides', () => {
    const broken = new Set(defects.map(({ breaks }) => breaks));
    expect(createSites().filter(({ row }) => !broken.has(row))).toEqual([]);
  });

  it('has every defect hook in somewhere', () => {
    const idle = defects.filter((one) => !(one.contract ?? one.request ?? one.answer ?? one.policy));
    expect(idle).toEqual([]);
  });
});

describe('requirements are named after the constraint that they rest on', () => {
  const at = (tail: string): string => `#/components/schemas/${tail}`;

  it.each<[pointer: string, keyword: string, value: JsonValue, row: string]>([
    ['CreateFineTuningJobRequest', 'type', 'object', 'create.body.type'],
    ['CreateFineTuningJobRequest', 'required', 'model', 'create.model.required'],
    ['CreateFineTuningJobRequest/properties/seed', 'maximum', 2_147_483_647, 'create.seed.maximum'],
    ['FineTuneDPOHyperparameters/properties/beta/oneOf/1', 'exclusiveMinimum', 0, 'create.beta.exclusiveMinimum'],
    ['FineTuneDPOHyperparameters/properties/beta', 'oneOf', 2, 'create.beta.type'],
    ['MetadataInput/propertyNames', 'maxLength', 64, 'create.metadata.key.maxLength'],
    ['MetadataInput/additionalProperties', 'type', 'string', 'create.metadata.value.type'],
    [
      'CreateFineTuningJobRequest/properties/integrations/items/properties/wandb',
      'required',
      'project',
      'create.integrations.wandb.project.required',
    ],
    ['GraderStringCheck/properties/type', 'enum', ['string_check'], 'create.grader.type.enum'],
    ['GraderStringCheck', 'required', 'name', 'create.grader.string_check.required'],
    ['GraderMulti', 'required', 'name', 'create.grader.multi.name.required'],
    ['GraderMulti', 'required', 'graders', 'create.grader.multi.required'],
    ['EvalItem/properties/role', 'enum', ['user'], 'create.grader.input.enum'],
  ])('%s %s', (pointer, keyword, value, row) => {
    expect(enforcementRow(at(pointer), keyword, value)).toBe(row);
  });

  it('and legal values of keys, values and items belong to what holds them', () => {
    expect(acceptanceRow(at('MetadataInput/propertyNames'))).toBe('create.metadata.accepts');
    expect(acceptanceRow(at('GraderPython/properties/image_tag'))).toBe('create.grader.python.accepts');
  });
});

describe('mechanical edits of the contract', () => {
  const bodies = [...variedBodies()];
  const handmade = new Set(handmadeDefects);
  const ofCreate = defects.flatMap((defect) => {
    const { id, contract } = defect;
    if (contract === undefined || handmade.has(defect)) return [];
    const schemas = contract.edit(contractSchemas);
    return [{ id, schemas, when: contract.when }];
  });

  it(
    'let a body pass or fall that otherwise would not, in the direction that the id says',
    { timeout: 240_000 },
    () => {
      const idle = ofCreate.filter(({ id, schemas, when }) => {
        const names = changedMembers(schemas);
        const lenient = /^(lenient|off-by-one|inclusive)\b/.test(id);
        const strict = /^(strict|demands|forbids)-/.test(id);
        const near = bodies.filter(
          ({ path }) => names.size === 0 || path.length === 0 || path.some((name) => names.has(name)),
        );
        return !near.some(({ body }) => {
          const before = validators.CreateFineTuningJobRequest(body);
          if ((lenient && before) || (strict && !before) || when?.(body) === false) return false;
          const options = { schemas, unknownMembers: 'accept' } as const;
          return (violationsOf('CreateFineTuningJobRequest', body, options).length === 0) !== before;
        });
      });
      expect(idle.map(({ id }) => id)).toEqual([]);
    },
  );
});

/** The members whose schemas differ from the documented ones; empty where a whole component does. */
function changedMembers(schemas: Readonly<Record<string, JsonValue>>): ReadonlySet<string> {
  const names = new Set<string>();
  const look = (one: JsonValue | undefined, other: JsonValue | undefined, name: string | undefined): void => {
    if (one === other) return;
    const own = isObject(one) ? one : {};
    const its = isObject(other) ? other : {};
    for (const member of isList(own['required']) ? own['required'] : []) {
      if (!(isList(its['required']) && its['required'].includes(member)))
        names.add(typeof member === 'string' ? member : '');
    }
    if (name !== undefined) names.add(name);
    const properties = isObject(own['properties']) ? own['properties'] : {};
    for (const [member, below] of Object.entries(properties)) look(below, memberAt(its, 'properties', member), member);
  };
  for (const [component, schema] of Object.entries(contractSchemas)) look(schema, schemas[component], undefined);
  return names;
}

describe('finding defects', () => {
  it('gives them in the order in which they are named', () => {
    expect(findDefects(['create-201', 'metadata-lost']).map(({ id }) => id)).toEqual(['create-201', 'metadata-lost']);
  });

  it('names the nearest one of a mistyped id', () => {
    expect(() => findDefects(['lenient:create.seed.maximun'])).toThrow(
      "there is no defect 'lenient:create.seed.maximun'; did you mean 'lenient:create.seed.maximum'?",
    );
  });
});
