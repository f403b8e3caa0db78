// Chapter echo: the job that a create answers with carries what was sent.
import type { RuleId } from '#generated/current/rules.ts';
import { isArray, isObject, type JsonValue, member, sameJson, show, textMember } from '../contract/json.ts';
import { schemas } from '../contract/active-contract.ts';
import { component, locate, resolve } from '../contract/schema.ts';
import { emptyToNull, firstLost } from './carried.ts';
import type { CreationObserved } from './observation.ts';
import { check, expectThat, type Finding, NOT_APPLICABLE, PASS, type Row, rule } from './requirement.ts';

type Judge = (observation: CreationObserved) => readonly Finding[];

function echoes(id: RuleId, judge: Judge): Row {
  return rule(id, [check('creation', judge)]);
}

/** The member must carry every value that was sent; not judged where none was. */
function carries(name: string): Judge {
  return ({ payload, job }) => {
    const sent = member(payload, name);
    if (sent === undefined || sent === null || emptyToNull(sent) === null) return NOT_APPLICABLE;
    return carried(name, sent, member(job, name));
  };
}

function carried(name: string, sent: JsonValue, got: JsonValue | undefined): readonly Finding[] {
  const lost = firstLost(sent, got);
  if (!lost) return PASS;
  return [
    {
      outcome: 'fail',
      message: `${name} does not carry what was sent: ${lost.message}`,
      at: `/${name}${lost.at}`,
      site: `${name}${withoutIndexes(lost.at)}`,
    },
  ];
}

function withoutIndexes(pointer: string): string {
  return pointer.replace(/\/\d+(?=\/|$)/g, '/*');
}

/** True for a hyperparameter that jobs of the edition show; the first editions show n_epochs alone. */
function isShown(name: string): boolean {
  const { properties } = resolve(locate('FineTuningJob')).schema.properties?.['hyperparameters'] ?? {};
  return Object.hasOwn(properties ?? {}, name);
}

export const echoRequirements: readonly Row[] = [
  echoes('echo.model', ({ payload, job }) => {
    const sent = textMember(payload, 'model');
    const got = textMember(job, 'model');
    if (sent === undefined || got === undefined) return NOT_APPLICABLE;
    return expectThat(
      got.startsWith(sent),
      () => `model ${show(sent)} was sent and the job names ${show(got)}`,
      '/model',
    );
  }),
  echoes('echo.model.snapshot', ({ payload, job }) => {
    const sent = textMember(payload, 'model');
    const got = textMember(job, 'model');
    if (sent === undefined || got === undefined || /\d{4}$/.test(sent)) return NOT_APPLICABLE;
    return expectThat(got !== sent && got.startsWith(sent), () => `model stays the alias ${show(got)}`, '/model');
  }),
  echoes('echo.training_file', carries('training_file')),
  echoes('echo.validation_file', (observation) => {
    const sent = emptyToNull(member(observation.payload, 'validation_file'));
    const got = emptyToNull(member(observation.job, 'validation_file'));
    return expectThat(
      sameJson(sent, got),
      () => `validation_file was ${show(sent)} and is ${show(got)}`,
      '/validation_file',
    );
  }),
  echoes('echo.seed', carries('seed')),
  echoes('echo.hyperparameters', ({ payload, job }) => {
    const sent = member(payload, 'hyperparameters');
    // Beside a method the documents do not say which of the two wins.
    if (!isObject(sent) || Object.keys(sent).length === 0 || isObject(member(payload, 'method'))) return NOT_APPLICABLE;
    const got = member(job, 'hyperparameters');
    const shown = Object.entries(sent).filter(([name]) => isShown(name) || member(got, name) !== undefined);
    return shown.length === 0 ? NOT_APPLICABLE : carried('hyperparameters', Object.fromEntries(shown), got);
  }),
  echoes('echo.method', carries('method')),
  echoes('echo.metadata', ({ payload, job }) => {
    const sent = member(payload, 'metadata');
    if (!isObject(sent) || Object.keys(sent).length === 0) return NOT_APPLICABLE;
    const got = member(job, 'metadata');
    if (sameJson(sent, got)) return PASS;
    return [{ outcome: 'fail', message: `metadata ${difference(sent, got)}`, at: '/metadata', site: 'metadata' }];
  }),
  echoes('echo.integrations', ({ payload, job }) => {
    const sent = emptyToNull(member(payload, 'integrations'));
    if (!isArray(sent)) return NOT_APPLICABLE;
    // A documented answer leaves out name and tags, so that only what every document shows is binding.
    return carried('integrations', sent.map(essentials), member(job, 'integrations'));
  }),
  echoes('echo.integrations.details', carries('integrations')),
  echoes('echo.method.from-hyperparameters', ({ payload, job }) => {
    const sent = member(payload, 'hyperparameters');
    if (!isObject(sent) || Object.keys(sent).length === 0 || isObject(member(payload, 'method'))) return NOT_APPLICABLE;
    return carried('method', { supervised: { hyperparameters: sent } }, member(job, 'method'));
  }),
  echoes('echo.method.always-present', ({ payload, job }) => {
    if (isObject(member(payload, 'method'))) return NOT_APPLICABLE;
    const method = member(job, 'method');
    return expectThat(
      textMember(method, 'type') === 'supervised',
      () => `no method was sent and the job has method ${show(method)}`,
      '/method',
    );
  }),
  echoes('echo.method.defaults', showsDefaults),
  echoes('echo.hyperparameters.only-supervised', ({ payload, job }) => {
    const type = textMember(member(payload, 'method'), 'type');
    const isOther = type === 'dpo' || type === 'reinforcement';
    if (!isOther || emptyToNull(member(payload, 'hyperparameters')) !== null) return NOT_APPLICABLE;
    const got = member(job, 'hyperparameters') ?? null;
    return expectThat(got === null, () => `a ${type} job has hyperparameters ${show(got)}`, '/hyperparameters');
  }),
  echoes('echo.metadata.null-when-absent', ({ payload, job }) => {
    if (isObject(member(payload, 'metadata'))) return NOT_APPLICABLE;
    return expectThat(
      member(job, 'metadata') === null,
      () => `metadata is ${show(member(job, 'metadata'))}`,
      '/metadata',
    );
  }),
  echoes('echo.integrations.empty-when-absent', ({ payload, job }) => {
    if (emptyToNull(member(payload, 'integrations')) !== null) return NOT_APPLICABLE;
    const got = member(job, 'integrations');
    return expectThat(isArray(got) && got.length === 0, () => `integrations is ${show(got)}`, '/integrations');
  }),
];

