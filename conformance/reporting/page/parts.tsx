// Small parts that every section of the page is made of.
import type { Child } from 'hono/jsx';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Level } from '../../requirements/requirement.ts';
import { visible } from '../escape.ts';
import type { Status } from '../report.ts';

/** How detailed the page is; the page falls back to less where it would grow too big. */
export interface Detail {
  /** Failures of one requirement that are shown with their evidence. */
  readonly blocks: number;
  /** Characters of one body. */
  readonly body: number;
  /** Characters of one line of text. */
  readonly line: number;
  /** Characters of one command. */
  readonly command: number;
  /** Requirements whose failures are shown with evidence at all. */
  readonly evidenced: number;
  /** Jobs whose way is drawn. */
  readonly jobs: number;
}

const STATUS_WORDS: Readonly<Record<Status, string>> = {
  pass: 'passed',
  fail: 'failed',
  'not-exercised': 'not exercised',
  unsupported: 'unsupported',
  waived: 'waived',
};

/** A status as a sign and a word: never by colour alone. */
export function StatusMark({ status }: { readonly status: Status }): JSX.Element {
  return <span class={`status ${status}`}>{STATUS_WORDS[status]}</span>;
}

/** The level of a requirement. */
export function LevelMark({ level }: { readonly level: Level }): JSX.Element {
  return <span class={`level ${level.toLowerCase()}`}>{level}</span>;
}

/** What a target said, in a fixed-width face; what cannot be seen is spelt out. */
export function Said({ children }: { readonly children: string }): JSX.Element {
  return <code>{visible(children)}</code>;
}

/** A line to copy, with a button that only shows where a script can serve it. */
export function CopyLine({ label, text }: { readonly label: string; readonly text: string }): JSX.Element {
  return (
    <div class="copy">
      <div class="copy-head">
        <span>{label}</span>
        <button type="button" data-copy hidden aria-label={`Copy: ${label}`}>
          Copy
        </button>
      </div>
      <pre tabindex={0} role="group" aria-label={label}>
        <code>{visible(text)}</code>
      </pre>
    </div>
  );
}

/** A heading with its section, for the outline and for landmarks. */
export function Section({
  id,
  title,
  note,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly note?: string;
  readonly children?: Child;
}): JSX.Element {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {note === undefined ? null : <p class="note">{note}</p>}
      {children}
    </section>
  );
}

/** Text of at most so many characters, on the page. */
export function clipped(text: string, limit: number): string {
  return visible(text.length > limit ? `${text.slice(0, limit)}…` : text);
}
