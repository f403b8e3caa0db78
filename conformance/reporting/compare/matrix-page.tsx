// The matrix as a page: targets side by side, what differs first. It is one file like every page of ours, and what a
// report says is text on it and nothing else.
import type { JSX } from 'hono/jsx/jsx-runtime';
import { CHAPTERS, LEVELS } from '../../requirements/requirement.ts';
import { visible } from '../escape.ts';
import { Document, documentHtml } from '../page/document.tsx';
import { clipped, LevelMark, Section, StatusMark } from '../page/parts.tsx';
import { STATUSES } from '../report.ts';
import { Columns } from './matrix-reports.tsx';
import type { Cell, CellStatus, Column, Difference, Matrix, MatrixRow, ValueRow } from './matrix.ts';

const MOST_BYTES = 1_000_000;
/** Characters of what a cell says; less where the page would grow too big. */
const DETAILS = [240, 80, 0];

/** The matrix as one HTML file, under a megabyte for any two dozen reports. */
export function matrixHtml(matrix: Matrix): string {
  let html = '';
  for (const said of DETAILS) {
    html = documentHtml(<Page matrix={matrix} said={said} />);
    if (Buffer.byteLength(html) <= MOST_BYTES) break;
  }
  return html;
}

function Page({ matrix, said }: { readonly matrix: Matrix; readonly said: number }): JSX.Element {
  const { columns, apart, rows } = matrix;
  const differing = rows.filter(({ differs }) => differs !== null);
  const names = columns.map(({ label }) => visible(label)).join(', ');
  return (
    <Document title={`${clipped(names, 120)} · fine-tuning API`} skipTo={{ id: 'differ', words: 'To what differs' }}>
      <header class="top">
        <p class="kicker">Conformance to the fine-tuning API</p>
        <h1>Side by side</h1>
        <p class="where">
          <span>{`${columns.length} ${columns.length === 1 ? 'report' : 'reports'}${apart.length === 0 ? '' : `, ${apart.length} set apart`}`}</span>
          <span>{`edition ${visible(columns[0]?.edition ?? '')}`}</span>
          <span>{`${visible(columns[0]?.mode ?? '')} mode`}</span>
          <span>{`${differing.length} of ${rows.length} requirements differ`}</span>
        </p>
      </header>
      <main>
        <Columns columns={columns} apart={apart} />
        <Filters rows={rows} />
        <Section
          id="differ"
          title="Where they differ"
          note="Passed here and failed there first, then what only some offer, then what was not exercised everywhere. Stale reports and controls do not count as differing."
        >
          {differing.length === 0 ? <p class="empty">Nowhere.</p> : <Groups rows={differing} columns={columns} said={said} prefix="differ" />}
        </Section>
        <Values id="capabilities" title="Capabilities" note="What was found, and whether it was claimed." rows={matrix.capabilities} columns={columns} />
        <Values id="observed" title="Observed" note="How each behaves where the documents leave it open. Nothing here is judged." rows={matrix.observed} columns={columns} />
        <Section id="agree" title="Where they agree">
          <Groups rows={rows.filter(({ differs }) => differs === null)} columns={columns} said={0} prefix="agree" />
          <p id="nothing-found" class="empty" hidden>
            No requirement matches.
          </p>
        </Section>
      </main>
      <footer class="bottom">
        <p>The data behind this page is matrix.json.</p>
      </footer>
    </Document>
  ); // prettier-ignore
}

function Filters({ rows }: { readonly rows: readonly MatrixRow[] }): JSX.Element {
  const chapters = CHAPTERS.filter((chapter) => rows.some((row) => row.chapter === chapter));
  const choices: readonly (readonly [string, readonly string[]])[] = [
    ['chapter', chapters],
    ['level', LEVELS],
    ['status', STATUSES],
  ];
  return (
    <form id="filters" role="search" aria-label="Filter requirements" hidden>
      <label class="grow">
        <span>Search</span>
        <input type="search" name="text" autocomplete="off" spellcheck={false} placeholder="id, words, message" />
      </label>
      {choices.map(([name, options]) => (
        <label>
          <span>{name}</span>
          <select name={name}>
            <option value="">any</option>
            {options.map((option) => (
              <option value={option}>{option.replace('-', ' ')}</option>
            ))}
          </select>
        </label>
      ))}
      <output aria-live="polite"></output>
    </form>
  );
}

