// Rows for the constraints of the create request: each must be enforced, and each legal value be accepted. One row for
// a member and keyword, wherever the member stands (n_epochs stands in four places); the places are the row's sites.
// Inside graders a row gathers a kind of grader, as nobody reads forty rows about one grader.
import type { Standing } from '#generated/current/constraints.ts';
import { constraints } from '../contract/active-contract.ts';
import { show } from '../contract/json.ts';
import { createRequestSites, type Site } from '../contract/request-sites.ts';
import { type Located, describeSchema, componentOf } from '../contract/schema.ts';
import { type Authority, type Capability, check, type Level, type Requirement } from './requirement.ts';
import { judgeAcceptance, judgeRefusal } from './refusals.ts';

/** What a component's members are called in row ids. */
const SUBJECTS: Readonly<Record<string, string>> = {
  CreateFineTuningJobRequest: '',
  MetadataInput: 'metadata',
  FineTuneMethod: 'method',
  FineTuneSupervisedMethod: 'method.supervised',
  FineTuneDPOMethod: 'method.dpo',
  FineTuneReinforcementMethod: 'method.reinforcement',
  FineTuneSupervisedHyperparameters: 'hyperparameters',
  FineTuneDPOHyperparameters: 'hyperparameters',
  FineTuneReinforcementHyperparameters: 'hyperparameters',
  GraderStringCheck: 'grader.string_check',
  GraderTextSimilarity: 'grader.text_similarity',
  GraderPython: 'grader.python',
  GraderScoreModel: 'grader.score_model',
  GraderLabelModel: 'grader.label_model',
  GraderMulti: 'grader.multi',
  ReasoningEffort: 'grader.score_model.sampling_params.reasoning_effort',
};

/** Components that hold the messages of a grader: one subject for all of them. */
const MESSAGES = new Set([
  'EvalItem', 'EvalItemContent', 'EvalItemContentItem', 'EvalItemContentArray', 'EvalItemContentText', 'InputTextContent',
  'PromptCacheBreakpointConfig', 'EvalItemContentOutputText', 'EvalItemInputImage', 'InputAudio',
]); // prettier-ignore

/** The member path that a schema pointer stands for: `hyperparameters.n_epochs`, `grader.string_check.operation`. */
export function subjectOf(pointer: string): string {
  const name = componentOf(pointer);
  if (MESSAGES.has(name)) return 'grader.input';
  const tokens = pointer.split('/').slice(4);
  const path: string[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] ?? '';
    if (token === 'properties' || token === 'oneOf' || token === 'anyOf') {
      index += 1;
      if (token === 'properties') path.push(tokens[index] ?? '');
    } else if (token === 'additionalProperties') path.push('value');
    else if (token === 'propertyNames') path.push('key');
    else if (token === 'items') path.push('item');
  }
  return [SUBJECTS[name] ?? name, ...path].filter((part) => part !== '').join('.');
}

/** The id of the row that asks for a site's constraint to be enforced. */
export function refusalRowOf(site: Pick<Site, 'pointer' | 'keyword' | 'value'>): string {
  const { pointer, keyword, value } = site;
  const subject = subjectOf(pointer);
  const grader = /^grader\.(input|[a-z_]+)/.exec(subject)?.[0];
  const aspect = keyword === 'oneOf' ? 'type' : keyword;
  if (grader !== undefined) {
    // What the documents disagree about is not judged at the level of what they agree on.
    if (aspect === 'required' && standingOf(site)?.refuse !== undefined && typeof value === 'string')
      return `create.${grader}.${value}.required`;
    if (aspect === 'required' || aspect === 'type') return `create.${grader}.${aspect}`;
    if (subject === `${grader}.type`) return 'create.grader.type.enum';
    return `create.${subject}.${aspect}`;
  }
  if (aspect === 'required')
    return `create.${shortened([subject, typeof value === 'string' ? value : ''].filter((part) => part !== '').join('.'))}.required`;
  if (subject === '') return `create.body.${aspect}`;
  return `create.${shortened(subject)}.${aspect}`;
}

/** `integrations.item.wandb` is `integrations.wandb`, and a hyperparameter goes by its own name. */
function shortened(subject: string): string {
  return subject.replace(/^hyperparameters\./, '').replace(/\.item\./g, '.');
}

/**
 * Members that every body of a kind holds: where their values are refused the kind is, and that has a rule. A row of their
 * own could fail beside it, but never by itself.
 */
