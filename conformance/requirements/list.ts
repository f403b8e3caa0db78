// Chapters list, events, checkpoints, files and permissions, as far as they page: a walk through the pages of a list is judged as a
// relation on what the run itself put there.
import type { RuleId } from '#generated/current/rules.ts';
import { canonicalJson, isArray, type JsonValue, member, show, textMember } from '../contract/json.ts';
import { type Answered, jsonOf, statusOf, succeeded } from './exchange.ts';
import type { ListName, WalkObserved } from './observation.ts';
import { notServed, told, unjudged } from './refusals.ts';
import {
  type AnyCheck,
  check,
  expectThat,
  fail,
  type Finding,
  NOT_APPLICABLE,
  onProbe,
  PASS,
  type Row,
  rule,
} from './requirement.ts';

/** The items of a page; empty where there are none to read. */
export function itemsOf(page: Answered): readonly JsonValue[] {
  const data = member(jsonOf(page), 'data');
  return isArray(data) ? data : [];
}

/** The ids on a page. Items without one are the schema's business. */
function idsOf(page: Answered): string[] {
  return itemsOf(page).flatMap((item) => textMember(item, 'id') ?? []);
}

function hasMore(page: Answered): boolean | undefined {
  const value = member(jsonOf(page), 'has_more');
  return typeof value === 'boolean' ? value : undefined;
}

type WalkJudge = (walk: WalkObserved) => readonly Finding[];

/**
 * Items of a page that every target has to give: the default of the list of jobs. No document bounds limit there, so that
 * a target may bound it above.
 */
export const WIDE_PAGE = 20;

/** How many items a page must be able to hold: for files what the documents bound limit by. */
function surePage(list: ListName): number {
  return list === 'files' ? 10_000 : WIDE_PAGE;
}

/** limit bounds each page; a page before another one is full, unless limit is more than a target has to give. */
const limitHonoured: WalkJudge = ({ list, limit, pages }) => {
  if (limit === undefined) return NOT_APPLICABLE;
  let wasFull = false;
  for (const [index, page] of pages.entries()) {
    const count = itemsOf(page).length;
    wasFull = wasFull || count === limit;
    if (count > limit) return failOn(page, `a page of limit ${limit} holds ${count}`);
    const next = pages[index + 1];
    if (next !== undefined && itemsOf(next).length > 0 && count < Math.min(limit, surePage(list))) {
      return failOn(page, `a page of limit ${limit} holds ${count} although more follow`);
    }
  }
  // A list that is shorter than its limit shows nothing.
  return wasFull ? PASS : NOT_APPLICABLE;
};

function defaultSize(size: number): WalkJudge {
  return ({ limit, pages }) => {
    if (limit !== undefined) return NOT_APPLICABLE;
    const count = itemsOf(pages[0]).length;
    const next = pages[1];
    if (count > size) return failOn(pages[0], `without limit a page holds ${count}, ${size} expected`);
    if (next === undefined || itemsOf(next).length === 0) return count === size ? PASS : NOT_APPLICABLE;
    return count === size
      ? PASS
      : failOn(pages[0], `without limit a page holds ${count} although more follow, ${size} expected`);
  };
}

/** As defaultSize; where fewer are kept than a page would hold, the page has to hold them all. */
function defaultSizeOrAll(size: number): WalkJudge {
  const judge = defaultSize(size);
  return (walk) => {
    const findings = judge(walk);
    if (findings.length > 0 || walk.limit !== undefined) return findings;
    // The page after it was asked for and is empty. A single item would show nothing.
    const isWhole = walk.pages[1] !== undefined && itemsOf(walk.pages[0]).length > 1;
    return isWhole ? PASS : NOT_APPLICABLE;
  };
}

/** Answers by which a server says that it does not know what it was asked about. */
const UNKNOWN_CURSOR = new Set([400, 404, 410, 422]);

/** A page never holds its cursor again, nor what stood on an earlier page; and a cursor that a page gave is known. */
const afterExclusive: WalkJudge = ({ list, pages, brokenOff }) => {
  // Files can be deleted between two pages; jobs, events and checkpoints stay.
  if (list !== 'files' && brokenOff !== undefined && UNKNOWN_CURSOR.has(statusOf(brokenOff) ?? 0)) {
    const message = `after is the last id of the page before, and is answered ${told(brokenOff)}`;
    return [{ outcome: 'fail', message, evidence: [brokenOff] }];
  }
  if (pages.length < 2 || idsOf(pages[0]).length === 0) return NOT_APPLICABLE;
  const met = new Set(idsOf(pages[0]));
  for (const page of pages.slice(1)) {
    const again = idsOf(page).find((id) => met.has(id));
    if (again !== undefined) return failOn(page, `${show(again)} stands on a page after it was listed already`);
    for (const id of idsOf(page)) met.add(id);
  }
  return PASS;
};

