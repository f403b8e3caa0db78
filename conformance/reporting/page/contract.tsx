// The contract view: the create request member by member, each constraint with what the run showed on both sides. It is
// the coverage table at the same time: what was not exercised says why.
import type { JSX } from 'hono/jsx/jsx-runtime';
import { show } from '../../contract/json.ts';
import type { Coverage, CoveredSite, Side, SideCounts, SideStatus } from '../coverage.ts';
import { clipped, type Detail, Section } from './parts.tsx';

const MOST_REASON = 160;

/** The contract with live verdicts. */
export function Contract({ coverage, detail }: { readonly coverage: Coverage; readonly detail: Detail }): JSX.Element {
  return (
    <Section
      id="contract"
      title="The contract, constraint by constraint"
      note="Each constraint of the create request from both sides: is a body that breaks it refused, and is a legal value in its place accepted?"
    >
      <Totals coverage={coverage} />
      {groupsOf(coverage.sites).map((group) => (
        <Member group={group} line={Math.min(detail.line, MOST_REASON)} />
      ))}
    </Section>
  );
}

interface Group {
  readonly name: string;
  readonly sites: readonly CoveredSite[];
}

/** Sites by the member of the request that they belong to, graders each by its kind; in document order. */
function groupsOf(sites: readonly CoveredSite[]): Group[] {
  const groups = new Map<string, CoveredSite[]>();
  for (const site of sites) {
    const name = /^grader\.[a-z_]+|^[^.]+/.exec(site.member)?.[0] ?? site.member;
    groups.set(name, [...(groups.get(name) ?? []), site]);
  }
  return [...groups].map(([name, members]) => ({ name, sites: members }));
}

function Totals({ coverage: { counts } }: { readonly coverage: Coverage }): JSX.Element {
  const row = (name: string, of: SideCounts): JSX.Element => (
    <tr>
      <th scope="row">{name}</th>
      <td class={of.held === 0 ? 'zero' : 'pass'}>{of.held}</td>
      <td class={of.failed === 0 ? 'zero' : 'fail'}>{of.failed}</td>
      <td class={of.open === 0 ? 'zero' : 'open'}>{of.open}</td>
      <td class={of.notJudged === 0 ? 'zero' : ''}>{of.notJudged}</td>
      <td>{counts.sites}</td>
    </tr>
  );
  return (
    <table class="totals">
      <thead>
        <tr>
          <td></td>
          <th scope="col">Held</th>
          <th scope="col">Failed</th>
          <th scope="col">Open</th>
          <th scope="col">Not judged</th>
          <th scope="col">All</th>
        </tr>
      </thead>
      <tbody>
        {row('Faults are refused', counts.refused)}
        {row('Legal values are accepted', counts.accepted)}
      </tbody>
    </table>
  );
}

function Member({ group, line }: { readonly group: Group; readonly line: number }): JSX.Element {
  const failing = group.sites.filter(({ refused, accepted }) => [refused, accepted].some(isFailure)).length;
  const open = group.sites.filter(({ refused, accepted }) => [refused, accepted].some(isOpen)).length;
  return (
    <details class="member" open={failing > 0}>
      <summary>
        <code>{clipped(group.name, 80)}</code> <span class="asks">{asksOf(group)}</span>
        <span class="tally">
          {failing === 0 ? null : <span class="status fail">{`${failing} failed`}</span>}
          {open === 0 ? null : <span class="status not-exercised">{`${open} open`}</span>}
          {failing === 0 && open === 0 ? <span class="status pass">all held</span> : null}
        </span>
      </summary>
      <table class="sites">
        <thead>
          <tr>
            <th scope="col">Member</th>
            <th scope="col">Constraint</th>
            <th scope="col">A fault is</th>
            <th scope="col">A legal value is</th>
          </tr>
        </thead>
        <tbody>
          {group.sites.map((site, index) => (
            <SiteRow
              site={site}
              line={line}
              name={withinGroup(site.member, group.name)}
              isAgain={group.sites[index - 1]?.member === site.member}
            />
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** What the member itself asks for: of its own sites the first. */
function asksOf({ name, sites }: Group): string {
  const own = sites.find(({ member }) => member === name);
  return own === undefined ? '' : clipped(own.asks, 120);
}

/** A member's name below its group: `batch_size` in hyperparameters. */
function withinGroup(member: string, group: string): string {
  return member.startsWith(`${group}.`) ? member.slice(group.length + 1) : member;
}

function SiteRow({
  site,
  name,
  line,
  isAgain,
}: {
  readonly site: CoveredSite;
  readonly name: string;
  readonly line: number;
  readonly isAgain: boolean;
}): JSX.Element {
  const kinds = site.accepted.kinds ?? [];
  return (
    <tr>
      <th scope="row" class={isAgain ? 'again' : ''}>
        <code>{clipped(name, 120)}</code>
      </th>
      <td>
        <code>{constraintText(site)}</code>
      </td>
      <td>
        <Verdict side={site.refused} words={REFUSED} line={line} />
      </td>
      <td>
        <Verdict side={site.accepted} words={ACCEPTED} line={line} />
        {kinds.length === 0 || site.accepted.status === 'not-judged' ? null : (
          <span class="kinds">{clipped(kinds.join(', '), 120)}</span>
        )}
      </td>
    </tr>
  );
}

function constraintText({ keyword, value, member }: CoveredSite): string {
  if (keyword === 'required') return clipped(`required ${show(value, 60).replaceAll('"', '')}`, 80);
  if (keyword === 'oneOf') return 'one of its kinds';
  return clipped(`${keyword} ${typeof value === 'string' ? value : show(value, 60)}`, member === '' ? 80 : 90);
}

const REFUSED: Readonly<Record<SideStatus, string>> = {
  pass: 'refused',
  fail: 'let through',
  waived: 'let through, waived',
  'not-exercised': 'open',
  unsupported: 'unsupported',
  'not-judged': 'not judged',
};
const ACCEPTED: Readonly<Record<SideStatus, string>> = { ...REFUSED, pass: 'accepted', fail: 'refused', waived: 'refused, waived' }; // prettier-ignore

function Verdict({
  side,
  words,
  line,
}: {
  readonly side: Side;
  readonly words: typeof REFUSED;
  readonly line: number;
}): JSX.Element {
  const mark = side.status === 'not-judged' ? 'unsupported' : side.status;
  return (
    <>
      {side.status === 'not-judged' ? (
        <span class={`status ${mark}`}>{words[side.status]}</span>
      ) : (
        <a class={`status ${mark}`} href={`#${side.requirement}`}>
          {words[side.status]}
        </a>
      )}
      {side.exercised > 0 ? <span class="times">{side.exercised}</span> : null}
      {side.reason === null || side.status === 'not-judged' ? null : (
        <span class="kinds">{clipped(side.reason, line)}</span>
      )}
    </>
  );
}

function isFailure({ status }: Side): boolean {
  return status === 'fail';
}

function isOpen({ status }: Side): boolean {
  return status === 'not-exercised';
}
