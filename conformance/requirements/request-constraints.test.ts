import { describe, expect, it } from 'vitest';
import { constraints } from '#generated/current/constraints.ts';
import { createRequestSites } from '../contract/request-sites.ts';
import {
  acceptanceRowOf,
  constraintAcceptances,
  constraintRefusals,
  refusalRowOf,
  subjectOf,
} from './request-constraints.ts';

const REQUEST = '#/components/schemas/CreateFineTuningJobRequest';
const sites = createRequestSites();

describe('the subject of a schema pointer', () => {
  it.each([
    [REQUEST, ''],
    [`${REQUEST}/properties/seed`, 'seed'],
    [`${REQUEST}/properties/hyperparameters/properties/n_epochs/oneOf/1`, 'hyperparameters.n_epochs'],
    [
      `${REQUEST}/properties/integrations/items/properties/wandb/properties/tags/items`,
      'integrations.item.wandb.tags.item',
    ],
    ['#/components/schemas/MetadataInput/additionalProperties', 'metadata.value'],
    ['#/components/schemas/MetadataInput/propertyNames', 'metadata.key'],
    ['#/components/schemas/FineTuneDPOHyperparameters/properties/beta/oneOf/1', 'hyperparameters.beta'],
    ['#/components/schemas/GraderStringCheck/properties/operation', 'grader.string_check.operation'],
    ['#/components/schemas/EvalItem/properties/role', 'grader.input'],
  ])('of %s is "%s"', (pointer, subject) => expect(subjectOf(pointer)).toBe(subject));
});

describe('the row of a constraint', () => {
  it.each([
    [`${REQUEST}/properties/seed`, 'minimum', 0, 'create.seed.minimum'],
    [REQUEST, 'required', 'model', 'create.model.required'],
    [REQUEST, 'type', 'object', 'create.body.type'],
    [`${REQUEST}/properties/hyperparameters/properties/n_epochs`, 'oneOf', 2, 'create.n_epochs.type'],
    [
      '#/components/schemas/FineTuneSupervisedHyperparameters/properties/n_epochs/oneOf/1',
      'maximum',
      50,
      'create.n_epochs.maximum',
    ],
    [`${REQUEST}/properties/integrations/items`, 'required', 'wandb', 'create.integrations.wandb.required'],
    ['#/components/schemas/GraderPython', 'required', 'source', 'create.grader.python.required'],
    ['#/components/schemas/GraderMulti', 'required', 'graders', 'create.grader.multi.required'],
    ['#/components/schemas/GraderMulti', 'required', 'name', 'create.grader.multi.name.required'],
    ['#/components/schemas/GraderPython/properties/type', 'enum', ['python'], 'create.grader.type.enum'],
  ])('%s %s is %s', (pointer, keyword, value, row) => {
    expect(refusalRowOf({ pointer, keyword, value })).toBe(row);
  });

  it('gathers the places where a member stands', () => {
    const epochs = sites.filter((site) => refusalRowOf(site) === 'create.n_epochs.maximum');
    expect(new Set(epochs.map(({ pointer }) => pointer)).size).toBe(4);
  });
});

