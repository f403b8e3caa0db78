// The evidence of one failure: what was sent, what came back with the offending place marked, and the lines that send it
// again.
import type { JSX } from 'hono/jsx/jsx-runtime';
import { visible } from '../escape.ts';
import type { Failure } from '../report.ts';
import { excerpt, type Piece } from './excerpt.ts';
import { layOutJson } from './layout-json.ts';
import { clipped, CopyLine, type Detail } from './parts.tsx';

const MOST_HEADERS = 12;

/** Request, answer and commands of a failure. */
export function Evidence({
  failure,
  detail,
  id,
}: {
  readonly failure: Failure;
  readonly detail: Detail;
  readonly id: string;
}): JSX.Element {
  const { request } = failure;
  const sent = request.body === null ? undefined : layOutJson(request.body, failure.faultAt ?? null);
  return (
    <>
      <Calls sequence={failure.sequence ?? []} />
      <div class={sent === undefined ? 'exchange bodyless' : 'exchange'}>
        <figure>
          <figcaption>
            <span class="caption">Sent</span>{' '}
            <code>
              {request.method === '' ? 'nothing' : `${clipped(request.method, 20)} ${clipped(request.path, 300)}`}
            </code>
            <FaultAt failure={failure} isThere={sent?.place !== undefined} />
          </figcaption>
          {sent === undefined ? null : (
            <Body pieces={excerpt(sent.text, sent.place, detail.body)} label={`Payload of ${id}`} />
          )}
        </figure>
        <Answered failure={failure} detail={detail} id={id} />
      </div>
      {failure.curl === '' ? null : (
        <CopyLine
          label="curl"
          text={failure.curl.length > detail.command ? '# the line is long: see conformance.json' : failure.curl}
        />
      )}
      <CopyLine label="Judge it again" text={failure.replay} />
    </>
  );
}

/** Calls of a sequence that are listed. */
const MOST_CALLS = 60;

/** The calls that lead to a failure, one after another. */
function Calls({ sequence }: { readonly sequence: readonly string[] }): JSX.Element | null {
  if (sequence.length === 0) return null;
  return (
    <figure>
      <figcaption>
        <span class="caption">Calls</span> {sequence.length === 1 ? 'one is enough' : 'in this order'}
      </figcaption>
      <ol>
        {sequence.slice(0, MOST_CALLS).map((call) => (
          <li>{clipped(call, 200)}</li>
        ))}
      </ol>
      {sequence.length > MOST_CALLS ? <p class="empty">{`… and ${sequence.length - MOST_CALLS} more`}</p> : null}
    </figure>
  );
}

/** Where in the payload the fault is; a member that is missing can only be named. */
function FaultAt({ failure, isThere }: { readonly failure: Failure; readonly isThere: boolean }): JSX.Element | null {
  const { faultAt } = failure;
  if (faultAt === undefined || faultAt === '') return null;
  return (
    <span class="at">
      {isThere ? 'the fault: ' : 'not sent: '}
      <code>{clipped(faultAt, 200)}</code>
    </span>
  );
}

function Answered({
  failure,
  detail,
  id,
}: {
  readonly failure: Failure;
  readonly detail: Detail;
  readonly id: string;
}): JSX.Element {
  const { response, at } = failure;
  const { text, place } = layOutJson(response.body, at);
  const headers = Object.entries(response.headers).slice(0, MOST_HEADERS);
  return (
    <figure>
      <figcaption>
        <span class="caption">Answered</span> <code>{response.status === 0 ? 'nothing' : String(response.status)}</code>
        {at === null || at === '' ? null : (
          <span class="at">
            {place === undefined ? 'not there: ' : 'see '}
            <code>{clipped(at, 200)}</code>
          </span>
        )}
      </figcaption>
      {response.error === undefined ? null : <p class="empty">{clipped(response.error, detail.line)}</p>}
      {text === '' ? (
        <p class="empty">no body</p>
      ) : (
        <Body pieces={excerpt(text, place, detail.body)} label={`Answer to ${id}`} />
      )}
      {headers.length === 0 ? null : (
        <details>
          <summary>Headers</summary>
          <dl class="headers">
            {headers.map(([name, value]) => (
              <div>
                <dt>{clipped(name, 100)}</dt>
                <dd>{clipped(value, 200)}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </figure>
  );
}

/** A text that scrolls by itself, reachable by keyboard. */
function Body({ pieces, label }: { readonly pieces: readonly Piece[]; readonly label: string }): JSX.Element {
  return (
    <pre tabindex={0} role="group" aria-label={label}>
      {pieces.map(({ text, kind }) => {
        if (kind === 'marked') return <mark>{visible(text)}</mark>;
        return kind === 'left-out' ? <span class="left-out">{`⋯ ${text} ⋯\n`}</span> : visible(text);
      })}
    </pre>
  );
}
