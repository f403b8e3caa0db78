// Chapters transport, errors and auth: what holds for every answer, whatever was asked.
import { operations } from '../contract/active-contract.ts';
import { textMember } from '../contract/json.ts';
import { type Answer, type Exchange, isAnswered, statusOf, succeeded } from './exchange.ts';
import type { Probe } from './observation.ts';
import {
  ENVIRONMENT_STATUSES,
  environmentReason,
  errorOf,
  judgeRefusal,
  namedMember,
  namesMember,
  told,
  unjudged,
} from './refusals.ts';
import {
  check,
  expectThat,
  fail,
  type Finding,
  inconclusive,
  NOT_APPLICABLE,
  onProbe,
  PASS,
  type Row,
  rule,
} from './requirement.ts';

/** Statuses that proxies answer by themselves, often without JSON: nothing that the API's documents speak of. */
const OF_PROXIES = new Set([408, 413, 414, 429, 431, 502, 503, 504]);

/** True where the documents say that a successful answer is JSON. */
function answersJson(exchange: Exchange): boolean {
  if (exchange.operation === 'undeclared') return false;
  return operations[exchange.operation]?.answers.some(({ component }) => component !== null) === true;
}

/** The answer, where it is an error that the target itself gave. */
function errorAnswer(exchange: Exchange): Answer | undefined {
  if (!isAnswered(exchange) || exchange.operation === 'undeclared') return undefined;
  const { outcome } = exchange;
  return outcome.status >= 400 && !OF_PROXIES.has(outcome.status) ? outcome : undefined;
}

/** True for statuses by which a target speaks of the payload, not of itself or the caller. */
function judgesPayload({ status }: Answer): boolean {
  return status < 500 && !ENVIRONMENT_STATUSES.has(status);
}

const JSON_TYPE = /^application\/([\w.+-]+\+)?json\s*(;|$)/i;

function judgeParses({ exchange }: { exchange: Exchange }): readonly Finding[] {
  if (!succeeded(exchange) || !answersJson(exchange)) return NOT_APPLICABLE;
  const { json } = exchange.outcome;
  switch (json.kind) {
    case 'json':
      return PASS;
    case 'empty':
      return fail('the body is empty where JSON is documented');
    case 'unreadable':
      return fail(`the body is no JSON: ${json.why}`);
  }
}

function judgeContentType({ exchange }: { exchange: Exchange }): readonly Finding[] {
  if (!isAnswered(exchange) || exchange.operation === 'undeclared') return NOT_APPLICABLE;
  const documented = succeeded(exchange) && answersJson(exchange) && exchange.outcome.json.kind !== 'empty';
  const isEnvelope = !succeeded(exchange) && errorOf(exchange) !== undefined;
  if (!documented && !isEnvelope) return NOT_APPLICABLE;
  const type = exchange.outcome.headers['content-type'];
  return expectThat(
    type !== undefined && JSON_TYPE.test(type),
    () => `Content-Type is ${type === undefined ? 'missing' : JSON.stringify(type)}`,
  );
}