describe('the rows for constraints', () => {
  it('take up every constraint that a create body can break', () => {
    const rows = new Set(constraintRefusals.map(({ id }) => id));
    expect(sites.filter((site) => !rows.has(refusalRowOf(site))).map(({ id }) => id)).toEqual([]);
  });

  it('take up every constraint that the contract lists for the create request, but for notes and subsumed branches', () => {
    const found = new Set(sites.map(({ pointer, keyword }) => `${pointer} ${keyword}`));
    const components = new Set(sites.map(({ pointer }) => pointer.split('/')[3]));
    const notes = new Set(['default', '$ref', 'nullable', 'format', 'oneOf', 'anyOf', 'deprecated']);
    const missing = constraints
      .filter(({ pointer, keyword }) => components.has(pointer.split('/')[3]) && !notes.has(keyword))
      .map(({ pointer, keyword }) => `${pointer} ${keyword}`)
      .filter((id) => !found.has(id));
    // A model is any text, whatever names are listed beside it; the types of union branches are told apart by the union.
    expect(
      missing.filter(
        (id) => !/\/(oneOf|anyOf)\/\d+ type$|\/schemas\/\w+ type$/.test(id) && !id.includes('/properties/model/anyOf/'),
      ),
    ).toEqual([]);
  });

  it('are as binding as the contract says', () => {
    const level = (id: string) => constraintRefusals.find((row) => row.id === id)?.level;
    expect(level('create.metadata.maxProperties')).toBe('SHOULD');
    expect(level('create.metadata.value.type')).toBe('MUST');
    expect(level('create.suffix.maxLength')).toBe('MUST');
  });

  it('gather only places that bind alike: none is lifted or lowered by its neighbours', () => {
    const bindingOf = ({ pointer, keyword, value }: (typeof sites)[number]): string => {
      const own = constraints.find(
        (one) => one.pointer === pointer && one.keyword === keyword && (keyword !== 'required' || one.value === value),
      );
      return `${own?.standing?.refuse ?? 'MUST'}, ${own?.standing?.refuseStrict ?? 'as ever'}`;
    };
    const bindings = new Map<string, Set<string>>();
    for (const site of sites) {
      const row = refusalRowOf(site);
      bindings.set(row, (bindings.get(row) ?? new Set()).add(bindingOf(site)));
    }
    expect([...bindings].filter(([, found]) => found.size > 1)).toEqual([]);
    const ofName = constraintRefusals.find(({ id }) => id === 'create.grader.multi.name.required');
    expect(ofName).toMatchObject({ level: 'MAY', strict: 'MUST', erratum: 'E-C14', authority: 'DOC' });
  });

  it('ask for nothing of a target that does not offer the method', () => {
    const capability = (id: string) => constraintRefusals.find((row) => row.id === id)?.capability;
    expect(capability('create.beta.maximum')).toBe('method.dpo');
    expect(capability('create.grader.python.required')).toBe('method.reinforcement');
    expect(capability('create.integrations.wandb.required')).toBe('integrations');
    expect(capability('create.n_epochs.maximum')).toBe('core');
  });

  it('ask for null to be accepted where the contract allows it', () => {
    const nulls = constraintAcceptances.filter(({ id }) => id.endsWith('.null-accepted'));
    const levels = Object.fromEntries(
      nulls.map(({ id, level, strict }) => [id, strict === undefined ? level : `${level}, ${strict}`]),
    );
    expect(levels).toEqual({
      'create.suffix.null-accepted': 'SHOULD, MUST',
      'create.validation_file.null-accepted': 'SHOULD, MUST',
      'create.integrations.null-accepted': 'SHOULD, MUST',
      'create.integrations.wandb.name.null-accepted': 'SHOULD, MUST',
      'create.integrations.wandb.entity.null-accepted': 'SHOULD, MUST',
      'create.seed.null-accepted': 'SHOULD, MUST',
      'create.metadata.null-accepted': 'MUST',
    });
  });

  it('say what is wrong in a sentence', () => {
    const statement = (id: string) =>
      [...constraintRefusals, ...constraintAcceptances].find((row) => row.id === id)?.statement;
    expect(statement('create.seed.minimum')).toBe(
      'A create body is answered 4xx and makes no job where seed breaks minimum 0.',
    );
    expect(statement('create.model.required')).toBe(
      'A create body is answered 4xx and makes no job where model is missing.',
    );
    expect(statement('create.seed.null-accepted')).toBe('An explicit null of seed is accepted.');
  });

  it('share no id with each other', () => {
    const ids = [...constraintRefusals, ...constraintAcceptances].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(acceptanceRowOf(`${REQUEST}/properties/seed`)).toBe('create.seed.accepts');
    expect(acceptanceRowOf(REQUEST)).toBe('create.valid.accepted');
    expect(acceptanceRowOf('#/components/schemas/GraderScoreModel/properties/model', 'null-accepted')).toBe(
      'create.grader.score_model.accepts',
    );
  });
});
