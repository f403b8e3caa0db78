// Errata that leave a server free: what the documents disagree on in requests, names and ids. Freedom ends somewhere,
// and where it ends stands beside it.
import type { JsonObject } from '../contract/json.ts';
import type { Observation } from '../requirements/observation.ts';
import {
  beyondDoubt,
  contradicted,
  FAILS,
  FAILS_AS_SHOULD,
  inEdition,
  type InBothModes,
  PASSES,
  refusesBody,
  type ShownErratum,
  takes,
  takesFault,
} from './errata-cases.ts';
import { answered, refused } from './exchanges.ts';
import { observedIn, shown } from './judged.ts';
import { aJob, anEvent, aPage, aPermission } from './objects.ts';
import { creation } from './specimens-of-create.ts';

const REQUEST = '#/components/schemas/CreateFineTuningJobRequest';
const METADATA = '#/components/schemas/MetadataInput';

/** Nulls are legal by the schema; that they are taken is asked for without doubt in strict mode alone. */
const ALMOST_LEGAL: InBothModes = ['fails as SHOULD', 'fails'];
const WANDB = { project: 'my-project' };

const OF_NULLS: readonly ShownErratum[] = [
  ...['suffix', 'validation_file', 'integrations', 'seed'].map((name) =>
    contradicted('E-C3', `refuses null for ${name}`, refusesBody({ [name]: null }, name), {
      [`create.${name}.null-accepted`]: ALMOST_LEGAL,
    }),
  ),
  ...['name', 'entity'].map((name) => {
    const integrations = [{ type: 'wandb', wandb: { ...WANDB, [name]: null } }];
    const row = `create.integrations.wandb.${name}.null-accepted`;
    // The integration itself is refused with it; that it is taken otherwise, a run has seen.
    const observed = refusesBody({ integrations }, name).filter(({ requirement }) => requirement === row);
    return contradicted('E-C3', `refuses null for ${name} of an integration`, observed, { [row]: ALMOST_LEGAL });
  }),
  beyondDoubt('E-C3', 'takes null for suffix', takes({ suffix: null }), { 'create.suffix.null-accepted': PASSES }),
  beyondDoubt('E-C3', 'refuses null for metadata, on which no document differs', refusesBody({ metadata: null }, 'metadata'), { 'create.metadata.null-accepted': FAILS }),
]; // prettier-ignore

/** What a run of edition 2024-04 sends with a suffix that only the schema of the time allows; the target refuses it all. */
async function sentBetween(): Promise<readonly Observation[]> {
  const { legalValues } = await import('../generation/legal-values.ts');
  const { cleanBases } = await import('../generation/bases.ts');
  const { siteFaults } = await import('../generation/faults.ts');
  const { depthFaults } = await import('../generation/near-misses.ts');
  const { acceptanceRowOf } = await import('../requirements/request-constraints.ts');
  const isBetween = (suffix: unknown): boolean => typeof suffix === 'string' && suffix.length > 18 && suffix.length <= 40; // prettier-ignore
  const exchange = refused(400, { param: 'suffix' });
  const legal = legalValues()
    .filter(({ at, value }) => at === '/suffix' && isBetween(value))
    .map(({ at, place }): Observation => ({ kind: 'acceptance', requirement: acceptanceRowOf(place.located.pointer), site: at, description: at, exchange })); // prettier-ignore
  const faulty = cleanBases()
    .flatMap((base) => [...siteFaults(base), ...depthFaults(base)])
    .filter(({ template }) => isBetween(Reflect.get(Object(template), 'suffix')))
    .map(({ fault }): Observation => ({ kind: 'fault', fault, exchange, twin: undefined, standIn: undefined }));
  return [...legal, ...faulty];
}

const TAKES_NONE = 'refuses suffixes of 19 to 40 characters, or takes them: a run sends none';

const OF_SUFFIXES: readonly ShownErratum[] = [
  inEdition('2024-04', contradicted('E-C2', TAKES_NONE, [], {}), sentBetween),
  inEdition(
    '2024-04',
    beyondDoubt('E-C2', 'refuses a suffix of 18 characters', [], { 'create.suffix.accepts': FAILS }),
    async () => (await import('./errata-cases.ts')).refusesBody({ suffix: 'a'.repeat(18) }, 'suffix'),
  ),
  inEdition(
    '2024-04',
    beyondDoubt('E-C2', 'takes a suffix of 41 characters', [], { 'create.suffix.maxLength': FAILS }),
    async () => [(await import('./errata-cases.ts')).takesFault(`${REQUEST}/properties/suffix maxLength`)],
  ),
];

