import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import ProgressReporter from './reporter.ts';
import { findSecrets } from './testing/find-secrets.ts';

const KEY = 'sk-planted-9f1c77be02ad';
const folder = mkdtempSync(join(tmpdir(), 'reporter-test-'));
let said = '';

beforeEach(() => {
  const assignment = join(folder, 'assignment.json');
  writeFileSync(assignment, JSON.stringify({ config: { apiKeyEnv: 'PLANTED_KEY', adminKeyEnv: 'PLANTED_ADMIN_KEY' } }));
  vi.stubEnv('CONFORMANCE_ASSIGNMENT', assignment);
  vi.stubEnv('PLANTED_KEY', KEY);
  said = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += text.toString();
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('what is told of a crash', () => {
  it('holds no key that the target repeated, and nothing that a terminal acts on', () => {
    const message = `Error: the answer was "${KEY}" ${Buffer.from(KEY).toString('base64')} \u001b]0;pwned\u0007`;
    new ProgressReporter().onError({ message });
    expect(said).toContain('Error: the answer was "[redacted]');
    expect(findSecrets([{ name: 'stderr', content: Buffer.from(said) }], [KEY]).finds).toEqual([]);
    expect(said).not.toContain('\u001b');
  });

  it('holds nothing of it at all where nobody knows the keys', () => {
    vi.stubEnv('CONFORMANCE_ASSIGNMENT', join(folder, 'none.json'));
    new ProgressReporter().onError({ message: `Error: ${KEY}` });
    expect(said).not.toContain(KEY.slice(0, 8));
  });
});
