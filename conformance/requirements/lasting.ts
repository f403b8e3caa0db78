// What of a job's member is bound to stay from one look to the next: what the contract has a name for. Members that a
// target adds may count its progress. Until a job is over, a hyperparameter that nobody sent may still be settled.
import { isArray, isObject, type JsonObject, type JsonValue, member } from '../contract/json.ts';
import { rememberOnce } from '../contract/remember.ts';
import { schemas } from '../contract/active-contract.ts';
import { isFinished, jobStatus } from './refusals.ts';

/** Every name that a component of the contract gives to a member. */
const knownNames = rememberOnce(() => {
  const names = new Set<string>();
  const collect = (schema: JsonValue | undefined): void => {
    if (isArray(schema)) schema.forEach(collect);
    if (!isObject(schema)) return;
    const properties = member(schema, 'properties');
    for (const name of Object.keys(isObject(properties) ? properties : {})) names.add(name);
    for (const [keyword, below] of Object.entries(schema)) if (keyword !== 'example') collect(below);
  };
  for (const schema of Object.values(schemas)) collect(schema);
  return names;
});

/** True for a name that some component of the contract gives to a member. */
export function isKnownName(name: string): boolean {
  return knownNames().has(name);
}

/** Members of which the contract names what they hold; the keys of metadata are whoever's created the job. */
const WITH_SETTINGS = new Set(['method', 'hyperparameters', 'integrations']);

/**
 * The part of a job's member that later answers have to carry on.
 * @param payload what the job was created with, as far as that is known.
 */
export function lastingPart(job: JsonObject, name: string, payload: JsonObject | undefined): JsonValue | undefined {
  const value = member(job, name);
  if (value === undefined || !WITH_SETTINGS.has(name)) return value;
  const isSettled = isFinished(jobStatus(job));
  return known(value, name, (hyperparameter) => isSettled || payload === undefined || isSent(payload, hyperparameter));
}

function known(value: JsonValue, name: string, isBound: (hyperparameter: string) => boolean): JsonValue {
  if (isArray(value)) return value.map((item) => known(item, '', isBound));
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([one]) => name === 'graders' || isKnownName(one));
  return Object.fromEntries(
    members.map(([one, item]): [string, JsonValue] => {
      const isOpen = name === 'hyperparameters' && typeof item === 'number' && !isBound(one);
      return [one, isOpen ? 'auto' : known(item, one, isBound)];
    }),
  );
}

/** True for a hyperparameter that was sent as a number, in whichever of its places. */
function isSent(payload: JsonObject, hyperparameter: string): boolean {
  const method = member(payload, 'method');
  const settings = isObject(method) ? Object.values(method).map((one) => member(one, 'hyperparameters')) : [];
  return [member(payload, 'hyperparameters'), ...settings].some(
    (one) => typeof member(one, hyperparameter) === 'number',
  );
}
