import { describe, expect, it } from 'vitest';
import { askedAgain, type Credentials, type Manner, recordedRequest, type WireRequest } from './wire-request.ts';

const MANNERS: readonly { readonly name: string; readonly manner: Manner }[] = [
  { name: 'a bearer key', manner: { query: '', auth: { header: 'authorization', prefix: 'Bearer ' } } },
  { name: 'an api-key header', manner: { query: 'api-version=1', auth: { header: 'api-key', prefix: '' } } },
  { name: 'a key in the query', manner: { query: '', auth: { parameter: 'api key' } } },
  { name: 'a key behind a version', manner: { query: 'api-version=1', auth: { parameter: 'key' } } },
];
const PATHS = ['/fine_tuning/jobs', '/fine_tuning/jobs?limit=1&after=a%20b'];
const HEADERS = { 'content-type': 'text/plain', 'x-more': 'yes' };
const OTHERS: readonly Credentials[] = ['none', 'wrong-key', 'longer-key', 'recased-key', 'admin-key'];

function recorded(manner: Manner, path: string, credentials?: Credentials): ReturnType<typeof recordedRequest> {
  const request: WireRequest = { operation: 'undeclared', method: 'GET', path, headers: HEADERS };
  return recordedRequest(manner, credentials === undefined ? request : { ...request, credentials });
}

describe.each(MANNERS)('a request with $name', ({ manner }) => {
  it.each(PATHS)('to %s is asked again as it was asked', (path) => {
    expect(askedAgain(manner, recorded(manner, path))).toEqual({ path, headers: HEADERS });
  });

  it.each(OTHERS)('is not asked again with the key where it carried %s', (credentials) => {
    expect(askedAgain(manner, recorded(manner, '/fine_tuning/jobs', credentials))).toBeUndefined();
  });
});
