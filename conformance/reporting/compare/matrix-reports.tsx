// The head of the matrix page: which reports stand side by side, how each ended, and what a reader must know of it.
import type { JSX } from 'hono/jsx/jsx-runtime';
import { visible } from '../escape.ts';
import { clipped, Section } from '../page/parts.tsx';
import type { Column } from './matrix.ts';

/** The reports that are compared, and those that were set apart. */
export function Columns({ columns, apart }: { readonly columns: readonly Column[]; readonly apart: readonly Column[] }): JSX.Element {
  return (
    <Section id="reports" title="Reports">
      <div class="wide" tabindex={0} role="group" aria-label="Reports">
        <table class="reports">
          <thead>
            <tr>
              {['Target', 'Verdict', 'MUST passed', 'failed', 'open', 'SHOULD failed', 'Judged', 'By'].map((name) => (
                <th scope="col">{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...columns, ...apart].map((column) => (
              <Report column={column} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
} // prettier-ignore

const VERDICT_MARKS: Readonly<Record<Column['verdict'], string>> = {
  conformant: 'pass',
  'non-conformant': 'fail',
  incomplete: 'not-exercised',
  fault: 'not-exercised',
};

function Report({ column }: { readonly column: Column }): JSX.Element {
  const { MUST, SHOULD } = column.counts;
  const number = (value: number, kind: string): JSX.Element => <td class={value === 0 ? 'zero' : kind}>{value}</td>;
  return (
    <tr class={column.standing}>
      <th scope="row">
        <strong>
          {column.page === undefined ? (
            clipped(column.label, 80)
          ) : (
            <a href={column.page}>{clipped(column.label, 80)}</a>
          )}
        </strong>
        {column.role === 'control' ? <span class="tag">control</span> : null}
        {column.standing === 'compared' ? null : (
          <span class="tag warn">{column.standing === 'stale' ? 'stale' : 'set apart'}</span>
        )}
        <span class="kinds">{clipped(column.baseUrl, 120)}</span>
        {column.marks.map((mark) => (
          <span class="kinds mark-line">{clipped(mark, 300)}</span>
        ))}
      </th>
      <td>
        <span class={`status ${VERDICT_MARKS[column.verdict]}`}>{column.verdict}</span>
      </td>
      <td>{`${MUST.pass} of ${MUST.total - MUST.unsupported}`}</td>
      {number(MUST.fail, 'fail')}
      {number(MUST.notExercised, 'open')}
      {number(SHOULD.fail, 'open')}
      <td>
        <time datetime={visible(column.startedAt)}>{clipped(column.startedAt.slice(0, 10), 12)}</time>
      </td>
      <td>
        {clipped(column.tool, 60)}
        <span class="kinds">{clipped(`${column.edition}, ${column.mode}, seed ${column.seed}`, 80)}</span>
      </td>
    </tr>
  );
}