const RULES_OF_KINDS: ReadonlyMap<string, string> = new Map([
  ['', 'create.valid.accepted'],
  ['model', 'create.valid.accepted'],
  ['training_file', 'create.valid.accepted'],
  ['method', 'create.valid.accepted'],
  ['method.type', 'create.valid.accepted'],
  ['validation_file', 'create.validation_file.accepted'],
  ['integrations.type', 'create.valid.accepted'],
  ['method.reinforcement.grader', 'create.valid.accepted'],
]);

/** The id of the row that asks for the legal values of a member to be accepted; for the body as a whole, of any legal body. */
export function acceptanceRowOf(
  pointer: string,
  aspect: 'accepts' | 'null-accepted' | 'free-text' = 'accepts',
): string {
  const subject = subjectOf(pointer);
  const grader = /^grader\.(input|[a-z_]+)/.exec(subject)?.[0];
  if (grader !== undefined) return `create.${grader}.accepts`;
  const rule = aspect === 'accepts' ? RULES_OF_KINDS.get(shortened(subject)) : undefined;
  return rule ?? `create.${shortened(subject)}.${aspect}`;
}

function standingOf({ pointer, keyword, value }: Pick<Site, 'pointer' | 'keyword' | 'value'>): Standing | undefined {
  return constraints.find(
    (one) => one.pointer === pointer && one.keyword === keyword && (keyword !== 'required' || one.value === value),
  )?.standing;
}

function capabilityOf(id: string): Capability {
  if (id.startsWith('create.integrations.')) return 'integrations';
  if (/^create\.(beta|method\.dpo)\b/.test(id)) return 'method.dpo';
  const ofReinforcement =
    /^create\.(grader|method\.reinforcement|compute_multiplier|eval_interval|eval_samples|reasoning_effort)\b/;
  return ofReinforcement.test(id) ? 'method.reinforcement' : 'core';
}

/** A label model stands only inside a multi grader, whose shape is contradicted: no target need offer it. */
function isConditional(id: string): boolean {
  return /^create\.grader\.(multi|label_model)\b/.test(id);
}

/** The first edition that has what a row speaks of. */
function sinceOf(id: string): Requirement['since'] {
  const capability = capabilityOf(id);
  if (capability === 'method.reinforcement') return '2025-05';
  return capability === 'method.dpo' || /^create\.(method|metadata)\b/.test(id) ? '2024-12' : '2024-04';
}

interface Group {
  readonly id: string;
  readonly sites: readonly Site[];
}

function groupedBy(sites: readonly Site[], idOf: (site: Site) => string): Group[] {
  const groups = new Map<string, Site[]>();
  for (const site of sites) {
    const id = idOf(site);
    groups.set(id, [...(groups.get(id) ?? []), site]);
  }
  return [...groups].map(([id, members]) => ({ id, sites: members }));
}

interface Binding {
  readonly level: Level;
  readonly strict?: Level;
  readonly authority: Authority;
  readonly sources: readonly string[];
  readonly erratum?: string;
}

function bindingOf(sites: readonly Site[], side: 'refuse' | 'accept'): Binding {
  const standings = sites.map(standingOf);
  // Sites of one row bind alike (a test holds them to it): a SHOULD must not be lifted by a neighbour.
  const standing = standings.every((one) => one?.[side] !== undefined) ? standings[0] : undefined;
  const strict = side === 'refuse' ? standing?.refuseStrict : standing?.acceptStrict;
  const components = [
    ...new Set(
      sites.map(({ pointer }) => pointer.slice('#/components/schemas/'.length).replaceAll('/properties/', '.')),
    ),
  ];
  return {
    level: standing?.[side] ?? 'MUST',
    ...(strict === undefined ? {} : { strict }),
    authority: standing?.authority ?? 'SCHEMA',
    sources: [...components.slice(0, 4).map((name) => `SPEC ${name}`), ...(standing?.sources ?? [])],
    ...(standing?.erratum === undefined ? {} : { erratum: standing.erratum }),
  };
}

function refusalRow({ id, sites }: Group): Requirement {
  const [first] = sites;
  if (first === undefined) throw new Error(`${id} has no site`);
  const [, ...rest] = id.split('.');
  const subject = rest.slice(0, -1).join('.');
  return {
    ...commonOf(id),
    ...bindingOf(sites, 'refuse'),
    title: `${capitalised(inWords(subject))}: ${ASPECTS[rest.at(-1) ?? ''] ?? rest.at(-1) ?? ''} is enforced`,
    statement: `A create body is answered 4xx and makes no job where ${faultIn(first, subject)}.`,
    checks: [check('fault', judgeRefusal, id)],
  };
}

const ASPECTS: Readonly<Record<string, string>> = {
  type: 'the JSON type',
  enum: 'the list of words',
  required: 'presence',
  minimum: 'the smallest value',
  maximum: 'the largest value',
  exclusiveMinimum: 'the lower bound',
  minLength: 'the shortest length',
  maxLength: 'the longest length',
  maxProperties: 'the number of pairs',
};

