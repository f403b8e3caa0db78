// The switches that lifecycle, lists, files and checks read. The default is the documented behaviour; the `sdk`
// behaviour and the policy defects are other positions of the same switches, so that no code asks which defect is on.

export const PAGED_KINDS = ['jobs', 'events', 'checkpoints', 'permissions', 'files'] as const;
export type PagedKind = (typeof PAGED_KINDS)[number];

/** How pages of one kind of object are cut. */
export interface PagingPolicy {
  /** Items of a page without `limit`; null: as documented. */
  readonly defaultLimit: number | null;
  readonly limit: 'honoured' | 'ignored' | 'one-more' | 'one-less' | 'at-most-ten' | 'one-gives-two';
  readonly limitRange: 'refused' | 'accepted';
  readonly after: 'exclusive' | 'inclusive' | 'ignored' | 'skips-one' | 'repeats-one';
  readonly unknownCursor: 'refused' | 'empty-page';
  readonly hasMore: 'exact' | 'always' | 'never' | 'when-page-full';
  readonly order: 'documented' | 'reversed' | 'by-id';
  readonly ends: 'exact' | 'swapped' | 'of-whole-list';
}

export interface Policy {
  readonly paging: Readonly<Record<PagedKind, PagingPolicy>>;

  // What a create is checked for beyond the schema.
  readonly trainingFileCheck: 'exists-with-purpose' | 'exists' | 'none';
  readonly validationFileCheck: 'exists-with-purpose' | 'exists' | 'none';
  readonly modelCheck: 'offered' | 'none';
  readonly graderCheck: 'needed' | 'none';
  readonly refusedCreate: 'leaves-nothing' | 'leaves-job';
  readonly createWithBadSchema: 'leaves-nothing' | 'leaves-job';

  // How a request is read.
  readonly contentType: 'json-only' | 'any' | 'without-parameters';
  readonly jsonText: 'strict' | 'repaired';
  readonly bodyEncoding: 'utf-8' | 'any';
  readonly contentEncoding: 'checked' | 'ignored';
  readonly malformedStatus: number;
  readonly keyCheck:
    | 'always'
    | 'never'
    | 'when-sent'
    | 'any-sent'
    | 'writes-only'
    | 'prefix'
    | 'not-on-lists'
    | 'not-below'
    | 'not-on-actions'
    | 'not-on-uploads'
    | 'not-on-deletes'
    | 'not-on-pauses'
    | 'case-folded';
  readonly adminKeyCheck: 'always' | 'any-key' | 'writes-only';

  // The life of a job.
  readonly tooFewExamples: 'fail' | 'ignored';
  readonly foreignFormat: 'fails' | 'ignored';
  readonly deletedTrainingFile: 'fails-job' | 'ignored';
  readonly end: 'succeeds' | 'never' | 'fails';
  readonly pause: 'holds' | 'toggles' | 'once' | 'ignored' | 'for-a-while' | 'ends-as-succeeded';
  readonly pauseCheckpoint: 'made' | 'missing';
  readonly resume: 'continues' | 'ignored' | 'refused';
  readonly resumeUnpaused: 'refused' | 'pauses';
  readonly cancel: 'ends' | 'ignored' | 'succeeds-later' | 'ignored-while-running' | 'ignored-once-resumed';
  readonly cancelPaused: 'ends' | 'refused';
  readonly cancelFinished: 'refused' | 'ends-again';
  readonly wrongState: 'refused' | 'answered';
  readonly shownPause: 'paused' | 'queued' | 'running';
  readonly supervisedView: 'by-method' | 'always';

  // What lists of jobs select.
  readonly metadataFilter:
    | 'exact'
    | 'ignored'
    | 'first-pair'
    | 'any-pair'
    | 'key-only'
    | 'case-folded'
    | 'prefix'
    | 'pattern'
    | 'trimmed'
    | 'before-comma';
  readonly nullFilter: 'jobs-without' | 'ignored' | 'none' | 'refused';
  readonly encodedBrackets: 'understood' | 'ignored';
  readonly listedJobs: 'all' | 'without-cancelled' | 'without-newest' | 'without-failed';

