// Each edition is judged in a process of its own, as a user would run it: the emulator of an edition conforms to the
// contract of that edition, and rows of what came later are not asked for. The tier of sites is enough to tell; all of a
// run, in each edition and both modes, is what npm run steady -- --every-edition looks at.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Report } from '../conformance/reporting/report.ts';
import { CHAPTERS } from '../conformance/requirements/requirement.ts';
import { askedEdition } from './asked-edition.ts';
import { root, run } from './testing/commands.ts';

const folder = mkdtempSync(join(tmpdir(), 'editions-test-'));
const MINUTE = 60_000;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function conformance(args: readonly string[]): Promise<{ status: number | null; out: string }> {
  // The edition of the arguments counts, whatever stands in the environment.
  const { status, out, err } = await run('conformance.ts', args, { CONFORMANCE_EDITION: 'no-edition' });
  return { status, out: out + err };
}

const BEFORE_2024_12 = ['pause', 'graders', 'permissions'];
const EDITIONS = [
  { edition: '2024-04', without: BEFORE_2024_12, rows: [], lacks: ['create.method.type', 'echo.metadata', 'list.metadata.filter', 'events.has_more.truthful'] },
  { edition: '2024-09', without: BEFORE_2024_12, rows: [], lacks: ['create.dpo.accepted', 'events.event.type', 'files.list.paging'] },
  { edition: '2024-12', without: ['pause', 'graders'], rows: ['create.dpo.accepted', 'echo.metadata', 'events.has_more.truthful'], lacks: ['create.reinforcement.accepted', 'create.grader.python.accepts'] },
  { edition: '2025-05', without: [], rows: ['create.reinforcement.accepted', 'pause.holds'], lacks: [] },
  { edition: 'current', without: [], rows: ['create.reinforcement.accepted', 'pause.holds'], lacks: [] },
] as const; // prettier-ignore

describe('the emulator of edition', () => {
  it.each(EDITIONS)(
    '$edition conforms to its contract',
    async ({ edition, without, rows, lacks }) => {
      const report = join(folder, edition);
      const { status, out } = await conformance(['--edition', edition, '--tier', 'sites', '--report', report]);
      expect(status, out).toBe(0);
      const { contract, requirements } = JSON.parse(readFileSync(join(report, 'conformance.json'), 'utf8')) as Report;
      const manifest = JSON.parse(readFileSync(join(root, 'generated', edition, 'manifest.json'), 'utf8')) as unknown;
      expect(contract.edition).toBe(edition);
      expect(manifest).toMatchObject({ contractSha256: contract.sha256 });
      const chapters = new Set<string>(requirements.map(({ chapter }) => chapter));
      expect(CHAPTERS.filter((chapter) => !chapters.has(chapter))).toEqual(
        CHAPTERS.filter((chapter) => (without as readonly string[]).includes(chapter)),
      );
      const ids = requirements.map(({ id }) => id);
      expect(ids).toEqual(expect.arrayContaining([...rows]));
      expect(ids.filter((id) => (lacks as readonly string[]).includes(id))).toEqual([]);
    },
    3 * MINUTE,
  );

  it(
    'is refused where it is none, and listed where it is one',
    async () => {
      expect(await conformance(['--edition', '1999', '--plan'])).toEqual({
        status: 2,
        out: expect.stringContaining('use one of 2024-04') as string,
      });
      const { status, out } = await conformance(['--list', '--edition=2024-04']);
      expect(status).toBe(0);
      expect(out).not.toMatch(/^(pause|graders|permissions)\./m);
    },
    MINUTE,
  );
});

describe('the edition that arguments ask for', () => {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify({ contract: { edition: '2024-09' } }));

  it.each([
    [[], 'current'],
    [['--edition', '2024-12'], '2024-12'],
    [['--edition=2024-04', '--edition', '2025-05'], '2025-05'],
    [['--edition'], 'current'],
    [['--edition', '1999'], 'current'],
    [['--replay', `${file}#f1`], '2024-09'],
    [['--edition', '2024-12', '--replay', `${file}#f1`], '2024-09'],
    [['--edition', '2024-12', '--replay', 'no-such-file#f1'], '2024-12'],
  ])('%j is %s', (args, edition) => {
    expect(askedEdition(args)).toBe(edition);
  });
});
