// Bodies that no schema speaks of: not JSON, not UTF-8, not what the headers say. JSON text that RFC 8259 rules out must
// be refused; what it only advises against is sent to see that nothing breaks, and told as observed.

/** How binding it is that a target refuses the bytes. */
export type WireVerdict = 'must-refuse' | 'should-refuse' | 'observed';

export interface WireFault {
  readonly site: string;
  readonly description: string;
  readonly body: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly verdict: WireVerdict;
  /** True for what is harmless enough for a service that others use too. */
  readonly isSafe: boolean;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const MUCH = 5 * 1024 * 1024;
const DEEP = 10_000;

/** The wire faults on a legal body. @param good the text of the body, a JSON object. */
export function wireFaults(good: string): readonly WireFault[] {
  const inside = good.slice(1);
  return [...malformed(good, inside), ...encodings(good, inside), ...sizes(inside), ...headers(good)];
}

function malformed(good: string, inside: string): WireFault[] {
  const text = (site: string, body: string, description: string, isSafe = false): WireFault => ({
    site,
    description,
    body: Buffer.from(body),
    verdict: 'must-refuse',
    isSafe,
  });
  return [
    text('empty', '', 'an empty body', true),
    text('truncated', good.slice(0, -1), 'a body that is cut off', true),
    text('trailing comma', `${good.slice(0, -1)},}`, 'a body with a comma behind the last member', true),
    text('single quotes', good.replaceAll('"', "'"), 'a body in single quotes', true),
    text('comment', `${good.slice(0, -1)} /* comment */}`, 'a body with a comment'),
    text('NaN', `{"seed":NaN,${inside}`, 'a body that holds NaN'),
    text('Infinity', `{"seed":Infinity,${inside}`, 'a body that holds Infinity'),
    text('hexadecimal', `{"seed":0x10,${inside}`, 'a body that holds a hexadecimal number'),
    text('leading zero', `{"seed":01,${inside}`, 'a body that holds a number with a leading zero'),
    text('bare word', `{seed:1,${inside}`, 'a body with a member name without quotes'),
    text('two values', `${good}${good}`, 'two bodies in one'),
    text('raw newline', `{"suffix":"a\nb",${inside}`, 'a string with an unescaped newline'),
    text('text', 'hello', 'a body of plain text'),
    text('form', 'model=x&training_file=y', 'a form in place of JSON'),
  ]; // prettier-ignore
}

function encodings(good: string, inside: string): WireFault[] {
  const invalid = Buffer.concat([
    Buffer.from('{"suffix":"a'),
    Buffer.from([0xff, 0xfe, 0xc3]),
    Buffer.from(`b",${inside}`),
  ]);
  return [
    { site: 'invalid UTF-8', description: 'a string that is not UTF-8', body: invalid, verdict: 'should-refuse', isSafe: false },
    { site: 'UTF-16', description: 'a body in UTF-16', body: Buffer.from(good, 'utf16le'), verdict: 'should-refuse', isSafe: false },
    { site: 'byte order mark', description: 'a body behind a byte order mark', body: Buffer.from(`\ufeff${good}`), verdict: 'observed', isSafe: false },
    { site: 'lone surrogate', description: 'a lone surrogate in an escape', body: Buffer.from(`{"metadata":{"k":"\\ud800"},${inside}`), verdict: 'observed', isSafe: false },
    { site: 'doubled member', description: 'a member that stands twice', body: Buffer.from(`{"seed":1,"seed":2,${inside}`), verdict: 'observed', isSafe: false },
    { site: 'NUL', description: 'an escaped NUL in a string', body: Buffer.from(`{"metadata":{"k":"\\u0000"},${inside}`), verdict: 'observed', isSafe: false },
  ]; // prettier-ignore
}

function sizes(inside: string): WireFault[] {
  return [
    { site: 'depth', description: `a value ${DEEP} lists deep`, body: Buffer.from(`{"seed":${'['.repeat(DEEP)}${']'.repeat(DEEP)},${inside}`), verdict: 'should-refuse', isSafe: false },
    { site: 'length', description: 'a string of 5 MB', body: Buffer.from(`{"suffix":"${'a'.repeat(MUCH)}",${inside}`), verdict: 'should-refuse', isSafe: false },
    { site: '1e400', description: 'a number beyond every double', body: Buffer.from(`{"seed":1e400,${inside}`), verdict: 'should-refuse', isSafe: false },
    { site: '2^53 + 1', description: 'an integer that a double cannot hold', body: Buffer.from(`{"seed":9007199254740993,${inside}`), verdict: 'should-refuse', isSafe: false },
  ]; // prettier-ignore
}

function headers(good: string): WireFault[] {
  const body = Buffer.from(good);
  return [
    { site: 'Content-Encoding', description: 'a body that is said to be gzip and is not', body, headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, verdict: 'should-refuse', isSafe: false },
    { site: 'Content-Type missing', description: 'a body without Content-Type', body, headers: {}, verdict: 'observed', isSafe: true },
    { site: 'Content-Type form', description: 'a JSON body that is said to be a form', body, headers: { 'content-type': 'application/x-www-form-urlencoded' }, verdict: 'observed', isSafe: false },
    { site: 'charset', description: 'a body that is said to be in latin1', body, headers: { 'content-type': 'application/json; charset=iso-8859-1' }, verdict: 'observed', isSafe: false },
  ]; // prettier-ignore
}

/** A request that is no create: an undeclared method or path, a hostile id, cursor or limit. */
export interface OddRequest {
  readonly site: string;
  readonly description: string;
  readonly method: string;
  readonly path: string;
  readonly verdict: 'should-refuse' | 'observed';
  readonly isSafe: boolean;
}

const LONG = 'a'.repeat(6_000);

/** Odd requests. @param id of a job that exists. */
export function oddRequests(id: string): readonly OddRequest[] {
  const refused = (site: string, method: string, path: string, isSafe = false): OddRequest => ({
    site,
    description: `${method} ${path.slice(0, 60)}`,
    method,
    path,
    verdict: 'should-refuse',
    isSafe,
  });
  const observed = (site: string, path: string): OddRequest => ({
    site,
    description: `GET ${path.slice(0, 60)}`,
    method: 'GET',
    path,
    verdict: 'observed',
    isSafe: false,
  });
  return [
    refused('unknown path', 'GET', '/fine_tuning/conformance-no-such-path', true),
    refused('undeclared method', 'DELETE', '/fine_tuning/jobs', true),
    refused('undeclared method', 'PUT', `/fine_tuning/jobs/${encodeURIComponent(id)}`),
    refused('undeclared method', 'PATCH', '/fine_tuning/jobs'),
    refused('long id', 'GET', `/fine_tuning/jobs/ftjob-${LONG}`),
    refused('encoded id', 'GET', `/fine_tuning/jobs/${encodeURIComponent('../../files')}`),
    refused('encoded id', 'GET', `/fine_tuning/jobs/${encodeURIComponent("' OR '1'='1")}`),
    refused('encoded id', 'GET', '/fine_tuning/jobs/%00'),
    refused('encoded id', 'GET', `/fine_tuning/jobs/${encodeURIComponent(id)}%2Fcancel`),
    observed('malformed encoding', '/fine_tuning/jobs/%zz'),
    observed('double slash', '/fine_tuning//jobs'),
    ...['0', '-1', '1.5', '1000000000', 'ten', '', '1&limit=2'].map((limit) => observed(`limit=${limit}`, `/fine_tuning/jobs?limit=${limit}`)),
    observed('long cursor', `/fine_tuning/jobs?after=${LONG}`),
    observed('hostile cursor', `/fine_tuning/jobs?after=${encodeURIComponent("'; DROP TABLE jobs; --")}`),
    observed('empty cursor', '/fine_tuning/jobs?after='),
    observed('unknown order', '/files?order=sideways'),
    observed('metadata without brackets', '/fine_tuning/jobs?metadata=text'),
    observed('metadata with an empty key', '/fine_tuning/jobs?metadata%5B%5D=x'),
  ]; // prettier-ignore
}