  // Files and models.
  readonly uploadPurpose: 'checked' | 'any';
  readonly uploadContent: 'checked' | 'any';
  readonly deletedFile: 'gone' | 'kept' | 'content-kept';
  readonly purposeFilter: 'exact' | 'ignored';
  readonly resultFile: 'served' | 'unreadable';
  readonly fineTunedModel: 'everywhere' | 'not-listed' | 'not-retrievable';
  readonly deletedModel: 'gone' | 'kept';
  readonly checkpointNames: 'known' | 'any';
  readonly deletedPermission: 'gone' | 'kept';
  readonly unknownPermission: 'not-found' | 'withdrawn';
  readonly projectFilter: 'exact' | 'ignored' | 'by-beginning';
  readonly fixtures: 'removable' | 'permanent';
}

const PAGING: PagingPolicy = {
  defaultLimit: null,
  limit: 'honoured',
  limitRange: 'refused',
  after: 'exclusive',
  unknownCursor: 'refused',
  hasMore: 'exact',
  order: 'documented',
  ends: 'exact',
};

/** The documented behaviour. */
export const DOCUMENTED: Policy = {
  paging: { jobs: PAGING, events: PAGING, checkpoints: PAGING, permissions: PAGING, files: PAGING },
  trainingFileCheck: 'exists-with-purpose',
  validationFileCheck: 'exists-with-purpose',
  modelCheck: 'offered',
  graderCheck: 'needed',
  refusedCreate: 'leaves-nothing',
  createWithBadSchema: 'leaves-nothing',
  contentType: 'json-only',
  jsonText: 'strict',
  bodyEncoding: 'utf-8',
  contentEncoding: 'checked',
  malformedStatus: 400,
  keyCheck: 'always',
  adminKeyCheck: 'always',
  tooFewExamples: 'fail',
  foreignFormat: 'fails',
  deletedTrainingFile: 'fails-job',
  end: 'succeeds',
  pause: 'holds',
  pauseCheckpoint: 'made',
  resume: 'continues',
  resumeUnpaused: 'refused',
  cancel: 'ends',
  cancelPaused: 'ends',
  cancelFinished: 'refused',
  wrongState: 'refused',
  shownPause: 'paused',
  supervisedView: 'by-method',
  metadataFilter: 'exact',
  nullFilter: 'jobs-without',
  encodedBrackets: 'understood',
  listedJobs: 'all',
  uploadPurpose: 'checked',
  uploadContent: 'checked',
  deletedFile: 'gone',
  purposeFilter: 'exact',
  resultFile: 'served',
  fineTunedModel: 'everywhere',
  deletedModel: 'gone',
  checkpointNames: 'known',
  deletedPermission: 'gone',
  unknownPermission: 'not-found',
  projectFilter: 'exact',
  fixtures: 'removable',
};

/** A policy in which the paging of some kinds differs. */
export function withPaging(policy: Policy, kinds: readonly PagedKind[], change: Partial<PagingPolicy>): Policy {
  const paging: Record<PagedKind, PagingPolicy> = { ...policy.paging };
  for (const kind of kinds) paging[kind] = { ...paging[kind], ...change };
  return { ...policy, paging };
}

/** The schema at its word: what it requires is there, also where prose says that it is for supervised jobs only (E-S4). */
export const SCHEMA: Policy = { ...DOCUMENTED, supervisedView: 'always' };

/**
 * What the generated test suites of the official SDKs need of a server (they were written against a stateless mock):
 * any key, ids that exist already, every call repeatable in any order, official statuses only.
 */
export const SDK: Policy = withPaging(
  {
    ...DOCUMENTED,
    keyCheck: 'never',
    adminKeyCheck: 'any-key',
    modelCheck: 'none',
    graderCheck: 'none',
    wrongState: 'answered',
    shownPause: 'queued',
    supervisedView: 'always',
    uploadContent: 'any',
    checkpointNames: 'any',
    fixtures: 'permanent',
  },
  PAGED_KINDS,
  { limitRange: 'accepted', unknownCursor: 'empty-page' },
);
