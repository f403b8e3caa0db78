// Chapters list, events and checkpoints, and the paging of files.
import type { JsonValue } from '../contract/json.ts';
import type { Answered, Exchange } from '../requirements/exchange.ts';
import type { FilterObserved, ListName, Observation } from '../requirements/observation.ts';
import { answered, refused, unanswered } from './exchanges.ts';
import { probed } from './judged.ts';
import { aCheckpoint, anEvent, aSuccess } from './objects.ts';
import { breaks, ignores, keeps, leavesOpen, page, type Specimen } from './specimens.ts';
import { unknownIdSpecimens } from './specimens-of-jobs.ts';

interface Walked {
  readonly limit?: number;
  readonly expected?: readonly string[];
  readonly complete?: boolean;
  readonly brokenOff?: Exchange;
}

/** A walk through pages, complete unless told otherwise. */
export function walk(
  list: ListName,
  pages: readonly Answered[],
  { limit, expected = [], complete = true, ...ended }: Walked = {},
): Observation {
  const [first, ...rest] = pages;
  if (first === undefined) throw new Error('a walk has a page');
  return { kind: 'walk', list, limit, pages: [first, ...rest], expected, complete, ...ended };
}

/** Items by id, newest first, a second apart. */
function items(...ids: readonly string[]): JsonValue[] {
  return ids.map((id, index) => ({ id, created_at: 1_760_000_000 - index, step_number: 100 - index }));
}
/** Pages of the given ids, with has_more true but on the last. */
function pages(...pagesOfIds: readonly (readonly string[])[]): Answered[] {
  return pagesOfIds.map((ids, index) => page(items(...ids), index < pagesOfIds.length - 1));
}
/** A walk that asks for one page more than has_more promises: the last is empty. */
function toTheEnd(...pagesOfIds: readonly (readonly string[])[]): Answered[] {
  const last = pagesOfIds.length - 1;
  return [...pagesOfIds.map((ids, index) => page(items(...ids), index < last)), page([], false)];
}
function many(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `id-${index}`);
}

function ofPaging(list: ListName, prefix: string): Specimen[] {
  const walked = (found: readonly Answered[], more: Walked = {}): Observation => walk(list, found, more);
  const limit = `${prefix}.limit.honoured`;
  const after = `${prefix}.after.exclusive`;
  const complete = `${prefix}.pages.complete`;
  const more = `${prefix}.has_more.truthful`;
  return [
    keeps(limit, 'full pages and a rest', walked(toTheEnd(['a', 'b'], ['c']), { limit: 2 })),
    breaks(limit, 'a page that holds more', walked(toTheEnd(['a', 'b', 'c']), { limit: 2 })),
    breaks(limit, 'a page that holds less although more follow', walked(toTheEnd(['a'], ['b', 'c']), { limit: 2 })),
    keeps(limit, 'as many as every target has to give', walked(toTheEnd(many(20), ['x']), { limit: 20 })),
    breaks(limit, 'less than that', walked(toTheEnd(many(19), ['x']), { limit: 20 })),
    ignores(limit, 'a limit that is bounded above', walked(toTheEnd(many(50), ['x']), { limit: 100 })),
    breaks(limit, 'more than a limit that is high', walked(toTheEnd(many(101)), { limit: 100 })),
    ignores(limit, 'a list that is shorter than the limit', walked(pages(['a']), { limit: 2 })),
    ignores(limit, 'a walk without a limit', walked(toTheEnd(['a']))),
    keeps(after, 'pages without an id twice', walked(toTheEnd(['a', 'b'], ['c']))),
    breaks(after, 'a cursor that stands on the page after it', walked(pages(['a', 'b'], ['b', 'c']))),
    breaks(after, 'an item of the page before the last', walked(pages(['a'], ['b'], ['a']))),
    breaks(after, 'the same page again and again', walked(pages(['a', 'b'], ['a', 'b']))),
    ignores(after, 'a single page', walked(pages(['a', 'b']))),
    breaks(
      after,
      'a cursor of its own that is refused',
      walked(pages(['a']), { complete: false, brokenOff: refused(404) }),
    ),
    ignores(after, 'a page that could not be had', walked(pages(['a']), { complete: false, brokenOff: unanswered() })),
    ignores(after, 'pages of an empty list', walked(pages([], []))),
    keeps(complete, 'every item once', walked(toTheEnd(['a', 'b'], ['c']), { expected: ['a', 'b', 'c'] })),
    keeps(complete, 'items of others in between', walked(toTheEnd(['a', 'x'], ['c']), { expected: ['a', 'c'] })),
    breaks(
      complete,
      'an item that is lost between two pages',
      walked(toTheEnd(['a'], ['c']), { expected: ['a', 'b', 'c'] }),
    ),
    breaks(complete, 'an item that is met twice', walked(toTheEnd(['a', 'b'], ['b']), { expected: ['a', 'b'] })),
    ignores(complete, 'a walk that was broken off', walked(pages(['a']), { expected: ['a', 'b'], complete: false })),
    keeps(more, 'has_more until the last page', walked(toTheEnd(['a'], ['b']))),
    breaks(more, 'has_more before an empty page', walked([page(items('a'), true), page([], false)])),
    breaks(
      more,
      'no has_more before a page that holds more',
      walked([page(items('a'), false), page(items('b'), false)]),
    ),
    ignores(more, 'a page that nothing was asked for after', walked([page(items('a'), true)])),
    ignores(more, 'pages that lack has_more', walked([page(items('a')), page(items('b'))])),
  ];
}

