// What a session reads off answers beside judging them: the objects that they hold, and how long they ask to wait. And
// how the profile wants a request to look before there is an answer.
import { operations } from '../contract/active-contract.ts';
import { type JsonValue, member } from '../contract/json.ts';
import { component } from '../contract/schema.ts';
import type { Manner } from '../client/wire-request.ts';
import { type Answered, type Exchange, isAnswered, jsonOf, succeeded } from '../requirements/exchange.ts';
import type { RunConfig } from './config.ts';

/** What a profile wants every request to carry. */
export function mannerOf({ auth: { header, scheme, query: parameter }, query }: RunConfig['profile']): Manner {
  return {
    query: new URLSearchParams(query).toString(),
    auth: parameter === undefined ? { header, prefix: scheme === '' ? '' : `${scheme} ` } : { parameter },
  };
}

/** The seconds that an answer asks to wait, or undefined. */
export function retryAfter(exchange: Exchange): number | undefined {
  const asked = isAnswered(exchange) ? Number(exchange.outcome.headers['retry-after']) : Number.NaN;
  return Number.isFinite(asked) && asked > 0 ? asked : undefined;
}

/** An object of a known component, with its place in an answer. */
export interface FoundObject {
  readonly component: string;
  readonly value: JsonValue;
  readonly at: string;
}

/** Every object of a known component that an answer holds. */
export function objectsIn(exchange: Answered): FoundObject[] {
  const value = jsonOf(exchange);
  if (value === undefined || exchange.operation === 'undeclared') return [];
  if (exchange.outcome.status >= 400) {
    const error = member(value, 'error');
    return error === undefined ? [] : [{ component: 'Error', value: error, at: '/error' }];
  }
  if (!succeeded(exchange)) return [];
  const name = operations[exchange.operation]?.answers[0]?.component;
  if (name === undefined || name === null) return [];
  const items = itemComponent(name);
  const data = items === undefined ? undefined : member(value, 'data');
  const listed = Array.isArray(data)
    ? (data as readonly JsonValue[]).map((item, index) => ({
        component: items ?? '',
        value: item,
        at: `/data/${index}`,
      }))
    : [];
  return [{ component: name, value, at: '' }, ...listed];
}

/** The component of the items of a page, or undefined for what is no page. */
function itemComponent(name: string): string | undefined {
  return component(name).properties?.['data']?.items?.$ref?.split('/').at(-1);
}
