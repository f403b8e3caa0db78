// Chapter retrieve: one job asked for again and again stays the same job, and an id that no job has is a 404.
import type { RuleId } from '#generated/current/rules.ts';
import { schemas } from '../contract/active-contract.ts';
import { isObject, type JsonObject, type JsonValue, member, sameJson, show, textMember } from '../contract/json.ts';
import { emptyToNull, firstLost } from './carried.ts';
import { idInPath, jsonOf, statusOf, succeeded } from './exchange.ts';
import { firstPair, hasPair, isAfter, isListed } from './history.ts';
import { lastingPart } from './lasting.ts';
import type { HistoryObserved, Sighting } from './observation.ts';
import { errorOf, jobStatus, told, unjudged } from './refusals.ts';
import {
  check,
  expectThat,
  fail,
  type Finding,
  inconclusive,
  NOT_APPLICABLE,
  PASS,
  type Row,
  rule,
} from './requirement.ts';

/** Probes for ids that nothing has, one row for each operation family. */
export function unknownIds(id: RuleId): Row {
  return rule(id, [
    check('probe', ({ probe }) => {
      if (probe.name !== 'unknown-id' || probe.requirement !== id) return NOT_APPLICABLE;
      const { exchange } = probe;
      const open = unjudged(exchange);
      if (open) return open;
      const site = `${exchange.request.method} ${exchange.operation}`;
      return statusOf(exchange) === 404
        ? PASS
        : [{ outcome: 'fail', message: `an unknown id is answered ${told(exchange)}, 404 expected`, site }];
    }),
  ]);
}

/** What two sightings show of a member, and whether the later one still carries the earlier one. */
interface Constancy {
  readonly id: RuleId;
  readonly name: string;
  /** What the later value lost of the earlier one, in words; undefined where it lost nothing. */
  readonly lost: (earlier: JsonValue | undefined, later: JsonValue | undefined) => string | undefined;
}

/** Says what became of a value. */
function changed(earlier: JsonValue | undefined, later: JsonValue | undefined): string {
  return `was ${show(earlier)} and is now ${show(later)}`;
}

/** A member that one of the answers lacks is the business of the schema's rows, so that each fault has one name. */
const identical: Constancy['lost'] = (earlier, later) =>
  earlier === undefined || later === undefined || sameJson(earlier, later) ? undefined : changed(earlier, later);
/** Carried on: "auto" may become a value and details may be added, in both directions of empty. */
const carriedOn: Constancy['lost'] = (earlier, later) => {
  const kept = emptyToNull(earlier);
  if (kept === null) return undefined;
  const lost = firstLost(kept, later);
  return lost === undefined ? undefined : `changed: ${lost.message}`;
};

const CONSTANT: readonly Constancy[] = [
  { id: 'retrieve.created_at.constant', name: 'created_at', lost: identical },
  { id: 'retrieve.organization_id.constant', name: 'organization_id', lost: identical },
  {
    id: 'retrieve.model.constant',
    name: 'model',
    lost: (earlier, later) =>
      typeof earlier === 'string' && typeof later === 'string' && later.startsWith(earlier)
        ? undefined
        : identical(earlier, later),
  },
  { id: 'retrieve.training_file.constant', name: 'training_file', lost: identical },
  { id: 'retrieve.validation_file.constant', name: 'validation_file', lost: identical },
  { id: 'retrieve.seed.constant', name: 'seed', lost: identical },
  {
    id: 'retrieve.metadata.constant',
    name: 'metadata',
    lost: (earlier, later) =>
      sameJson(emptyToNull(earlier), emptyToNull(later)) ? undefined : changed(earlier, later),
  },
  { id: 'retrieve.integrations.constant', name: 'integrations', lost: carriedOn },
  { id: 'retrieve.method.constant', name: 'method', lost: carriedOn },
  { id: 'retrieve.hyperparameters.constant', name: 'hyperparameters', lost: carriedOn },
];

/**
 * The member that a job keeps for ever and on which two sightings disagree, or undefined. A list may lag behind: it may
 * still show "auto" or an alias, but it may not have lost what had been shown before.
 */
function disagreement(one: Sighting, other: Sighting, payload: JsonObject | undefined): string | undefined {
  const [earlier, later] = isAfter(one, other) ? [other.job, one.job] : [one.job, other.job];
  const isOrdered = isAfter(one, other) || isAfter(other, one);
  return CONSTANT.find(({ name, lost }) => {
    if (lost(lastingPart(earlier, name, payload), member(later, name)) === undefined) return false;
    const after = lastingPart(later, name, payload);
    const isGone = isOrdered && emptyToNull(after) === null;
    return isGone || lost(after, member(earlier, name)) !== undefined;
  })?.name;
}

