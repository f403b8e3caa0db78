// What the requirements are called that follow from the constraints of the contract: a defect that drops or sharpens a
// constraint names the requirement that it breaks. The naming is part of the contract between emulator and judge, as
// the ids of the handwritten rules are; a test holds it against the rules and the constraints.
import { constraints } from '#generated/current/constraints.ts';
import type { JsonValue } from '#generated/current/operations.ts';
import { tokensOfPointer } from '../../contract/schemas.ts';

/** How the members of a component are called; those of the create request by their own names. */
const PREFIXES: Readonly<Record<string, string>> = {
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
/** Whatever else a grader is made of is part of its messages. */
const MESSAGES = 'grader.input';

const WORDS: Readonly<Record<string, string>> = {
  additionalProperties: 'value',
  propertyNames: 'key',
  items: 'item',
};

/** The member that a pointer `#/components/schemas/…` stands for: `hyperparameters.n_epochs`; '' for the body. */
export function memberOfPointer(pointer: string): string {
  const [component = '', ...tokens] = tokensOfPointer(pointer);
  const prefix = PREFIXES[component];
  if (prefix === undefined) return MESSAGES;
  const words = [prefix];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] ?? '';
    const word = WORDS[token];
    if (word !== undefined) words.push(word);
    else index += 1;
    if (token === 'properties') words.push(tokens[index] ?? '');
  }
  return words.filter((word) => word !== '').join('.');
}

/** The kind of grader, or `grader.input`, that a member belongs to; undefined outside graders. */
export function graderOf(member: string): string | undefined {
  return /^grader\.[a-z_]+/.exec(member)?.[0];
}

/** The requirement that a constraint of the create request be enforced. */
export function enforcementRow(pointer: string, keyword: string, value: JsonValue): string {
  const member = memberOfPointer(pointer);
  const grader = graderOf(member);
  const aspect = keyword === 'oneOf' || keyword === 'anyOf' ? 'type' : keyword;
  if (grader !== undefined) {
    if (aspect === 'required' && typeof value === 'string' && bindsByItself(pointer, value))
      return `create.${grader}.${value}.required`;
    if (aspect === 'required' || aspect === 'type') return `create.${grader}.${aspect}`;
    return member === `${grader}.type` ? 'create.grader.type.enum' : `create.${member}.${aspect}`;
  }
  const missing = aspect === 'required' && typeof value === 'string' ? value : '';
  const subject = [member, missing].filter((part) => part !== '').join('.');
  return `create.${subject === '' ? 'body' : plain(subject)}.${aspect}`;
}

/** A required member of a grader on which the documents disagree is a requirement of its own, at a level of its own. */
function bindsByItself(pointer: string, member: string): boolean {
  const own = constraints.find((one) => one.pointer === pointer && one.keyword === 'required' && one.value === member);
  return own?.standing?.refuse !== undefined;
}

/** What stands in each body of a kind is accepted where the kind is: the body, its files, its method, an integration. */
const KINDS: Readonly<Record<string, string>> = {
  '': 'create.valid.accepted',
  model: 'create.valid.accepted',
  training_file: 'create.valid.accepted',
  method: 'create.valid.accepted',
  'method.type': 'create.valid.accepted',
  validation_file: 'create.validation_file.accepted',
  'integrations.type': 'create.valid.accepted',
  'method.reinforcement.grader': 'create.valid.accepted',
};

/** The requirement that the legal values of a member be accepted, or that null be. */
export function acceptanceRow(pointer: string, aspect: 'accepts' | 'null-accepted' = 'accepts'): string {
  const owner = pointer.replace(/\/(propertyNames|additionalProperties|items)$/, '');
  const member = memberOfPointer(owner);
  const kind = aspect === 'accepts' ? KINDS[plain(member)] : undefined;
  return kind ?? `create.${graderOf(member) ?? plain(member)}.${aspect}`;
}

/** A hyperparameter goes by its own name, and items of lists are not mentioned on the way. */
function plain(member: string): string {
  return member.replace(/^hyperparameters\./, '').replaceAll('.item.', '.');
}