export const transportRequirements: readonly Row[] = [
  rule('transport.json.parses', [check('exchange', judgeParses)]),
  rule('transport.content-type.json', [check('exchange', judgeContentType)]),
  rule('transport.success.200', [
    check('exchange', ({ exchange }, { successStatuses }) => {
      if (!succeeded(exchange) || exchange.operation === 'undeclared') return NOT_APPLICABLE;
      const { status } = exchange.outcome;
      if (status === 200 || successStatuses.includes(status)) return PASS;
      return [{ outcome: 'fail', message: `success is answered with status ${status}`, site: exchange.operation }];
    }),
  ]),
  rule('transport.wire.refused', [check('fault', judgeRefusal, 'transport.wire.refused')]),
  rule('transport.charset.accepted', [
    onProbe('charset', ({ exchange }) => {
      if (succeeded(exchange)) return PASS;
      const environment = environmentReason(exchange);
      return environment === undefined
        ? fail(`with a charset the create is answered ${told(exchange)}`)
        : inconclusive(environment);
    }),
  ]),
  rule('errors.no-5xx', [
    check('exchange', ({ exchange, clientFault }) => {
      if (!clientFault || !isAnswered(exchange)) return NOT_APPLICABLE;
      return expectThat(exchange.outcome.status < 500, () => `a client's fault is answered ${told(exchange)}`);
    }),
  ]),
  rule('errors.message.nonempty', [
    check('exchange', ({ exchange }) => {
      const answer = errorAnswer(exchange);
      if (answer === undefined) return NOT_APPLICABLE;
      const { json, headers, status } = answer;
      if (json.kind !== 'json') {
        return fail(`the ${status} answer is no JSON (${headers['content-type'] ?? 'no Content-Type'})`);
      }
      const message = textMember(errorOf(exchange), 'message');
      return expectThat(
        message !== undefined && message !== '',
        () => `the ${status} answer has no error.message`,
        '/error/message',
      );
    }),
  ]),
  rule('errors.param.names-member', [
    check('fault', ({ exchange, fault, twin }) => {
      // Without an accepted twin it is not known what the target refused the payload for.
      const answer = errorAnswer(exchange);
      if (fault.requirement === 'refusal.model.unknown') return NOT_APPLICABLE; // recorded without a param
      if (twin === undefined || fault.at === '' || answer === undefined || !judgesPayload(answer))
        return NOT_APPLICABLE;
      const param = namedMember(exchange);
      const site = fault.site;
      if (param === undefined)
        return [
          {
            outcome: 'fail',
            message: `${fault.description}: error.param names nothing`,
            group: 'names nothing',
            at: '/error/param',
            site,
          },
        ];
      if (namesMember(param, fault.at)) return PASS;
      return [
        {
          outcome: 'fail',
          message: `${fault.description}: error.param is ${JSON.stringify(param)}`,
          group: 'names another member',
          at: '/error/param',
          site,
        },
      ];
    }),
  ]),
  rule('errors.retry-after.integer', [
    check('exchange', ({ exchange }) => {
      if (statusOf(exchange) !== 429 || !isAnswered(exchange)) return NOT_APPLICABLE;
      const value = exchange.outcome.headers['retry-after'];
      if (value === undefined) return NOT_APPLICABLE;
      return expectThat(/^[1-9]\d*$/.test(value), () => `Retry-After is ${JSON.stringify(value)}`);
    }),
  ]),
  rule('auth.missing-key.refused', [onProbe('credentials', (probe) => judgeCredentials(probe, 'missing'))]),
  rule('auth.wrong-key.refused', [onProbe('credentials', (probe) => judgeCredentials(probe, 'wrong'))]),
  rule('auth.status.401', [
    onProbe('credentials', ({ exchange, variant }) => {
      if (!isAnswered(exchange) || succeeded(exchange) || unjudged(exchange)) return NOT_APPLICABLE;
      const { status } = exchange.outcome;
      if (status !== 401) return fail(`a ${variant} key is answered ${status}`);
      return expectThat(errorOf(exchange) !== undefined, () => 'the 401 answer has no error object', '/error');
    }),
  ]),
  rule('auth.code.invalid-api-key', [
    onProbe('credentials', ({ exchange, variant }) => {
      if (variant !== 'wrong' || succeeded(exchange) || unjudged(exchange)) return NOT_APPLICABLE;
      const code = textMember(errorOf(exchange), 'code');
      return expectThat(code === 'invalid_api_key', () => `error.code is ${code ?? 'missing'}`, '/error/code');
    }),
  ]),
];

type Credentials = Extract<Probe, { name: 'credentials' }>;

function judgeCredentials(
  { exchange, accepted, variant }: Credentials,
  asked: Credentials['variant'],
): readonly Finding[] {
  if (variant !== asked) return NOT_APPLICABLE;
  const open = unjudged(exchange);
  if (open || !isAnswered(exchange)) return open ?? NOT_APPLICABLE;
  if (!succeeded(accepted)) return inconclusive('the same request with the right key was not answered 2xx either');
  const { status } = exchange.outcome;
  if (status === 401 || status === 403) return [{ outcome: 'pass', evidence: [exchange, accepted] }];
  return [
    { outcome: 'fail', message: `a request with a ${variant} key is answered ${status}`, site: exchange.operation },
  ];
}
