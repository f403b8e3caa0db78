// Cuts lists into pages: `after` names the item before the page, `limit` how many items it holds.
import { badRequest } from '../http/api-error.ts';
import { type Query, valueOf, wholeNumber } from '../http/query.ts';
import type { PagingPolicy } from '../policy.ts';

export interface PageRequest {
  readonly after: string | null;
  readonly limit: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly hasMore: boolean;
  readonly firstId: string | null;
  readonly lastId: string | null;
}

/** The page that a query asks for. @param range the default limit and the largest. @throws ApiError 400 out of range. */
export function pageRequest(
  query: Query,
  range: { readonly byDefault: number; readonly most: number },
  policy: PagingPolicy,
): PageRequest {
  const byDefault = policy.defaultLimit ?? range.byDefault;
  const after = valueOf(query, 'after') ?? null;
  if (policy.limitRange === 'accepted') {
    const sent = Number(valueOf(query, 'limit') ?? byDefault);
    return { after, limit: Number.isInteger(sent) && sent > 0 ? Math.min(sent, range.most) : byDefault };
  }
  return { after, limit: wholeNumber(query, 'limit', [1, range.most]) ?? byDefault };
}

/**
 * One page of a list. @param all every item that a cursor may name, in order, @param keep which of them are listed.
 * @throws ApiError 400 for a cursor that names none of them.
 */
export function pageOf<T extends { readonly id: string }>(
  all: readonly T[],
  request: PageRequest,
  policy: PagingPolicy,
  keep: (item: T) => boolean = () => true,
): Page<T> {
  const ordered = inOrder(all, policy);
  const start = startOf(ordered, request, policy);
  const limit = limitOf(request.limit, policy);
  const items: T[] = [];
  let hasMore = false;
  for (let index = start; index < ordered.length && !hasMore; index += 1) {
    const item = ordered[index];
    if (item === undefined || !keep(item)) continue;
    if (items.length < limit) items.push(item);
    else hasMore = true;
  }
  return { items, hasMore: saidMore(items, hasMore, limit, policy), ...endsOf(items, ordered, policy) };
}

function inOrder<T extends { readonly id: string }>(all: readonly T[], { order }: PagingPolicy): readonly T[] {
  if (order === 'documented') return all;
  if (order === 'reversed') return all.toReversed();
  return all.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

function startOf(items: readonly { readonly id: string }[], { after }: PageRequest, policy: PagingPolicy): number {
  if (after === null || policy.after === 'ignored') return 0;
  const place = items.findIndex(({ id }) => id === after);
  if (place === -1) {
    if (policy.unknownCursor === 'empty-page') return items.length;
    throw badRequest(`No such object: ${after.slice(0, 100)} - 'after'`, 'after');
  }
  switch (policy.after) {
    case 'exclusive':
      return place + 1;
    case 'inclusive':
      return place;
    case 'skips-one':
      return place + 2;
    case 'repeats-one':
      return Math.max(0, place - 1);
  }
}

function limitOf(limit: number, policy: PagingPolicy): number {
  switch (policy.limit) {
    case 'honoured':
      return limit;
    case 'ignored':
      return Number.POSITIVE_INFINITY;
    case 'one-more':
      return limit + 1;
    case 'one-less':
      return Math.max(1, limit - 1);
    case 'at-most-ten':
      return Math.min(10, limit);
    case 'one-gives-two':
      return limit === 1 ? 2 : limit;
  }
}

function saidMore(items: readonly unknown[], hasMore: boolean, limit: number, policy: PagingPolicy): boolean {
  switch (policy.hasMore) {
    case 'exact':
      return hasMore;
    case 'always':
      return true;
    case 'never':
      return false;
    case 'when-page-full':
      return items.length >= limit;
  }
}

function endsOf<T extends { readonly id: string }>(
  items: readonly T[],
  all: readonly T[],
  { ends }: PagingPolicy,
): { firstId: string | null; lastId: string | null } {
  const of = ends === 'of-whole-list' ? all : items;
  const first = of[0]?.id ?? null;
  const last = of.at(-1)?.id ?? null;
  return ends === 'swapped' ? { firstId: last, lastId: first } : { firstId: first, lastId: last };
}