function ofOrder(list: ListName, row: string): Specimen[] {
  const at = (...times: readonly JsonValue[]): Answered =>
    page(times.map((time, index) => ({ id: `i${index}`, created_at: time })));
  return [
    keeps(row, 'falling times', walk(list, [at(9, 8), at(7)])),
    keeps(row, 'items of one second', walk(list, [at(9, 9, 9)])),
    breaks(row, 'rising times', walk(list, [at(8, 9)])),
    breaks(row, 'a time that rises from page to page', walk(list, [at(9, 7), at(8)])),
    ignores(row, 'a single item', walk(list, [at(9)])),
    ignores(row, 'times that are no numbers', walk(list, [at('a', 'b')])),
  ];
}

function ofDefault(list: ListName, row: string, size: number): Specimen[] {
  const full = many(size);
  return [
    keeps(row, `${size} where more follow`, walk(list, pages(full, ['x']))),
    keeps(row, `${size} of ${size}`, walk(list, toTheEnd(full))),
    breaks(row, 'more', walk(list, pages([...full, 'x']))),
    breaks(row, 'less although more follow', walk(list, pages(full.slice(1), ['x']))),
    ignores(row, 'a list that is shorter', walk(list, toTheEnd(['a']))),
    ignores(row, 'a walk with a limit', walk(list, pages(full, ['x']), { limit: size })),
  ];
}

function filter(requirement: string, exchange: Exchange): Observation {
  return filterOf(requirement, exchange);
}
function filterOf(requirement: string, exchange: Exchange): FilterObserved {
  return { kind: 'filter', requirement, exchange, description: 'metadata[k]=v', mustHold: ['a'], mustNotHold: ['b'] };
}

function ofFilter(row: string): Specimen[] {
  return [
    keeps(row, 'what matches', filter(row, page(items('a', 'foreign')))),
    breaks(row, 'what does not match', filter(row, page(items('a', 'b')))),
    breaks(row, 'too little', filter(row, page(items('foreign')))),
    breaks(row, 'a refusal', filter(row, refused(400))),
    ignores(row, 'a full page of what others made', { ...filterOf(row, page(items('x'), true)), limit: 1 }),
    breaks(row, 'a full page, and no more', { ...filterOf(row, page(items('x'), false)), limit: 1 }),
    breaks(row, 'a page that is not full, and more', { ...filterOf(row, page(items('x'), true)), limit: 2 }),
    breaks(row, 'a full page, where nobody else has any', filterOf(row, page(items('x'), true))),
    leavesOpen(row, 'no answer', filter(row, unanswered())),
    leavesOpen(row, 'a rate limit', filter(row, refused(429))),
  ];
}

