// Lists of jobs that select wrongly, or show jobs as they are not. What goes wrong with pages of any list is made
// mechanically.
import { isList, isObject, type JsonObject, type JsonValue, member, memberAt } from '../../json.ts';
import type { Policy } from '../../policy.ts';
import type { Defect, Exchange, Hooks } from '../defect.ts';
import { bodiesOf, defect, editedObject, jobs, switches, textIn, together } from '../hooks.ts';

const LIST = ['listPaginatedFineTuningJobs'] as const;

/** Edits jobs as the list shows them, and nowhere else. */
const listed = (edit: (job: JsonObject) => JsonObject): Hooks =>
  jobs(edit, ({ operationId }) => operationId === 'listPaginatedFineTuningJobs');

const filters: readonly Defect[] = [
  ...(
    [
      ['ignored', 'Ignores the metadata filter.', 'list.metadata.filter'],
      ['key-only', 'Filters by the keys of metadata and not by the values.', 'list.metadata.filter'],
      ['prefix', 'Filters metadata by the beginning of the value.', 'list.metadata.filter'],
      ['case-folded', 'Ignores case where it filters metadata.', 'list.metadata.filter'],
      ['pattern', 'Takes the value of a filter for a pattern.', 'list.metadata.encoded'],
      ['trimmed', 'Trims the value of a filter.', 'list.metadata.encoded'],
      ['before-comma', 'Takes a comma in the value of a filter for the end of it.', 'list.metadata.encoded'],
      ['any-pair', 'Lists jobs that match one pair of two.', 'list.metadata.two-pairs'],
      ['first-pair', 'Looks at the first pair of the metadata filter only.', 'list.metadata.two-pairs'],
    ] as const satisfies readonly (readonly [Policy['metadataFilter'], string, string])[]
  ).map(([metadataFilter, wrong, row]) => defect(`filter-${metadataFilter}`, wrong, row, switches({ metadataFilter }))),
  defect('null-filter-ignored', 'Ignores metadata=null.', 'list.metadata.null', switches({ nullFilter: 'ignored' })),
  defect(
    'null-filter-finds-none',
    'Lists nothing for metadata=null.',
    'list.metadata.null',
    switches({ nullFilter: 'none' }),
  ),
  defect(
    'null-filter-refused',
    'Takes metadata=null for a filter that it does not understand.',
    'list.metadata.null',
    switches({ nullFilter: 'refused' }),
  ),
  defect(
    'encoded-brackets-ignored',
    'Does not understand percent-encoded brackets.',
    'list.metadata.encoded',
    switches({ encodedBrackets: 'ignored' }),
  ),
  defect(
    'filter-after-paging',
    'Cuts pages first and filters them afterwards.',
    'list.metadata.filter',
    together(
      {
        request: (request) =>
          request.operationId === 'listPaginatedFineTuningJobs'
            ? { ...request, query: request.query.filter(([name]) => !name.startsWith('metadata[')) }
            : request,
      },
      bodiesOf(LIST, (body, exchange) => filteredPage(body, exchange)),
    ),
  ),
];

const selections: readonly Defect[] = [
  defect(
    'cancelled-not-listed',
    'Does not list cancelled jobs.',
    'list.created.present',
    switches({ listedJobs: 'without-cancelled' }),
  ),
  defect(
    'failed-not-listed',
    'Does not list failed jobs.',
    'list.created.present',
    switches({ listedJobs: 'without-failed' }),
  ),
  defect(
    'newest-not-listed',
    'Lists a job only when the next one was created.',
    'list.created.present',
    switches({ listedJobs: 'without-newest' }),
  ),
  defect(
    'same-second-skipped',
    'Continues behind the second of the cursor, and skips what else was created in it.',
    'list.pages.complete',
    bodiesOf(LIST, (body, exchange) => withoutSecondOfCursor(body, exchange)),
  ),
  defect(
    'second-page-empty',
    'Has no second page, whatever has_more said.',
    'list.pages.complete',
    bodiesOf(LIST, (body, { query }) =>
      query.some(([name]) => name === 'after') && isObject(body) ? { ...body, data: [], has_more: false } : body,
    ),
  ),
  defect(
    'without-metadata-not-listed',
    'Does not list jobs that have no metadata.',
    'list.created.present',
    bodiesOf(LIST, (body) => keepItems(body, (job) => member(job, 'metadata') !== null)),
  ),
];

const views: readonly Defect[] = [
  defect(
    'list-without-metadata',
    'Shows no metadata in the list.',
    'list.agrees-with-retrieve',
    listed((job) => ({ ...job, metadata: null })),
  ),
  defect(
    'list-without-seed',
    'Shows a seed of 0 in the list.',
    'list.agrees-with-retrieve',
    listed((job) => ({ ...job, seed: 0 })),
  ),
  defect(
    'list-with-other-method',
    'Shows every job as supervised in the list.',
    'list.agrees-with-retrieve',
    listed((job) => ({ ...job, method: { type: 'supervised', supervised: {} } })),
  ),
  defect(
    'list-without-validation-file',
    'Shows no validation file in the list.',
    'list.agrees-with-retrieve',
    listed((job) => ({ ...job, validation_file: null })),
  ),
  defect(
    'list-shares-members',
    'Shows the training file of the newest job for all jobs of a page.',
    'list.agrees-with-retrieve',
    bodiesOf(LIST, (body) => sharedFile(body)),
  ),
  defect(
    'list-of-events',
    'Calls the jobs of a list events, as an old example did.',
    'retrieve.job.object',
    listed((job) => ({ ...job, object: 'fine_tuning.job.event' })),
  ),
  defect(
    'has-more-as-text',
    'Gives has_more as text.',
    'list.page.has_more',
    bodiesOf(LIST, (body) => (isObject(body) ? { ...body, has_more: String(body['has_more'] === true) } : body)),
  ),
  defect('unknown-cursor-500', 'Answers an unknown cursor with 500.', 'list.after.unknown', {
    answer: (answer, { operationId }) =>
      operationId === LIST[0] && answer.kind === 'json' && answer.status === 400 ? { ...answer, status: 500 } : answer,
  }),
];

export const listDefects: readonly Defect[] = [...filters, ...selections, ...views];

function filteredPage(body: JsonValue, { query }: Exchange): JsonValue {
  const pairs = query.flatMap(([name, value]) => {
    const key = /^metadata\[(.*)\]$/s.exec(name)?.[1];
    return key === undefined ? [] : [[key, value] as const];
  });
  return keepItems(body, (job) => pairs.every(([key, value]) => memberAt(job, 'metadata', key) === value));
}

function withoutSecondOfCursor(body: JsonValue, { query, world }: Exchange): JsonValue {
  const cursor = query.find(([name]) => name === 'after')?.[1] ?? '';
  const job = world.store.job(cursor);
  if (job === undefined) return body;
  const second = Math.floor(job.createdAtMs / 1000);
  return keepItems(body, (item) => member(item, 'created_at') !== second);
}

function keepItems(body: JsonValue, keep: (item: JsonValue) => boolean): JsonValue {
  if (!isObject(body)) return body;
  return editedObject(body, ['data'], (data) => (isList(data) ? data.filter(keep) : data));
}

function sharedFile(body: JsonValue): JsonValue {
  const data = member(body, 'data');
  if (!isObject(body) || !isList(data)) return body;
  const file = textIn(data[0], 'training_file');
  return { ...body, data: data.map((job) => (isObject(job) ? { ...job, training_file: file } : job)) };
}
