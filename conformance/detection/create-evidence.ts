// Evidence in what a create takes: one body with everything that only later editions allow, and only where that is refused
// each part on its own beside a plain twin. So a target of today makes two jobs for it, and a refusal makes none.
import type { Edition } from '#generated/current/rules.ts';
import { type JsonObject, member, sameJson } from '../contract/json.ts';
import { CREATE_REQUEST } from '../contract/request-sites.ts';
import { component } from '../contract/schema.ts';
import { completed } from '../generation/bases.ts';
import { BARE, bind, type Method } from '../generation/pools.ts';
import { type Exchange, statusOf, succeeded } from '../requirements/exchange.ts';
import { environmentReason, isAbout, told } from '../requirements/refusals.ts';
import { EDITIONS } from '../requirements/requirement.ts';
import { bindingsFor, createJob, jobOf } from '../run/jobs.ts';
import type { Session } from '../run/session.ts';
import type { EditionsApart } from './editions-apart.ts';
import { type Evidence, evidence, others, type Unlearned } from './evidence.ts';

/** One part of a create body that editions take or do not know. */
interface Part {
  readonly key: string;
  /** What is tried, in a few words. */
  readonly what: string;
  readonly body: JsonObject;
  /** True where a job that was made with it has to show it. */
  readonly isEchoed: boolean;
}

export interface CreateFindings {
  readonly found: readonly Evidence[];
  readonly unlearned: readonly Unlearned[];
  /** The id and the answer of a job that was made and kept; the caller ends it. */
  readonly job: { readonly id: string; readonly job: JsonObject; readonly exchange: Exchange } | undefined;
}

const PATH = 'POST /fine_tuning/jobs';

/** Makes jobs to learn what a create takes. The first that is made is kept, all others are cancelled at once. */
export async function createEvidence(session: Session, apart: EditionsApart, nonce: string): Promise<CreateFindings> {
  const parts = partsOf(apart, nonce);
  const unlearned = (reason: string): Unlearned[] => parts.map(({ key }) => ({ key, reason }));
  const bindings = await bindingsFor(session, 'supervised');
  if (bindings === undefined) return { found: [], unlearned: unlearned('no file could be uploaded'), job: undefined };
  const plain = bind(BARE, bindings) as JsonObject;
  const whole = Object.assign({}, plain, ...parts.map(({ body }) => body)) as JsonObject;
  const all = await createJob(session, whole, { keep: true });
  if (succeeded(all)) {
    return { found: parts.flatMap((part) => accepted(apart, part, all)), unlearned: [], job: jobOf(all) };
  }
  const twin = await createJob(session, plain, { keep: true });
  if (!succeeded(twin))
    return { found: [], unlearned: unlearned(`a plain create is answered ${told(twin)}`), job: undefined };
  const found: Evidence[] = [];
  const open: Unlearned[] = [];
  for (const part of parts) {
    const exchange = await createJob(session, { ...plain, ...part.body });
    const environment = succeeded(exchange) ? undefined : environmentReason(exchange, twin);
    if (environment !== undefined) open.push({ key: part.key, reason: environment });
    else found.push(...(succeeded(exchange) ? accepted(apart, part, exchange) : refused(apart, part, exchange)));
  }
  return { found, unlearned: open, job: jobOf(twin) };
}

/** Whether jobs can be made by a method that only some editions name: a job of its own, for it needs data of its own. */
export async function methodEvidence(
  session: Session,
  apart: EditionsApart,
  method: Method,
): Promise<Omit<CreateFindings, 'job'>> {
  const key = 'member FineTuneMethod type';
  const bindings = await bindingsFor(session, method);
  if (bindings === undefined) return { found: [], unlearned: [{ key, reason: 'no file could be uploaded' }] };
  const template = completed({ ...BARE, method: { type: method } });
  const body = bind(template, bindings) as JsonObject;
  const part: Part = { key, what: `method ${method}`, body: { method: body['method'] ?? null }, isEchoed: true };
  const exchange = await createJob(session, body);
  if (succeeded(exchange)) return { found: accepted(apart, part, exchange), unlearned: [] };
  const isItsFault = ['/method/type', `/method/${method}`].some((pointer) => isAbout(exchange, pointer));
  if (isItsFault && environmentReason(exchange) === undefined)
    return { found: refused(apart, part, exchange), unlearned: [] };
  return { found: [], unlearned: [{ key, reason: `method ${method} is answered ${told(exchange)}` }] };
}

function partsOf({ distinctions }: EditionsApart, nonce: string): Part[] {
  const own = distinctions.filter(({ point }) => point.kind === 'member' && point.owner === CREATE_REQUEST);
  return own.flatMap(({ key, point: { name } }): Part[] => {
    switch (name) {
      case 'suffix': {
        const { maxLength = 1 } = component(CREATE_REQUEST).properties?.['suffix'] ?? {};
        return [{ key, what: `suffix of ${maxLength} characters`, body: { suffix: `c${nonce}`.padEnd(maxLength, 'c').slice(0, maxLength) }, isEchoed: false }]; // prettier-ignore
      }
      case 'metadata':
        return [{ key, what: name, body: { metadata: { conformance_run: nonce } }, isEchoed: true }];
      case 'method': {
        const supervised = { hyperparameters: { n_epochs: 1 } };
        return [{ key, what: name, body: { method: { type: 'supervised', supervised } }, isEchoed: true }];
      }
      // What is only advice, such as the names of models, tells no server from another.
      default:
        return [];
    }
  });
}

function allowing({ allows }: EditionsApart, { body }: Part): readonly Edition[] {
  return EDITIONS.filter((edition) => allows(edition, { model: 'm', training_file: 'f', ...body }));
}

function accepted(apart: EditionsApart, part: Part, exchange: Exchange): Evidence[] {
  const made = jobOf(exchange);
  const shownBy = `${PATH} ${statusOf(exchange) ?? ''}`;
  if (made === undefined) return [];
  const isShown = Object.entries(part.body).every(([name, value]) =>
    name === 'method' ? sameJson(member(member(made.job, name), 'type'), member(value, 'type')) : sameJson(member(made.job, name), value),
  ); // prettier-ignore
  // Who takes a member and shows nothing of it has not understood it: unknown members are legal.
  if (part.isEchoed && !isShown)
    return evidence(part.key, `${part.what} is ignored`, shownBy, others(allowing(apart, part)));
  return evidence(part.key, `${part.what} is accepted`, shownBy, allowing(apart, part));
}

function refused(apart: EditionsApart, part: Part, exchange: Exchange): Evidence[] {
  return evidence(
    part.key,
    `${part.what} is refused`,
    `${PATH} ${statusOf(exchange) ?? ''}`,
    others(allowing(apart, part)),
  );
}