const OF_JOBS: readonly Specimen[] = [
  keeps('list.created.present', 'every job that was made', walk('jobs', toTheEnd(['a', 'b']), { expected: ['b', 'a'] })),
  breaks('list.created.present', 'a job that is not listed', walk('jobs', toTheEnd(['a']), { expected: ['b', 'a'] })),
  ignores('list.created.present', 'a walk that was broken off', walk('jobs', pages(['a']), { expected: ['b'], complete: false })),
  ...ofOrder('jobs', 'list.order.newest-first'),
  ...ofPaging('jobs', 'list'),
  ...ofDefault('jobs', 'list.limit.default', 20),
  ...['filter', 'two-pairs', 'null', 'encoded'].flatMap((name) => ofFilter(`list.metadata.${name}`)),
  ...[page([]), page(items('a')), refused(400), refused(404)].map((exchange) =>
    keeps('list.after.unknown', 'a list or a refusal', filter('list.after.unknown', exchange)),
  ),
  breaks('list.after.unknown', 'an error of the server', filter('list.after.unknown', refused(500))),
  leavesOpen('list.after.unknown', 'no answer', filter('list.after.unknown', unanswered())),
]; // prettier-ignore

const METRICS = anEvent({ type: 'metrics', data: { step: 1, train_loss: 0.2 } });

function reread(first: readonly JsonValue[], second: readonly JsonValue[]): Observation {
  return probed({ name: 'events-reread', first: page(first), second: page(second) });
}

const OF_EVENTS: readonly Specimen[] = [
  ...ofOrder('events', 'events.order.newest-first'),
  ...ofPaging('events', 'events'),
  ...ofDefault('events', 'events.limit.default', 20),
  keeps('events.id.unique', 'events with ids of their own', walk('events', pages(['a', 'b']))),
  keeps('events.id.unique', 'the same event in another order of members', walk('events', [page([{ id: 'a', level: 'info' }, { level: 'info', id: 'a' }])])),
  breaks('events.id.unique', 'two events with one id', walk('events', [page([anEvent(), anEvent({ message: 'another' })])])),
  keeps('events.id.unique', 'events that lack an id', walk('events', [page([anEvent({ id: undefined }), anEvent({ id: undefined, message: 'x' })])])),
  keeps('events.id.unique', 'events of two jobs', probed({ name: 'events-of-jobs', job: 'job-2', events: page([anEvent()]) })),
  breaks('events.id.unique', 'an event in the lists of two jobs', probed({ name: 'events-of-jobs', job: 'job-2', events: page([anEvent()]), shared: { event: 'event-1', job: 'job-1' }, elsewhere: page([anEvent()]) })),
  keeps('events.some-after-create', 'an event', probed({ name: 'events-after-create', events: page([anEvent()]) })),
  breaks('events.some-after-create', 'no event', probed({ name: 'events-after-create', events: page([]) })),
  breaks('events.some-after-create', 'a refusal', probed({ name: 'events-after-create', events: refused(404) })),
  leavesOpen('events.some-after-create', 'no answer', probed({ name: 'events-after-create', events: unanswered() })),
  keeps('events.metrics.step', 'a step', reread([], [METRICS, anEvent()])),
  breaks('events.metrics.step', 'no step', reread([], [anEvent({ type: 'metrics' })])),
  breaks('events.metrics.step', 'a step in words', reread([], [anEvent({ type: 'metrics', data: { step: '1' } })])),
  ignores('events.metrics.step', 'no event of metrics', reread([], [anEvent()])),
  ...unknownIdSpecimens('events.unknown.404'),
  keeps('events.constant', 'the same events and newer ones', reread([anEvent()], [anEvent({ id: 'event-2' }), anEvent()])),
  ...['created_at', 'level', 'message'].map((name) =>
    breaks('events.constant', `${name} that changes`, reread([anEvent()], [anEvent({ [name]: name === 'created_at' ? 5 : 'other' })])),
  ),
  ignores('events.constant', 'events without an id', reread([anEvent({ id: null, message: 'one' })], [anEvent({ id: null, message: 'other' })])),
  ignores('events.constant', 'other events altogether', reread([anEvent()], [anEvent({ id: 'event-2' })])),
]; // prettier-ignore

