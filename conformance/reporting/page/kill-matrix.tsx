// The page of the kill matrix: numbers first, what was missed next, then every requirement with the bugs that fail it.
import type { JSX } from 'hono/jsx/jsx-runtime';
import { registry } from '../../requirements/registry.ts';
import { CHAPTERS, LEVELS, type Requirement } from '../../requirements/requirement.ts';
import type { KillMatrix, KillResult } from '../kill-matrix.ts';
import { Document, documentHtml } from './document.tsx';
import { clipped, LevelMark, Section } from './parts.tsx';

const MOST_BYTES = 1_000_000;
/** Bugs that one requirement names, less where the page would grow too big. */
const DETAILS = [12, 4, 1];

/** The kill matrix as one HTML file. */
export function killMatrixHtml(matrix: KillMatrix): string {
  let html = '';
  for (const most of DETAILS) {
    html = documentHtml(<Page matrix={matrix} most={most} />);
    if (Buffer.byteLength(html) <= MOST_BYTES) break;
  }
  return html;
}

interface RowKills {
  readonly row: Requirement;
  /** Bugs that are meant to break the row. */
  readonly aimed: readonly KillResult[];
  /** Other bugs with which it failed too. */
  readonly others: number;
}

function Page({ matrix, most }: { readonly matrix: KillMatrix; readonly most: number }): JSX.Element {
  const { results } = matrix;
  const missed = results.filter(({ isFound }) => !isFound);
  const kills = killsByRow(results);
  const binding = kills.filter(({ row }) => row.level !== 'MAY');
  const alive = binding.filter(({ aimed, others }) => others === 0 && !aimed.some(({ isFound }) => isFound));
  const isGood = missed.length === 0 && results.length > 0;
  return (
    <Document title="Kill matrix · fine-tuning API" skipTo={{ id: 'requirements', words: 'To the requirements' }}>
      <header class="top">
        <p class="kicker">The referee, refereed</p>
        <h1>Kill matrix</h1>
        <p class="where">
          <span>{`${results.length} bugs, one at a time`}</span>
          <span>{`seed ${matrix.seed}`}</span>
          <span>{`${Math.round(matrix.seconds)} s`}</span>
        </p>
        <div class={`verdict ${isGood ? 'conformant' : 'non-conformant'}`}>
          <p class="word">{`${results.length - missed.length} of ${results.length}`}</p>
          <p>bugs were found under the requirement that they break.</p>
          <p class="exit">
            {`${binding.length - alive.length} of ${binding.length} MUST and SHOULD failed with some bug; half of the bugs were found within ${median(results)} requests.`}
          </p>
        </div>
      </header>
      <main>
        <Missed missed={missed} />
        <Filters />
        <Section
          id="requirements"
          title="Requirements and the bugs that fail them"
          note="A requirement that no bug fails may have no teeth, or its bug was not in this sample."
        >
          {CHAPTERS.map((chapter) => {
            const rows = kills.filter(({ row }) => row.chapter === chapter);
            return rows.length === 0 ? null : <ChapterTable chapter={chapter} rows={rows} most={most} />;
          })}
          <p id="nothing-found" class="empty" hidden>
            No requirement matches.
          </p>
        </Section>
      </main>
      <footer class="bottom">
        <p>The data behind this page is kill-matrix.json.</p>
      </footer>
    </Document>
  );
}

function killsByRow(results: readonly KillResult[]): RowKills[] {
  const aimed = new Map<string, KillResult[]>();
  const others = new Map<string, number>();
  for (const one of results) {
    aimed.set(one.breaks, [...(aimed.get(one.breaks) ?? []), one]);
    for (const id of new Set(one.failed)) if (id !== one.breaks) others.set(id, (others.get(id) ?? 0) + 1);
  }
  return registry.map((row) => ({ row, aimed: aimed.get(row.id) ?? [], others: others.get(row.id) ?? 0 }));
}

