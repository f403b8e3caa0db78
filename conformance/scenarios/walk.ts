// Walks through lists page by page. One page more is asked for than has_more promises: whether it told the truth is for
// the judge to say.
import type { OperationId } from '#generated/current/operations.ts';
import type { Credentials } from '../client/wire-request.ts';
import { textMember } from '../contract/json.ts';
import { type Answered, type Exchange, succeeded } from '../requirements/exchange.ts';
import { itemsOf } from '../requirements/list.ts';
import type { ListName } from '../requirements/observation.ts';
import type { Session } from '../run/session.ts';

export interface Route {
  readonly list: ListName;
  readonly operation: OperationId;
  readonly path: string;
  /** Query beside limit and after, without a question mark. */
  readonly query?: string;
  /** The key to ask with, where it is not the run's. */
  readonly credentials?: Credentials;
}

export interface Walked {
  readonly pages: readonly [Answered, ...Answered[]];
  readonly ids: readonly string[];
  /** True where the list ended, or everything older than `isOver` says was reached. */
  readonly complete: boolean;
  /** The answer to the cursor of the page before, where it was none of a page. */
  readonly brokenOff: Exchange | undefined;
}

/** Pages of one walk at most, as a rule: a list without end must not keep us. */
export const MAX_PAGES = 60;

/**
 * Walks through a list.
 * @param isOver true for a page behind which nothing of interest can stand.
 * @returns undefined where the first page is not answered 2xx.
 */
export async function walkList(
  session: Session,
  route: Route,
  limit: number | undefined,
  isOver: (page: Answered) => boolean = () => false,
  mostPages = MAX_PAGES,
): Promise<Walked | undefined> {
  const pages: Answered[] = [];
  let after: string | undefined;
  let complete = false;
  let brokenOff: Exchange | undefined;
  while (pages.length < mostPages) {
    const query = [
      route.query,
      limit === undefined ? undefined : `limit=${limit}`,
      after === undefined ? undefined : `after=${encodeURIComponent(after)}`,
    ];
    const text = query.filter((part) => part !== undefined && part !== '').join('&');
    const page = await session.send({
      operation: route.operation,
      method: 'GET',
      path: text === '' ? route.path : `${route.path}?${text}`,
      ...(route.credentials === undefined ? {} : { credentials: route.credentials }),
    });
    if (!succeeded(page)) {
      brokenOff = page;
      break;
    }
    pages.push(page);
    const last = textMember(itemsOf(page).at(-1), 'id');
    const endless = last === undefined || last === after;
    complete = itemsOf(page).length === 0 || isOver(page);
    if (complete || endless) break;
    after = last;
  }
  const [first, ...rest] = pages;
  if (first === undefined) return undefined;
  return {
    pages: [first, ...rest],
    ids: pages.flatMap((page) => itemsOf(page).map((item) => textMember(item, 'id') ?? '')),
    complete,
    brokenOff,
  };
}

/** Walks and shows the walk to the judge. @param mostPages where that is not as ever. */
export async function observeWalk(
  session: Session,
  route: Route,
  limit: number | undefined,
  expected: readonly string[],
  isOver?: (page: Answered) => boolean,
  mostPages?: number,
): Promise<Walked | undefined> {
  const walked = await walkList(session, route, limit, isOver, mostPages);
  if (walked !== undefined) {
    session.observe({
      kind: 'walk',
      list: route.list,
      limit,
      pages: walked.pages,
      expected,
      complete: walked.complete,
      ...(walked.brokenOff === undefined ? {} : { brokenOff: walked.brokenOff }),
    });
  }
  return walked;
}
