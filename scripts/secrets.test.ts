import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { auditSecrets } from './testing/secrets-audit.ts';

const folder = mkdtempSync(join(tmpdir(), 'secrets-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('keys that a target repeats wherever it can', () => {
  it.each([
    { form: 'bearer', ending: 'none', statuses: { conformance: 1, report: 0, compare: 0, diff: 0 } },
    { form: 'header', ending: 'dead-port', statuses: { conformance: 1, report: 0 } },
    { form: 'query', ending: 'killed', statuses: { conformance: 4, report: 2, compare: 2 } },
  ] as const)(
    'are in no output of any command: $form, $ending',
    { timeout: 240_000 },
    async ({ form, ending, statuses }) => {
      const audited = await auditSecrets({ folder: join(folder, `${form}-${ending}`), form, ending, tier: 'smoke' });
      expect(audited.searched.finds).toEqual([]);
      expect(audited.searched.files).toBeGreaterThan(16);
      expect(audited.statuses).toMatchObject({ ...statuses, 'no profile': 2, 'no address': 2, 'no option': 2 });
    },
  );
});
