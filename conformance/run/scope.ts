// What a run judges: the rows of its edition, less what was narrowed away. Every narrowing is told.
import { EDITION_METHODS } from '../generation/pools.ts';
import { factsOf } from '../generation/facts.ts';
import { matchesAny } from '../requirements/glob.ts';
import { refusalRowOf } from '../requirements/request-constraints.ts';
import { requirementsOf } from '../requirements/registry.ts';
import { levelIn, type Requirement } from '../requirements/requirement.ts';
import type { RequirementLine, HeaderLine } from '../reporting/log.ts';
import type { RunConfig } from './config.ts';
import { offeredBases } from './tier-bases.ts';

export interface ScopedRow {
  readonly row: Requirement;
  readonly inScope: boolean;
}

/** The rows of a run's edition, each with whether it is judged. */
export function scopedRows(config: RunConfig, hasKey: boolean): readonly ScopedRow[] {
  return requirementsOf(config.edition).map((row) => ({ row, inScope: isInScope(config, row, hasKey) }));
}

function isInScope(config: RunConfig, row: Requirement, hasKey: boolean): boolean {
  const { only, lifecycle, tier, profile } = config;
  if (profile.unjudged.some(({ rows }) => matchesAny(row.id, rows))) return false;
  if (tier === 'smoke' && !isInSmoke(config, row.id)) return false;
  if (row.capability === 'auth' && !hasKey) return false;
  if (row.needsSuccess && lifecycle === 'cancel-only') return false;
  return only.length === 0 || matchesAny(row.id, only);
}

/** What the few jobs of the smoke tier can show. */
function isInSmoke(config: RunConfig, id: string): boolean {
  if (
    /^(pause|echo\.(method|integrations)|status\.data|files\.upload\.not-jsonl|transport\.charset|refusal\.content-type)\b/.test(
      id,
    )
  )
    return false;
  if (!id.startsWith('create.')) return true;
  const bases = offeredBases(config);
  return (
    /^create\.(plain|hyperparameters|validation_file|metadata)\.accepted$|^create\.(id|status|created_at|result_files|seed)\.(unique|not-finished|clock|empty|generated)$/.test(
      id,
    ) ||
    bases.some(({ sites }) => sites.some(({ site }) => refusalRowOf(site) === id)) ||
    bases.some(({ template }) => factsOf(template).some(({ requirement }) => requirement === id))
  );
}

/** Every narrowing of a run, for the head of its reports; empty where nothing was left out. */
export function narrowings(config: RunConfig, hasKey: boolean): HeaderLine['scope'] {
  return {
    ...(config.only.length > 0 ? { only: config.only } : {}),
    ...(config.tier === 'full' ? {} : { tier: config.tier }),
    ...(config.wire === 'full' ? {} : { wire: config.wire }),
    ...(config.lifecycle === 'full' ? {} : { lifecycle: config.lifecycle }),
    ...(hasKey ? {} : { auth: 'not judged: no API key was given' }),
    ...(config.profile.unjudged.length === 0
      ? {}
      : { unjudged: config.profile.unjudged.map(({ rows, reason }) => `${rows.join(' ')} (${reason})`) }),
    ...(config.methods.length === EDITION_METHODS.length ? {} : { methods: config.methods }),
  };
}

/** A row as the log tells it. */
export function rowLine({ row, inScope }: ScopedRow, { mode }: Pick<RunConfig, 'mode'>): RequirementLine {
  const { id, chapter, authority, title, statement, sources, capability, conditional } = row;
  return {
    kind: 'requirement',
    id,
    chapter,
    level: levelIn(mode, row),
    authority,
    title,
    statement,
    sources,
    capability,
    conditional,
    inScope,
  };
}