/** Requests until a bug was found, of the one in the middle. */
function median(results: readonly KillResult[]): number {
  const counts = results.flatMap(({ requests }) => (requests === undefined ? [] : [requests])).sort((a, b) => a - b);
  return counts[Math.floor(counts.length / 2)] ?? 0;
}

function Missed({ missed }: { readonly missed: readonly KillResult[] }): JSX.Element {
  return (
    <Section id="missed" title="Not found">
      {missed.length === 0 ? (
        <p class="empty">Every bug was found.</p>
      ) : (
        <ul class="texts">
          {missed.map(({ id, wrong, breaks, failed }) => (
            <li>
              <code>{clipped(id, 120)}</code> {clipped(wrong, 300)} It breaks <code>{clipped(breaks, 120)}</code>; what
              failed instead: {failed.length === 0 ? 'nothing' : clipped(failed.slice(0, 5).join(', '), 300)}.
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Filters(): JSX.Element {
  const choices: readonly (readonly [string, readonly string[]])[] = [
    ['chapter', CHAPTERS],
    ['level', LEVELS],
    ['status', ['killed', 'missed', 'alive']],
  ];
  return (
    <form id="filters" role="search" aria-label="Filter requirements" hidden>
      <label class="grow">
        <span>Search</span>
        <input type="search" name="text" autocomplete="off" spellcheck={false} placeholder="id, words, bug" />
      </label>
      {choices.map(([name, options]) => (
        <label>
          <span>{name}</span>
          <select name={name}>
            <option value="">any</option>
            {options.map((option) => (
              <option value={option}>{option}</option>
            ))}
          </select>
        </label>
      ))}
      <output aria-live="polite"></output>
    </form>
  );
}

function ChapterTable({
  chapter,
  rows,
  most,
}: {
  readonly chapter: string;
  readonly rows: readonly RowKills[];
  readonly most: number;
}): JSX.Element {
  return (
    <div class="wide" data-group tabindex={0} role="group" aria-label={chapter}>
      <table class="matrix kills" id={`chapter-${chapter}`}>
        <caption>{chapter}</caption>
        <thead>
          <tr>
            <th scope="col">Requirement</th>
            <th scope="col">Failed by</th>
            <th scope="col">Bugs that break it</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((kills) => (
            <Row kills={kills} most={most} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({
  kills: { row, aimed, others },
  most,
}: {
  readonly kills: RowKills;
  readonly most: number;
}): JSX.Element {
  const found = aimed.filter(({ isFound }) => isFound).length;
  const status = aimed.some(({ isFound }) => !isFound) ? 'missed' : found + others > 0 ? 'killed' : 'alive';
  const mark = status === 'missed' ? 'fail' : status === 'killed' ? 'pass' : 'not-exercised';
  const words =
    status === 'missed' ? `${found} of ${aimed.length}` : status === 'killed' ? `${found + others}` : 'none';
  return (
    <tr id={row.id} tabindex={-1} data-row data-chapter={row.chapter} data-level={row.level} data-status={status}>
      <th scope="row">
        {clipped(row.title, 160)}
        <span class="kinds">
          <LevelMark level={row.level} /> <code>{row.id}</code>
        </span>
      </th>
      <td>
        <span class={`status ${mark}`}>{words}</span>
        {others === 0 || aimed.length === 0 ? null : <span class="kinds">{`${others} of other aim`}</span>}
      </td>
      <td>
        {aimed.slice(0, most).map(({ id, wrong, requests, isFound }) => (
          <p class="bug">
            <code>{clipped(id, 120)}</code>{' '}
            <span class="kinds">
              {`${clipped(wrong, 140)} ${isFound ? (requests === undefined ? 'Found.' : `Found after ${requests} requests.`) : 'Not found.'}`}
            </span>
          </p>
        ))}
        {aimed.length > most ? <p class="kinds">{`… and ${aimed.length - most} more`}</p> : null}
      </td>
    </tr>
  ); // prettier-ignore
}
