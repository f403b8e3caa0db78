// What a run saw of jobs that are over, packed: a hundred thousand jobs as they came in would fill gigabytes, and yet
// what was seen of each is judged at the end, beside whatever is seen of it until then. Packing is done by zlib's own
// threads, for many jobs at once, and loses nothing.
import { promisify } from 'node:util';
import { deflateRaw, inflateRawSync } from 'node:zlib';
import { isObject, type JsonObject, type JsonValue } from '../contract/json.ts';
import { type Answered, type Exchange, isAnswered, jsonOf } from '../requirements/exchange.ts';
import type { Control, Sighting } from '../requirements/observation.ts';

const compress = promisify(deflateRaw);
/** Beyond this level it takes twice the time to save a tenth. */
const LEVEL = 4;

/** What was seen and asked of one job. */
export interface SeenJob {
  readonly id: string;
  readonly payload: JsonObject | undefined;
  readonly created: Answered;
  readonly sightings: readonly Sighting[];
  readonly controls: readonly Control[];
}

/** An exchange without what can be read again from its texts. */
interface PlainExchange {
  readonly exchange: Exchange;
  readonly hasJson: boolean;
}

interface PlainJob extends Pick<SeenJob, 'id'> {
  readonly hasPayload: boolean;
  readonly exchanges: readonly PlainExchange[];
  /** Positions among the exchanges. */
  readonly created: number;
  readonly sightings: readonly { readonly by: number; readonly operation: Sighting['operation'] }[];
  readonly controls: readonly { readonly by: number; readonly control: Control['control'] }[];
}

/** True where everything that was seen of a job is an answer about it alone, which its own text gives again. */
export function canBePacked({ payload, created, sightings, controls }: SeenJob): boolean {
  const { request } = created;
  return (
    isText(request) &&
    (payload === undefined || payload === request.json) &&
    sightings.every(
      ({ job, exchange }) => job === jsonOf(exchange) && !exchange.outcome.truncated && isText(exchange.request),
    ) &&
    controls.every(
      ({ exchange }) => isAnswered(exchange) && exchange.outcome.json.kind === 'json' && isText(exchange.request),
    )
  );
}

/** True where the JSON of a request, if there is any, is that of its text. */
function isText({ body, json }: Exchange['request']): boolean {
  return json === undefined || (body !== undefined && isObject(json));
}

/** Jobs that were packed together, as bytes of their own length. */
export async function packed(jobs: readonly SeenJob[]): Promise<Buffer> {
  const bytes = await compress(JSON.stringify(jobs.map(plain)), { level: LEVEL });
  // A copy: what zlib hands out may be a slice of something larger.
  return Buffer.from(bytes);
}

/** Reads jobs that were packed together. */
export function unpacked(bytes: Buffer): readonly SeenJob[] {
  return (JSON.parse(inflateRawSync(bytes).toString('utf8')) as readonly PlainJob[]).map(seen);
}

function plain({ id, payload, created, sightings, controls }: SeenJob): PlainJob {
  const distinct: Exchange[] = [];
  const position = (exchange: Exchange): number => {
    const known = distinct.indexOf(exchange);
    return known >= 0 ? known : distinct.push(exchange) - 1;
  };
  return {
    id,
    hasPayload: payload !== undefined,
    created: position(created),
    sightings: sightings.map(({ exchange, operation }) => ({ by: position(exchange), operation })),
    controls: controls.map(({ exchange, control }) => ({ by: position(exchange), control })),
    exchanges: distinct.map(withoutJson),
  };
}

function withoutJson(exchange: Exchange): PlainExchange {
  const { json, ...request } = exchange.request;
  const { outcome } = exchange;
  return {
    exchange: {
      ...exchange,
      request,
      outcome: outcome.kind === 'answer' ? { ...outcome, json: { kind: 'empty' } } : outcome,
    },
    hasJson: json !== undefined,
  };
}

function withJson({ exchange, hasJson }: PlainExchange): Exchange {
  const { request, outcome } = exchange;
  return {
    ...exchange,
    request: hasJson ? { ...request, json: JSON.parse(request.body ?? 'null') as JsonValue } : request,
    outcome:
      outcome.kind === 'answer'
        ? { ...outcome, json: { kind: 'json', value: JSON.parse(outcome.body) as JsonValue } }
        : outcome,
  };
}

function seen({ id, hasPayload, created, sightings, controls, exchanges }: PlainJob): SeenJob {
  const restored = exchanges.map(withJson);
  const at = (position: number): Answered => {
    const exchange = restored[position];
    if (exchange === undefined || !isAnswered(exchange)) throw new Error(`packed job ${id} lacks an exchange`);
    return exchange;
  };
  const payload = at(created).request.json;
  return {
    id,
    payload: hasPayload && isObject(payload) ? payload : undefined,
    created: at(created),
    sightings: sightings.flatMap(({ by, operation }) => {
      const job = jsonOf(at(by));
      return isObject(job) ? [{ job, exchange: at(by), operation }] : [];
    }),
    controls: controls.map(({ by, control }) => ({ control, exchange: at(by) })),
  };
}
