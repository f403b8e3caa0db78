// The dated states of the contract that the emulator can serve. An edition is data: which operations and members it
// knows, and how its request schemas differ from the current ones (edits, so that the validation stays one).
import type { OperationId } from '#generated/current/operations.ts';
import { type ContractEdit, editSchema } from './contract/schemas.ts';

export const EDITION_NAMES = ['2024-04', '2024-09', '2024-12', '2025-05', 'current'] as const;
export type EditionName = (typeof EDITION_NAMES)[number];

export interface Edition {
  readonly name: EditionName;
  /** How its request schemas differ from the current ones. */
  readonly edits: readonly ContractEdit[];
  /** Members of the current create request that it does not know. */
  readonly withoutCreateMembers: readonly string[];
  /** Members of answers that came later; undefined where none did. */
  readonly laterAnswerMembers?: {
    /** By `object` of what holds them; `a.b` is the member b of a. */
    readonly ofObjects: Readonly<Record<string, readonly string[]>>;
    /** Of the page itself, by the operation that answers it. */
    readonly ofPages: Partial<Record<OperationId, readonly string[]>>;
  };
  /** Operations that came later. */
  readonly withoutOperations: readonly OperationId[];
  /** How preference data is keyed (E-C15). */
  readonly preferenceKeys: { readonly preferred: string; readonly nonPreferred: string };
}

const OUTPUT_KEYS = { preferred: 'preferred_output', nonPreferred: 'non_preferred_output' };
const COMPLETION_KEYS = { preferred: 'preferred_completion', nonPreferred: 'non_preferred_completion' };
const REQUEST = '#/components/schemas/CreateFineTuningJobRequest';

const SINCE_2025_05: readonly OperationId[] = [
  'pauseFineTuningJob',
  'resumeFineTuningJob',
  'runGrader',
  'validateGrader',
];
const SINCE_2024_12: readonly OperationId[] = [
  'listFineTuningCheckpointPermissions',
  'createFineTuningCheckpointPermission',
  'deleteFineTuningCheckpointPermission',
];
const SINCE_2024_12_MEMBERS = ['method', 'metadata'];

const withoutProperty = (pointer: string, name: string): ContractEdit =>
  editSchema(pointer, (schema) => {
    const properties = Object.entries(schema['properties'] ?? {}).filter(([property]) => property !== name);
    return { ...schema, properties: Object.fromEntries(properties) };
  });

const CURRENT: Edition = {
  name: 'current',
  edits: [],
  withoutCreateMembers: [],
  withoutOperations: [],
  preferenceKeys: OUTPUT_KEYS,
};

const E2024_12: Edition = {
  ...CURRENT,
  name: '2024-12',
  edits: [
    withoutProperty('#/components/schemas/FineTuneMethod', 'reinforcement'),
    editSchema('#/components/schemas/FineTuneMethod/properties/type', (schema) => ({
      ...schema,
      enum: ['supervised', 'dpo'],
    })),
  ],
  withoutOperations: SINCE_2025_05,
  preferenceKeys: COMPLETION_KEYS,
};

const E2024_09: Edition = {
  ...E2024_12,
  name: '2024-09',
  edits: SINCE_2024_12_MEMBERS.map((name) => withoutProperty(REQUEST, name)),
  withoutCreateMembers: SINCE_2024_12_MEMBERS,
  laterAnswerMembers: {
    ofObjects: {
      'fine_tuning.job': [
        'method',
        'metadata',
        'hyperparameters.batch_size',
        'hyperparameters.learning_rate_multiplier',
      ],
      'fine_tuning.job.event': ['type', 'data'],
      file: ['expires_at'],
    },
    ofPages: { listFineTuningEvents: ['has_more'], listFiles: ['has_more', 'first_id', 'last_id'] },
  },
  withoutOperations: [...SINCE_2025_05, ...SINCE_2024_12],
};

const EDITIONS: Readonly<Record<EditionName, Edition>> = {
  '2024-04': {
    ...E2024_09,
    name: '2024-04',
    edits: [...E2024_09.edits, editSchema(`${REQUEST}/properties/suffix`, (schema) => ({ ...schema, maxLength: 40 }))],
  },
  '2024-09': E2024_09,
  '2024-12': E2024_12,
  '2025-05': { ...CURRENT, name: '2025-05' },
  current: CURRENT,
};

/** The edition of a name. */
export function editionOf(name: EditionName): Edition {
  return EDITIONS[name];
}