const PAIRS = Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`key-${index}`, 'value']));
const SIXTEEN = Object.fromEntries(Object.entries(PAIRS).slice(1));

const OF_METADATA: readonly ShownErratum[] = [
  contradicted('E-C4', 'takes 17 pairs', takesFault(`${METADATA} maxProperties`), { 'create.metadata.maxProperties': FAILS_AS_SHOULD }),
  contradicted('E-C4', 'takes a key of 65 characters', takesFault(`${METADATA}/propertyNames maxLength`), { 'create.metadata.key.maxLength': FAILS_AS_SHOULD }),
  contradicted('E-C4', 'takes a value of 513 characters', takesFault(`${METADATA}/additionalProperties maxLength`), { 'create.metadata.value.maxLength': FAILS_AS_SHOULD }),
  contradicted('E-C4', 'shows a job with 17 pairs', shown('FineTuningJob', aJob({ metadata: PAIRS })), { 'retrieve.job.metadata': PASSES }),
  beyondDoubt('E-C4', 'refuses 16 pairs', refusesBody({ metadata: SIXTEEN }, 'metadata'), { 'create.metadata.accepts': FAILS }),
  beyondDoubt('E-C4', 'takes a number for a value', takesFault(`${METADATA}/additionalProperties type`), { 'create.metadata.value.type': FAILS }),
]; // prettier-ignore

/** A job with so many integrations. */
function integrated(count: number, last: JsonObject = {}): Observation {
  const one = (index: number): JsonObject => ({ type: 'wandb', wandb: { project: `p-${index}` } });
  const all = Array.from({ length: count }, (_, index) => one(index));
  return shown('FineTuningJob', aJob({ integrations: [...all.slice(1), { ...one(0), ...last }] }));
}

/** The answers of a page of permissions that was asked for under some name of a checkpoint. */
function permissionsOf(checkpoint: string): readonly Observation[] {
  const page = aPage([aPermission()], false, { first_id: 'cp-1', last_id: 'cp-1' });
  const path = `/fine_tuning/checkpoints/${encodeURIComponent(checkpoint)}/permissions`;
  return observedIn(answered(page, { operation: 'listFineTuningCheckpointPermissions', path }));
}

const OF_NAMES: readonly ShownErratum[] = [
  contradicted('E-C5', 'shows a job with six integrations, which a request may have', integrated(6), { 'retrieve.job.integrations': PASSES }),
  beyondDoubt('E-C5', 'shows a job with five', integrated(5), { 'retrieve.job.integrations': PASSES }),
  beyondDoubt('E-C5', 'shows six, one of which is of no known type', integrated(6, { type: 'tensorboard' }), { 'retrieve.job.integrations': FAILS }),
  contradicted('E-C7', 'keeps the alias of the model', creation({}, { model: 'gpt-4o-mini' }), { 'echo.model': PASSES }),
  contradicted('E-C7', 'resolves it to a dated snapshot', creation({}, { model: 'gpt-4o-mini-2024-07-18' }), { 'echo.model': PASSES }),
  beyondDoubt('E-C7', 'names another model', creation({}, { model: 'gpt-4o' }), { 'echo.model': FAILS_AS_SHOULD }),
  contradicted('E-C10', 'gives ids whose prefix only one example has, or none', ['ft-event-1', 'ftevent-1', '1'].map((id) => shown('FineTuningJobEvent', anEvent({ id }))), { 'events.event.id': PASSES }),
  contradicted('E-C10', 'calls a job by a plain number', shown('FineTuningJob', aJob({ id: '1234' })), { 'retrieve.job.id': PASSES }),
  contradicted('E-C13', 'lists permissions under the name of a checkpoint', permissionsOf('ft:gpt-4o-mini-2024-07-18:org:weather:B7R9VjQd'), { 'permissions.page.data': PASSES }),
  contradicted('E-C13', 'lists permissions under an id', permissionsOf('ft-AF1WoRqd3aJAHsqc9NY7iL8F'), { 'permissions.page.data': PASSES }),
]; // prettier-ignore

export const ERRATA_OF_FREEDOMS: readonly ShownErratum[] = [...OF_NULLS, ...OF_SUFFIXES, ...OF_METADATA, ...OF_NAMES];