/** Everything that must be listed is met exactly once. */
const complete: WalkJudge = ({ pages, expected, complete: whole }) => {
  const counts = new Map<string, number>();
  for (const id of pages.flatMap(idsOf)) counts.set(id, (counts.get(id) ?? 0) + 1);
  const doubled = [...counts].find(([, count]) => count > 1);
  if (doubled) return failOn(pages[0], `${show(doubled[0])} is listed ${doubled[1]} times in one walk`);
  if (!whole) return NOT_APPLICABLE;
  const missing = expected.filter((id) => !counts.has(id));
  if (missing.length > 0) return failOn(pages[0], `${show(missing[0])} is on no page of the walk`);
  return pages.length > 1 || expected.length > 0 ? PASS : NOT_APPLICABLE;
};

/** has_more agrees with what the next page held. The walk asks for one page more than has_more promises. */
const truthful: WalkJudge = ({ pages }) => {
  let judged = false;
  for (const [index, page] of pages.entries()) {
    const next = pages[index + 1];
    const says = hasMore(page);
    if (next === undefined || says === undefined) continue;
    judged = true;
    const follows = itemsOf(next).length > 0;
    if (says !== follows) {
      return failOn(
        page,
        says ? 'has_more is true and the next page is empty' : 'has_more is false and the next page holds more',
        '/has_more',
      );
    }
  }
  return judged ? PASS : NOT_APPLICABLE;
};

/** Times stand in descending order; items of the same second in any. */
const newestFirst: WalkJudge = ({ pages }) => {
  const times = pages.flatMap(itemsOf).map((item) => member(item, 'created_at'));
  if (times.length < 2 || !times.every((time) => typeof time === 'number')) return NOT_APPLICABLE;
  const at = times.findIndex((time, index) => index > 0 && time > (times[index - 1] ?? 0));
  return at < 0 ? PASS : failOn(pages[0], `created_at ${show(times[at])} stands behind ${show(times[at - 1])}`);
};

/** Judges the order of a page: items of the same second in any, and a page of one second shows none. */
export function ordered(page: Answered, first: 'newest' | 'oldest', asked: string): readonly Finding[] {
  const times = itemsOf(page).map((item) => Number(member(item, 'created_at')));
  if (new Set(times).size < 2) return NOT_APPLICABLE;
  const sorted = times.toSorted((a, b) => (first === 'oldest' ? a - b : b - a));
  const isSorted = times.every((time, index) => time === sorted[index]);
  return isSorted ? PASS : failOn(page, `${asked} lists created_at ${times.slice(0, 5).join(', ')}`);
}

function failOn(page: Answered, message: string, at = '/data'): readonly Finding[] {
  return [{ outcome: 'fail', message, at, evidence: [page] }];
}

/** No id is given twice with different content. */
const distinctIds: WalkJudge = ({ pages }) => {
  const items = pages.flatMap(itemsOf);
  if (items.length < 2) return NOT_APPLICABLE;
  const byId = new Map<string, string>();
  for (const item of items) {
    const id = textMember(item, 'id');
    if (id === undefined) continue;
    const text = canonicalJson(item);
    const other = byId.get(id);
    if (other !== undefined && other !== text) return failOn(pages[0], `two events carry the id ${show(id)}`);
    byId.set(id, text);
  }
  return PASS;
};

const endsOfPage: WalkJudge = ({ pages }) => {
  let judged = false;
  for (const page of pages) {
    const items = itemsOf(page);
    for (const [name, end] of [
      ['first_id', items[0]],
      ['last_id', items.at(-1)],
    ] as const) {
      const expected = textMember(end, 'id');
      if (end !== undefined && expected === undefined) continue;
      const value = member(jsonOf(page), name);
      if (value === undefined || (value === null && expected === undefined)) continue;
      if (value !== (expected ?? null))
        return failOn(page, `${name} is ${show(value)}, the page's end is ${show(expected ?? null)}`, `/${name}`);
      judged = judged || expected !== undefined;
    }
  }
  return judged ? PASS : NOT_APPLICABLE;
};

const stepsDescending: WalkJudge = ({ pages }) => {
  const steps = pages.flatMap(itemsOf).map((item) => Number(member(item, 'step_number')));
  if (steps.length < 2) return NOT_APPLICABLE;
  return expectThat(
    steps.every((step, index) => index === 0 || step < (steps[index - 1] ?? 0)),
    () => `steps are ${steps.join(', ')}`,
    '/data',
  );
};

/** Several judges under one row: the first failure is told. */
function together(...judges: readonly WalkJudge[]): WalkJudge {
  return (walk) => {
    const findings = judges.flatMap((judge) => judge(walk));
    const failure = findings.find(({ outcome }) => outcome === 'fail');
    if (failure) return [failure];
    return findings.length > 0 ? PASS : NOT_APPLICABLE;
  };
}