interface Shown {
  readonly columns: readonly Column[];
  readonly said: number;
}

/** Rows as one table a capability, and within the core one a chapter, for it holds most of them. */
function Groups({ rows, columns, said, prefix }: Shown & { readonly rows: readonly MatrixRow[]; readonly prefix: string }): JSX.Element {
  const groups = new Map<string, MatrixRow[]>();
  for (const row of rows) {
    const name = row.capability === 'core' ? `core · ${row.chapter}` : row.capability;
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  return (
    <>
      {[...groups].map(([name, members]) => (
        <Group name={name} rows={members} columns={columns} said={said} prefix={prefix} />
      ))}
    </>
  );
} // prettier-ignore

function Group({
  name,
  rows,
  columns,
  said,
  prefix,
}: Shown & { readonly name: string; readonly rows: readonly MatrixRow[]; readonly prefix: string }): JSX.Element {
  return (
    <div class="wide" data-group tabindex={0} role="group" aria-label={`${visible(name)}: ${prefix}`}>
      <table class="matrix">
        <caption>{clipped(name, 80)}</caption>
        <thead>
          <tr>
            <th scope="col">Requirement</th>
            {columns.map((column) => (
              <th scope="col" class={column.standing}>
                {clipped(column.label, 40)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row row={row} columns={columns} said={said} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Columns that every cell can name on a narrow screen; with more, it says where the report stands in the list above. */
const MOST_NAMED = 8;

function labelOf(columns: readonly Column[], index: number): string {
  return columns.length > MOST_NAMED ? String(index + 1) : clipped(columns[index]?.label ?? '', 40);
}

const DIFFERENCE_WORDS: Readonly<Record<Difference, string>> = {
  verdict: 'verdicts differ',
  support: 'not offered by all',
  exercise: 'not exercised by all',
};

function Row({ row, columns, said }: Shown & { readonly row: MatrixRow }): JSX.Element {
  return (
    <tr
      id={row.id}
      tabindex={-1}
      data-row
      data-chapter={row.chapter}
      data-level={row.level}
      data-status={[...new Set(row.cells.map(({ status }) => status))].join(' ')}
    >
      <th scope="row">
        {clipped(row.title, 200)}
        <span class="kinds">
          <LevelMark level={row.level} /> <code>{clipped(row.id, 200)}</code>
          {row.differs === null ? '' : ` ${DIFFERENCE_WORDS[row.differs]}`}
        </span>
      </th>
      {row.cells.map((cell, index) => (
        <td class={`cell ${columns[index]?.standing ?? ''}`} data-label={labelOf(columns, index)}>
          <Stand cell={cell} said={said} />
        </td>
      ))}
    </tr>
  );
}

function Stand({ cell, said }: { readonly cell: Cell; readonly said: number }): JSX.Element {
  return (
    <>
      {isKnown(cell.status) ? (
        <StatusMark status={cell.status} />
      ) : (
        <span class="status unsupported">{cell.status === 'absent' ? 'not in the report' : 'out of scope'}</span>
      )}
      {cell.said === null || said === 0 || cell.status === 'pass' ? null : (
        <span class="kinds">{clipped(cell.said, said)}</span>
      )}
    </>
  );
}

function isKnown(status: CellStatus): status is (typeof STATUSES)[number] {
  return (STATUSES as readonly string[]).includes(status);
}

function Values({
  id,
  title,
  note,
  rows,
  columns,
}: {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly rows: readonly ValueRow[];
  readonly columns: readonly Column[];
}): JSX.Element | null {
  if (rows.length === 0) return null;
  return (
    <Section id={id} title={title} note={note}>
      <div class="wide" tabindex={0} role="group" aria-label={title}>
        <table class="matrix values">
          <thead>
            <tr>
              <td></td>
              {columns.map(({ label }) => (
                <th scope="col">{clipped(label, 40)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, 200).map(({ subject, values, differs }) => (
              <tr class={differs ? 'differs' : ''}>
                <th scope="row">{clipped(subject, 160)}</th>
                {values.map((value, index) => (
                  <td class="cell" data-label={labelOf(columns, index)}>
                    {value === null ? <span class="zero">not told</span> : clipped(value, 160)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