const FINAL = aCheckpoint({
  id: 'c-2',
  step_number: 100,
  fine_tuned_model_checkpoint: aSuccess()['fine_tuned_model'],
});

function checkpoints(...found: readonly JsonValue[]): Observation {
  return probed({ name: 'checkpoints', job: aSuccess(), checkpoints: page(found) });
}

function rereadCheckpoints(first: JsonValue, second: JsonValue): Observation {
  return probed({ name: 'checkpoints-reread', first: page([first]), second: page([second]) });
}

const OF_CHECKPOINTS: readonly Specimen[] = [
  ...ofPaging('checkpoints', 'checkpoints'),
  ...ofDefault('checkpoints', 'checkpoints.limit.default', 10),
  keeps('checkpoints.limit.default', 'all of three', walk('checkpoints', toTheEnd(['a', 'b', 'c']))),
  breaks('checkpoints.limit.default', 'two of three', walk('checkpoints', toTheEnd(['a', 'b'], ['c']))),
  ignores('checkpoints.limit.default', 'a list that was not followed to its end', walk('checkpoints', pages(['a', 'b']))),
  keeps('checkpoints.page.ends', 'the ends of the page', walk('checkpoints', [page(items('a', 'b'), false, { first_id: 'a', last_id: 'b' })])),
  keeps('checkpoints.page.ends', 'the ends of two pages', walk('checkpoints', [page(items('a'), true, { first_id: 'a', last_id: 'a' }), page([], false, { first_id: null, last_id: null })])),
  breaks('checkpoints.page.ends', 'another first id', walk('checkpoints', [page(items('a', 'b'), false, { first_id: 'b' })])),
  breaks('checkpoints.page.ends', 'another last id', walk('checkpoints', [page(items('a', 'b'), false, { last_id: 'a' })])),
  breaks('checkpoints.page.ends', 'null on a page that holds something', walk('checkpoints', [page(items('a'), false, { first_id: null })])),
  breaks('checkpoints.page.ends', 'an id on an empty page', walk('checkpoints', [page([], false, { last_id: 'a' })])),
  ignores('checkpoints.page.ends', 'a page without ends', walk('checkpoints', [page(items('a'))])),
  keeps('checkpoints.order.latest-first', 'falling steps', walk('checkpoints', pages(['a', 'b'], ['c']).slice(0, 1))),
  breaks('checkpoints.order.latest-first', 'rising steps', walk('checkpoints', [page([aCheckpoint(), FINAL])])),
  ignores('checkpoints.order.latest-first', 'a single checkpoint', walk('checkpoints', [page([aCheckpoint()])])),
  keeps('checkpoints.job.matches', 'the job in the path', checkpoints(FINAL, aCheckpoint())),
  breaks('checkpoints.job.matches', 'another job', checkpoints(FINAL, aCheckpoint({ fine_tuning_job_id: 'job-2' }))),
  breaks('checkpoints.job.matches', 'another job in the first', checkpoints(aCheckpoint({ fine_tuning_job_id: 'job-2' }), FINAL)),
  ignores('checkpoints.job.matches', 'no checkpoint', checkpoints()),
  ...['checkpoints.job.matches', 'checkpoints.at-most-three', 'checkpoints.model.last-is-final'].map((row) =>
    ignores(row, 'checkpoints that are refused', probed({ name: 'checkpoints', job: aSuccess(), checkpoints: refused(404) })),
  ),
  ignores('checkpoints.at-most-three', 'none', checkpoints()),
  keeps('checkpoints.model.last-is-final', 'the name of the model, first in the list', checkpoints(FINAL, aCheckpoint())),
  breaks('checkpoints.model.last-is-final', 'the name of the model for an earlier one', checkpoints(aCheckpoint({ step_number: 200 }), FINAL)),
  ignores('checkpoints.model.last-is-final', 'a job that has not succeeded', probed({ name: 'checkpoints', job: { ...aSuccess(), status: 'running' }, checkpoints: page([aCheckpoint()]) })),
  keeps('checkpoints.at-most-three', 'three', checkpoints(FINAL, aCheckpoint(), aCheckpoint())),
  breaks('checkpoints.at-most-three', 'four', checkpoints(FINAL, aCheckpoint(), aCheckpoint(), aCheckpoint())),
  keeps('checkpoints.model.last-is-final', 'the name of the model', checkpoints(aCheckpoint(), FINAL)),
  breaks('checkpoints.model.last-is-final', 'another name', checkpoints(aCheckpoint())),
  keeps('checkpoints.empty', 'an empty list', probed({ name: 'checkpoints-before-run', checkpoints: page([]) })),
  breaks('checkpoints.empty', 'a checkpoint', probed({ name: 'checkpoints-before-run', checkpoints: page([aCheckpoint()]) })),
  breaks('checkpoints.empty', 'a refusal', probed({ name: 'checkpoints-before-run', checkpoints: refused(400) })),
  leavesOpen('checkpoints.empty', 'no answer', probed({ name: 'checkpoints-before-run', checkpoints: unanswered() })),
  ...unknownIdSpecimens('checkpoints.unknown.404'),
  keeps('checkpoints.constant', 'the same checkpoints, their members in another order', rereadCheckpoints(aCheckpoint(), Object.fromEntries(Object.entries(aCheckpoint()).toReversed()))),
  ...['created_at', 'step_number', 'fine_tuned_model_checkpoint', 'metrics'].map((name) =>
    breaks('checkpoints.constant', `${name} that changes`, rereadCheckpoints(aCheckpoint(), aCheckpoint({ [name]: { step: 1 } }))),
  ),
  ignores('checkpoints.constant', 'another checkpoint', rereadCheckpoints(aCheckpoint(), aCheckpoint({ id: 'c-9' }))),
]; // prettier-ignore