/** `integrations.wandb.tags.item` in words. */
function inWords(subject: string): string {
  if (subject === 'body') return 'the body';
  if (/^grader\.[a-z_]+$/.test(subject)) {
    return subject === 'grader.input' ? 'a message of a grader' : `a ${subject.slice('grader.'.length)} grader`;
  }
  if (subject.endsWith('.item')) return `an item of ${subject.slice(0, -'.item'.length)}`;
  if (subject.endsWith('.key')) return `a key of ${subject.slice(0, -'.key'.length)}`;
  if (subject.endsWith('.value')) return `a value of ${subject.slice(0, -'.value'.length)}`;
  return subject;
}

function faultIn({ keyword, value, place }: Site, subject: string): string {
  const words = inWords(subject);
  const isGrader = /^grader\.[a-z_]+$/.test(subject);
  switch (keyword) {
    case 'required':
      return isGrader ? `${words} lacks a required member` : `${words} is missing`;
    case 'type':
    case 'oneOf':
      return isGrader
        ? `a member of ${words} has another JSON type than documented`
        : `${words} is not ${describeSchema(place.located)}`;
    case 'enum':
      return `${words} is a word outside the documented ones`;
    default:
      return `${words} breaks ${keyword} ${show(value)}`;
  }
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** An acceptance row for each member whose legal values a server has to take. */
function acceptanceRow(id: string, located: Located, sites: readonly Site[], level: Level): Requirement {
  const subject = id.split('.').slice(1, -1).join('.');
  const pattern = located.schema['x-accept-pattern'];
  const legal = `${describeSchema(located)}${pattern === undefined ? '' : `, as far as ${pattern} matches`}`;
  const values = id.endsWith('.null-accepted') ? 'An explicit null' : `Each legal value (${legal})`;
  return {
    ...commonOf(id),
    ...(id.endsWith('.null-accepted') ? nullBinding(located.pointer) : { ...bindingOf(sites, 'accept'), level }),
    title: `${capitalised(inWords(subject))}: ${id.endsWith('.null-accepted') ? 'null is accepted' : 'every legal value is accepted'}`,
    statement: `${values} of ${inWords(subject)} is accepted.`,
    checks: [check('acceptance', judgeAcceptance, id)],
  };
}

function nullBinding(pointer: string): Binding {
  const standing = standingOf({ pointer, keyword: 'nullable', value: true });
  return {
    level: standing?.accept ?? 'MUST',
    ...(standing?.acceptStrict === undefined ? {} : { strict: standing.acceptStrict }),
    authority: standing?.authority ?? 'SCHEMA',
    sources: [`SPEC ${pointer.slice('#/components/schemas/'.length)}`, ...(standing?.sources ?? [])],
    ...(standing?.erratum === undefined ? {} : { erratum: standing.erratum }),
  };
}

function commonOf(
  id: string,
): Pick<Requirement, 'id' | 'chapter' | 'since' | 'capability' | 'conditional' | 'needsSuccess'> {
  return {
    id,
    chapter: 'create',
    since: sinceOf(id),
    capability: capabilityOf(id),
    conditional: isConditional(id),
    needsSuccess: false,
  };
}

const sites = createRequestSites();

export const constraintRefusals: readonly Requirement[] = groupedBy(sites, refusalRowOf).map(refusalRow);

/** The ids of the acceptance rows are made together with the facts that they judge; see generation/facts. */
export const constraintAcceptances: readonly Requirement[] = acceptanceRows();

function acceptanceRows(): Requirement[] {
  const rows = new Map<string, Requirement>();
  for (const site of sites) {
    const { located } = site.place;
    const subject = subjectOf(site.pointer);
    if (subject === '' || /\.(key|value|item)$/.test(subject)) continue;
    const isGrader = subject.startsWith('grader.');
    if (/^grader\.(multi|label_model)/.test(subject)) continue;
    const id = acceptanceRowOf(site.pointer);
    if (!rows.has(id) && !RULES_OF_KINDS.has(shortened(subject))) {
      const group = isGrader ? sites.filter((one) => acceptanceRowOf(one.pointer) === id) : [site];
      rows.set(id, acceptanceRow(id, located, group, 'MUST'));
    }
    if (located.schema.nullable === true && !isGrader) {
      const nullId = acceptanceRowOf(site.pointer, 'null-accepted');
      if (!rows.has(nullId)) rows.set(nullId, acceptanceRow(nullId, located, [site], 'MUST'));
    }
  }
  return [...rows.values()];
}