function constant({ id, name, lost }: Constancy): Row {
  return rule(id, [
    check('history', ({ sightings, payload }) => {
      // What a list shows is judged by list.agrees-with-retrieve, so that each lie has one name.
      const direct = sightings.filter((sighting) => !isListed(sighting));
      // The last is earlier than none.
      const parts = new Map(direct.slice(0, -1).map(({ job }) => [job, lastingPart(job, name, payload)]));
      const lostBetween = (earlier: JsonObject, later: JsonObject): string | undefined =>
        lost(parts.get(earlier), member(later, name));
      const pair = firstPair(direct, (earlier, later) => lostBetween(earlier, later) !== undefined);
      if (pair) {
        const [earlier, later] = pair;
        const message = `${name} ${lostBetween(earlier.job, later.job) ?? ''}`;
        return [{ outcome: 'fail', message, at: `/${name}`, evidence: [later.exchange, earlier.exchange], site: name }];
      }
      return hasPair(direct, (job) => member(job, name) !== undefined) ? PASS : NOT_APPLICABLE;
    }),
  ]);
}

/**
 * A job that was made is found under its id. A 404 behind the create, or between two looks, may be a reader that lags
 * behind: only a job that stays away, as often as it is looked for, is one that cannot be retrieved.
 */
function judgeFound({ sightings, found, misses, isLost }: HistoryObserved): readonly Finding[] {
  const missed = misses.at(-1);
  if (found && (missed === undefined || found.exchange.sentAt >= missed.receivedAt)) {
    const note = misses.length === 0 ? {} : { note: 'it was not found at every look, and found in the end' };
    return [{ outcome: 'pass', evidence: [found.exchange], ...note }];
  }
  if (missed === undefined) return NOT_APPLICABLE;
  if (!isLost) return inconclusive(`a job that was made is answered ${told(missed)}, and was not looked for again`);
  const shown = jobStatus((found ?? sightings.at(-1))?.job) ?? '?';
  const [group, what] =
    found === undefined
      ? ['never found', `a job that was made, and last shown as ${shown}, cannot be retrieved`]
      : ['found no longer', `a job that was retrieved as ${shown} can be retrieved no longer`];
  const since = misses.filter(({ sentAt }) => sentAt >= (found?.exchange.receivedAt ?? 0));
  const seconds = Math.round((missed.receivedAt - (since[0] ?? missed).sentAt) / 1000);
  const message = `${what}: ${told(missed)}, at each of ${since.length} looks in ${seconds} s`;
  return [{ outcome: 'fail', message, group, site: group, evidence: [missed] }];
}

export const retrieveRequirements: readonly Row[] = [
  rule('retrieve.same-job', [
    check('exchange', ({ exchange }) => {
      if (exchange.operation !== 'retrieveFineTuningJob' || !succeeded(exchange)) return NOT_APPLICABLE;
      const asked = idInPath(exchange);
      const got = textMember(jsonOf(exchange), 'id');
      return expectThat(
        got === asked,
        () => `job ${show(asked)} was asked for and job ${show(got ?? null)} came`,
        '/id',
      );
    }),
  ]),
  rule('retrieve.created.found', [check('history', judgeFound)]),
  unknownIds('retrieve.unknown.404'),
  rule('retrieve.unknown.code', [
    check('probe', ({ probe }) => {
      if (probe.name !== 'unknown-id' || probe.requirement !== 'retrieve.unknown.404') return NOT_APPLICABLE;
      if (statusOf(probe.exchange) !== 404) return NOT_APPLICABLE;
      const code = textMember(errorOf(probe.exchange), 'code');
      return expectThat(code === 'fine_tune_not_found', () => `error.code is ${code ?? 'missing'}`, '/error/code');
    }),
  ]),
  ...CONSTANT.map(constant),
  rule('list.agrees-with-retrieve', [
    check('history', ({ sightings, payload }) => {
      const listed = sightings.filter(isListed);
      const direct = sightings.filter((sighting) => !isListed(sighting));
      for (const one of listed) {
        for (const other of direct) {
          const name = disagreement(one, other, payload);
          if (name === undefined) continue;
          const message = `the list shows ${name} ${show(member(one.job, name))}, the job itself ${show(member(other.job, name))}`;
          return [{ outcome: 'fail', message, at: `/${name}`, evidence: [one.exchange, other.exchange], site: name }];
        }
      }
      return listed.length > 0 && direct.length > 0 ? PASS : NOT_APPLICABLE;
    }),
  ]),
  rule('retrieve.timestamps.seconds', timestampChecks()),
];

const SECONDS_LIMIT = 100_000_000_000;

/** Every member of format unixtime, of every component: milliseconds are thirteen digits, seconds ten. */
function timestampChecks(): ReturnType<typeof check>[] {
  return Object.entries(schemas).flatMap(([name, schema]) => {
    const properties = member(schema, 'properties');
    if (!isObject(properties)) return [];
    const times = Object.keys(properties).filter((one) => textMember(properties[one], 'format') === 'unixtime');
    if (times.length === 0) return [];
    return [check('object', ({ value, at }) => judgeTimes(value, times, at, name), name)];
  });
}

function judgeTimes(value: JsonValue, times: readonly string[], at: string, name: string): readonly Finding[] {
  return times.flatMap((one): readonly Finding[] => {
    const time = member(value, one);
    if (time === undefined || time === null) return NOT_APPLICABLE;
    const isSeconds = typeof time === 'number' && Number.isInteger(time) && time >= 0 && time < SECONDS_LIMIT;
    if (isSeconds) return PASS;
    return fail(`${one} is ${show(time)}, not a count of Unix seconds`, `${at}/${one}`).map(
      (finding) => ({ ...finding, site: `${name}.${one}` }) as Finding,
    );
  });
}