function onWalk(list: ListName, judge: WalkJudge): AnyCheck {
  return check('walk', (walk) => judge(walk), list);
}

function ofWalk(id: RuleId, list: ListName, judge: WalkJudge, options: { needsSuccess?: boolean } = {}): Row {
  return rule(id, [onWalk(list, judge)], options);
}

function filtered(id: RuleId): Row {
  return rule(id, [
    check(
      'filter',
      ({ exchange, mustHold, mustNotHold, description, limit }) => {
        if (!succeeded(exchange)) return notServed(exchange, description);
        const ids = new Set(idsOf(exchange));
        const wrong = mustNotHold.find((one) => ids.has(one));
        if (wrong !== undefined) return fail(`${description} lists ${show(wrong)}, which does not match`, '/data');
        const missing = mustHold.find((one) => !ids.has(one));
        // A full page may simply not reach back to what matches as well.
        if (missing !== undefined && hasMore(exchange) === true && ids.size >= (limit ?? Infinity))
          return NOT_APPLICABLE;
        if (missing !== undefined) return fail(`${description} does not list ${show(missing)}, which matches`, '/data');
        return mustHold.length + mustNotHold.length > 0 ? PASS : NOT_APPLICABLE;
      },
      id,
    ),
  ]);
}

const CHECKPOINTS = { needsSuccess: true } as const;

export const listRequirements: readonly Row[] = [
  rule('list.created.present', [
    onWalk('jobs', ({ pages, expected, complete: whole }) => {
      if (!whole || expected.length === 0) return NOT_APPLICABLE;
      const listed = new Set(pages.flatMap(idsOf));
      const missing = expected.find((id) => !listed.has(id));
      return missing === undefined ? PASS : failOn(pages[0], `job ${show(missing)} was created and is not listed`);
    }),
  ]),
  ofWalk('list.order.newest-first', 'jobs', newestFirst),
  ofWalk('list.limit.honoured', 'jobs', limitHonoured),
  ofWalk('list.limit.default', 'jobs', defaultSize(20)),
  ofWalk('list.after.exclusive', 'jobs', afterExclusive),
  ofWalk('list.pages.complete', 'jobs', complete),
  ofWalk('list.has_more.truthful', 'jobs', truthful),
  filtered('list.metadata.filter'),
  filtered('list.metadata.two-pairs'),
  filtered('list.metadata.null'),
  filtered('list.metadata.encoded'),
  rule('list.after.unknown', [
    check(
      'filter',
      ({ exchange }) => unjudged(exchange) ?? expectThat((statusOf(exchange) ?? 0) < 500, () => told(exchange)),
      'list.after.unknown',
    ),
  ]),
  ofWalk('events.order.newest-first', 'events', newestFirst),
  ofWalk('events.limit.honoured', 'events', limitHonoured),
  ofWalk('events.limit.default', 'events', defaultSize(20)),
  ofWalk('events.after.exclusive', 'events', afterExclusive),
  ofWalk('events.pages.complete', 'events', complete),
  ofWalk('events.has_more.truthful', 'events', truthful),
  rule('events.id.unique', [
    onWalk('events', distinctIds),
    onProbe('events-of-jobs', ({ job, shared }) =>
      expectThat(
        shared === undefined,
        () =>
          `the event ${show(shared?.event ?? null)} stands in the list of job ${show(job)} and in that of job ${show(shared?.job ?? null)}`,
        '/data',
      ),
    ),
  ]),
  ofWalk('checkpoints.limit.honoured', 'checkpoints', limitHonoured, CHECKPOINTS),
  ofWalk('checkpoints.limit.default', 'checkpoints', defaultSizeOrAll(10), CHECKPOINTS),
  ofWalk('checkpoints.after.exclusive', 'checkpoints', afterExclusive, CHECKPOINTS),
  ofWalk('checkpoints.pages.complete', 'checkpoints', complete, CHECKPOINTS),
  ofWalk('checkpoints.has_more.truthful', 'checkpoints', truthful, CHECKPOINTS),
  ofWalk('checkpoints.page.ends', 'checkpoints', endsOfPage, CHECKPOINTS),
  ofWalk('checkpoints.order.latest-first', 'checkpoints', stepsDescending, CHECKPOINTS),
  rule('files.list.paging', [onWalk('files', together(limitHonoured, afterExclusive, complete, truthful))]),
  rule('permissions.list.paging', [
    onWalk('permissions', together(limitHonoured, defaultSize(10), afterExclusive, complete, truthful, endsOfPage)),
  ]),
  filtered('permissions.list.project_id'),
];
