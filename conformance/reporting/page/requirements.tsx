// Every requirement of the edition, chapter by chapter: what it asks, how it stands, and what that rests on.
import type { JSX } from 'hono/jsx/jsx-runtime';
import { CHAPTERS, LEVELS } from '../../requirements/requirement.ts';
import { type Report, type ReportedRequirement, STATUSES } from '../report.ts';
import { clipped, type Detail, LevelMark, Section, StatusMark } from './parts.tsx';

/** Remarks on one row that are shown; the rest is in conformance.json. */
const MOST_REMARKS = 3;

/** The search and filters; shown by the script, which alone can serve them. */
export function Filters({ report }: { readonly report: Report }): JSX.Element {
  const chapters = CHAPTERS.filter((chapter) => report.requirements.some((row) => row.chapter === chapter));
  return (
    <form id="filters" role="search" aria-label="Filter requirements" hidden>
      <label class="grow">
        <span>Search</span>
        <input type="search" name="text" autocomplete="off" spellcheck={false} placeholder="id, words, message" />
      </label>
      <Choice name="chapter" options={chapters} />
      <Choice name="level" options={LEVELS} />
      <Choice name="status" options={STATUSES} />
      <output aria-live="polite"></output>
      <label class="keys">
        <input type="checkbox" name="keys" checked /> <span>Keys</span>
        <span class="key-list">
          <kbd>/</kbd> search <kbd>j</kbd> <kbd>k</kbd> move <kbd>o</kbd> open <kbd>c</kbd> copy curl <kbd>Esc</kbd>{' '}
          clear
        </span>
      </label>
    </form>
  );
}

function Choice({ name, options }: { readonly name: string; readonly options: readonly string[] }): JSX.Element {
  return (
    <label>
      <span>{name}</span>
      <select name={name}>
        <option value="">any</option>
        {options.map((option) => (
          <option value={option}>{option.replace('-', ' ')}</option>
        ))}
      </select>
    </label>
  );
}

/** All rows, as one table a chapter. */
export function Requirements({ report, detail }: { readonly report: Report; readonly detail: Detail }): JSX.Element {
  return (
    <Section
      id="requirements"
      title="All requirements"
      note="Each opens to its sentence, its sources and what its status rests on."
    >
      {CHAPTERS.map((chapter) => {
        const rows = report.requirements.filter((row) => row.chapter === chapter);
        return rows.length === 0 ? null : <ChapterTable chapter={chapter} rows={rows} detail={detail} />;
      })}
      <p id="nothing-found" class="empty" hidden>
        No requirement matches.
      </p>
    </Section>
  );
}

function ChapterTable({
  chapter,
  rows,
  detail,
}: {
  readonly chapter: string;
  readonly rows: readonly ReportedRequirement[];
  readonly detail: Detail;
}): JSX.Element {
  return (
    <table class="rows" id={`chapter-${chapter}`} data-group>
      <caption>{chapter}</caption>
      <thead>
        <tr>
          <th scope="col">Requirement</th>
          <th scope="col">Level</th>
          <th scope="col">Status</th>
          <th scope="col">Judged</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row row={row} detail={detail} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, detail }: { readonly row: ReportedRequirement; readonly detail: Detail }): JSX.Element {
  const isTold = row.status === 'fail' || row.status === 'waived';
  // A failed row is told of above, and its id leads there.
  return (
    <tr
      id={isTold ? `row-${row.id}` : row.id}
      tabindex={-1}
      data-row
      data-chapter={row.chapter}
      data-level={row.level}
      data-status={row.status}
    >
      <td>
        <details>
          <summary>
            {clipped(row.title, 300)} <code>{clipped(row.id, 200)}</code>
          </summary>
          <div class="about">
            <p>{clipped(row.statement, 2_000)}</p>
            {row.reason === null ? null : <p class="hint">{clipped(row.reason, detail.line)}</p>}
            {row.notes.slice(0, MOST_REMARKS).map(({ text, count }) => (
              <p class="rests">{`Rests on: ${clipped(text, 200)} (${count})`}</p>
            ))}
            {row.tolerated.slice(0, MOST_REMARKS).map(({ erratum, message, count }) => (
              <p class="rests">{`Tolerated by ${clipped(erratum, 40)}: ${clipped(message, 200)} (${count})`}</p>
            ))}
            <p class="sources">
              {`${row.authority} · ${clipped(row.sources.join(' · '), 600)}${row.conditional ? ' · conditional' : ''}${row.capability === 'core' ? '' : ` · needs ${row.capability}`}`}
            </p>
            {isTold ? (
              <p>
                <a href={`#${row.id}`}>Evidence</a>
              </p>
            ) : null}
          </div>
        </details>
      </td>
      <td>
        <LevelMark level={row.level} />
      </td>
      <td>
        <StatusMark status={row.status} />
      </td>
      <td class={row.exercised === 0 ? 'zero' : ''}>{row.exercised}</td>
    </tr>
  );
}
