// What goes wrong with pages, for each list of the API: the switches of its paging, turned one at a time.
import { PAGED_KINDS, type PagedKind, type PagingPolicy, withPaging } from '../../policy.ts';
import type { Defect } from '../defect.ts';

interface Turn {
  readonly id: string;
  readonly wrong: string;
  readonly change: Partial<PagingPolicy>;
  readonly breaks: keyof (typeof ROWS)['jobs'];
  /** Only these lists. */
  readonly only?: readonly PagedKind[];
}

/** Files and permissions have one requirement for all of paging; a page of jobs or of events has no ends. */
const ROWS = {
  jobs: {
    limit: 'list.limit.honoured',
    byDefault: 'list.limit.default',
    after: 'list.after.exclusive',
    complete: 'list.pages.complete',
    more: 'list.has_more.truthful',
    order: 'list.order.newest-first',
    ends: '',
  },
  events: {
    limit: 'events.limit.honoured',
    byDefault: 'events.limit.default',
    after: 'events.after.exclusive',
    complete: 'events.pages.complete',
    more: 'events.has_more.truthful',
    order: 'events.order.newest-first',
    ends: '',
  },
  checkpoints: {
    limit: 'checkpoints.limit.honoured',
    byDefault: 'checkpoints.limit.default',
    after: 'checkpoints.after.exclusive',
    complete: 'checkpoints.pages.complete',
    more: 'checkpoints.has_more.truthful',
    order: 'checkpoints.order.latest-first',
    ends: 'checkpoints.page.ends',
  },
  files: {
    limit: 'files.list.paging',
    byDefault: '',
    after: 'files.list.paging',
    complete: 'files.list.paging',
    more: 'files.list.paging',
    order: 'files.list.order',
    ends: '',
  },
  permissions: {
    limit: 'permissions.list.paging',
    byDefault: 'permissions.list.paging',
    after: 'permissions.list.paging',
    complete: 'permissions.list.paging',
    more: 'permissions.list.paging',
    order: 'permissions.list.order',
    ends: 'permissions.list.paging',
  },
} as const;

const TURNS: readonly Turn[] = [
  { id: 'limit-ignored', wrong: 'Ignores limit', change: { limit: 'ignored' }, breaks: 'limit' },
  {
    id: 'limit-one-more',
    wrong: 'Puts one more on a page than limit allows',
    change: { limit: 'one-more' },
    breaks: 'limit',
  },
  {
    id: 'limit-one-less',
    wrong: 'Puts one less on a page than limit asks for',
    change: { limit: 'one-less' },
    breaks: 'limit',
  },
  {
    id: 'limit-at-most-ten',
    wrong: 'Never puts more than ten on a page, whatever limit says',
    change: { limit: 'at-most-ten' },
    breaks: 'limit',
    only: ['jobs', 'events', 'files', 'permissions'],
  },
  {
    id: 'limit-of-one-gives-two',
    wrong: 'Takes limit=1 for a mistake and gives two',
    change: { limit: 'one-gives-two' },
    breaks: 'limit',
  },
  {
    id: 'default-of-five',
    wrong: 'Puts five on a page where no limit is sent',
    change: { defaultLimit: 5 },
    breaks: 'byDefault',
    only: ['jobs', 'events', 'permissions'],
  },
  {
    // Three are kept at most.
    id: 'default-of-two',
    wrong: 'Puts two on a page where no limit is sent',
    change: { defaultLimit: 2 },
    breaks: 'byDefault',
    only: ['checkpoints'],
  },
  {
    id: 'after-inclusive',
    wrong: 'Begins a page with the item that after names',
    change: { after: 'inclusive' },
    breaks: 'after',
  },
  { id: 'after-ignored', wrong: 'Ignores after', change: { after: 'ignored' }, breaks: 'after' },
  {
    id: 'after-repeats-one',
    wrong: 'Begins a page one item before its cursor',
    change: { after: 'repeats-one' },
    breaks: 'after',
  },
  {
    id: 'after-skips-one',
    wrong: 'Leaves out the item behind the cursor',
    change: { after: 'skips-one' },
    breaks: 'complete',
  },
  {
    id: 'has-more-always',
    wrong: 'Says has_more on the last page, too',
    change: { hasMore: 'always' },
    breaks: 'more',
  },
  { id: 'has-more-never', wrong: 'Never says has_more', change: { hasMore: 'never' }, breaks: 'more' },
  {
    id: 'has-more-when-full',
    wrong: 'Says has_more wherever a page is full, also where nothing follows',
    change: { hasMore: 'when-page-full' },
    breaks: 'more',
  },
  { id: 'oldest-first', wrong: 'Lists the oldest first', change: { order: 'reversed' }, breaks: 'order' },
  {
    id: 'ordered-by-id',
    wrong: 'Lists by id, which is no order of time',
    change: { order: 'by-id' },
    breaks: 'order',
  },
  { id: 'ends-swapped', wrong: 'Swaps first_id and last_id', change: { ends: 'swapped' }, breaks: 'ends' },
  {
    id: 'ends-of-whole-list',
    wrong: 'Gives first_id and last_id of the whole list instead of the page',
    change: { ends: 'of-whole-list' },
    breaks: 'ends',
  },
];

/** Every defect of this kind. */
export function pagingDefects(): readonly Defect[] {
  return PAGED_KINDS.flatMap((list) =>
    TURNS.filter(({ breaks, only }) => ROWS[list][breaks] !== '' && (only?.includes(list) ?? true)).map(
      ({ id, wrong, change, breaks }) => ({
        id: `${list}-${id}`,
        wrong: `${wrong} (list of ${list}).`,
        breaks: ROWS[list][breaks],
        policy: (policy) => withPaging(policy, [list], change),
      }),
    ),
  );
}