/** Lists with one row for all of paging. */
function ofAllPaging(list: ListName, row: string): Specimen[] {
  return [
    keeps(row, 'full pages and a rest', walk(list, toTheEnd(['a', 'b'], ['c']), { limit: 2, expected: ['a', 'c'] })),
    breaks(row, 'a page that holds more', walk(list, toTheEnd(['a', 'b', 'c']), { limit: 2 })),
    breaks(row, 'a cursor that stands on the page after it', walk(list, pages(['a', 'b'], ['b']), { limit: 2 })),
    breaks(row, 'an item that is lost', walk(list, toTheEnd(['a', 'b'], ['c']), { limit: 2, expected: ['x'] })),
    breaks(row, 'has_more before an empty page', walk(list, [page(items('a', 'b'), true), page([], false)], { limit: 2 })),
    ignores(row, 'a walk that shows nothing', walk(list, [answered({ object: 'list', data: [] })], { limit: 2, complete: false })),
  ]; // prettier-ignore
}

const OF_PERMISSIONS: readonly Specimen[] = [
  ...ofAllPaging('permissions', 'permissions.list.paging'),
  keeps('permissions.list.paging', '10 where more follow', walk('permissions', toTheEnd(many(10), ['x']))),
  breaks('permissions.list.paging', '9 where more follow', walk('permissions', toTheEnd(many(9), ['x']))),
  breaks('permissions.list.paging', 'another last id', walk('permissions', [page(items('a', 'b'), false, { last_id: 'a' })])),
  ...ofFilter('permissions.list.project_id'),
]; // prettier-ignore

export const SPECIMENS_OF_LISTS: readonly Specimen[] = [
  ...OF_JOBS,
  ...OF_EVENTS,
  ...OF_CHECKPOINTS,
  ...ofAllPaging('files', 'files.list.paging'),
  ...OF_PERMISSIONS,
];
