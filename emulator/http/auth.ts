// Who may do what. Keys are compared by their digests, which takes the same time whatever was sent.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Policy } from '../policy.ts';
import { adminKeyNeeded, missingKey, wrongKey } from './api-error.ts';

export interface Keys {
  /** null: every key is as good as none. */
  readonly apiKey: string | null;
  readonly adminKey: string | null;
}

export interface AuthRequest {
  readonly authorization: string | undefined;
  readonly needsAdmin: boolean;
  readonly writes: boolean;
  readonly lists: boolean;
  /** Something of an object: its events, its content. */
  readonly below: boolean;
  readonly uploads: boolean;
  readonly deletes: boolean;
  readonly pauses: boolean;
}

type KeyPolicy = Pick<Policy, 'keyCheck' | 'adminKeyCheck'>;

/** Lets a request pass. @throws ApiError 401 without the right key, 403 where the admin key is needed. */
export function authorise(request: AuthRequest, keys: Keys, policy: KeyPolicy): void {
  const key = bearerOf(request.authorization);
  const isGuarded = policy.adminKeyCheck === 'always' || (policy.adminKeyCheck === 'writes-only' && request.writes);
  if (request.needsAdmin && isGuarded) {
    if (keys.apiKey !== null || keys.adminKey !== null) authoriseAdmin(key, keys, policy);
    return;
  }
  if (request.needsAdmin && key !== null && keys.adminKey !== null && same(key, keys.adminKey)) return;
  if (keys.apiKey === null || isExempt(request, key, policy)) return;
  if (key === null) throw missingKey();
  if (!isRight(key, keys.apiKey, policy)) throw wrongKey(key);
}

function authoriseAdmin(key: string | null, keys: Keys, policy: KeyPolicy): void {
  if (policy.keyCheck === 'never') return;
  if (key === null) throw missingKey();
  if (keys.adminKey !== null && same(key, keys.adminKey)) return;
  if (keys.apiKey === null || same(key, keys.apiKey)) throw adminKeyNeeded();
  throw wrongKey(key);
}

function isExempt(request: AuthRequest, key: string | null, policy: KeyPolicy): boolean {
  switch (policy.keyCheck) {
    case 'never':
      return true;
    case 'when-sent':
      return key === null;
    case 'any-sent':
      return key !== null;
    case 'writes-only':
      return !request.writes;
    case 'not-on-lists':
      return request.lists;
    case 'not-below':
      return request.below && !request.writes;
    case 'not-on-uploads':
      return request.uploads;
    case 'not-on-deletes':
      return request.deletes;
    case 'not-on-pauses':
      return request.pauses;
    case 'not-on-actions':
      return request.below && request.writes;
    default:
      return false;
  }
}

function isRight(key: string, wanted: string, policy: KeyPolicy): boolean {
  if (policy.keyCheck === 'prefix') return key.length >= 4 && wanted.startsWith(key.slice(0, 4));
  if (policy.keyCheck === 'case-folded') return same(key.toLowerCase(), wanted.toLowerCase());
  return same(key, wanted);
}

function bearerOf(header: string | undefined): string | null {
  const key = /^bearer +(.+)$/i.exec(header ?? '')?.[1]?.trim();
  return key === undefined || key === '' ? null : key;
}

function same(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