/** The hyperparameters that a method has in this edition. */
function hyperparametersOf(method: string): readonly string[] {
  const name = { supervised: 'FineTuneSupervised', dpo: 'FineTuneDPO', reinforcement: 'FineTuneReinforcement' }[method];
  const hyperparameters = `${name ?? ''}Hyperparameters`;
  return Object.hasOwn(schemas, hyperparameters) ? Object.keys(component(hyperparameters).properties ?? {}) : [];
}

/** Whatever nobody chose is shown, too. What was chosen is the business of echo.method. */
function showsDefaults({ payload, job }: CreationObserved): readonly Finding[] {
  const type = textMember(member(payload, 'method'), 'type') ?? 'supervised';
  const method = member(job, 'method');
  const chosen = member(member(member(payload, 'method'), type), 'hyperparameters');
  const unsent = hyperparametersOf(type).filter((name) => (member(chosen, name) ?? null) === null);
  if (!isObject(method) || unsent.length === 0) return NOT_APPLICABLE;
  const shown = member(member(method, type), 'hyperparameters');
  const missing = unsent.find((name) => (member(shown, name) ?? null) === null);
  if (missing === undefined) return PASS;
  const at = `/method/${type}/hyperparameters`;
  const message = `${missing} was not sent, and the ${type} job does not show it`;
  return [{ outcome: 'fail', message, at, site: `${type}.${missing}` }];
}

/** The type of an integration, and the project that it reports to. */
function essentials(integration: JsonValue): JsonValue {
  const wandb = member(integration, 'wandb');
  return {
    type: member(integration, 'type') ?? null,
    ...(isObject(wandb) ? { wandb: { project: wandb['project'] ?? null } } : {}),
  };
}

/** Which pair of a map was lost, changed or added. */
function difference(sent: JsonValue, got: JsonValue | undefined): string {
  if (!isObject(sent) || !isObject(got)) return `was sent and is ${show(got)}`;
  for (const [name, value] of Object.entries(sent)) {
    const found = member(got, name);
    if (found === undefined) return `has lost ${show(name)}`;
    if (!sameJson(found, value)) return `has ${show(name)} changed from ${show(value)} to ${show(found)}`;
  }
  const added = Object.keys(got).find((name) => !Object.hasOwn(sent, name));
  return `has ${show(added ?? null)} which was not sent`;
}
