import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogLine } from './log.ts';
import {
  AlteredLog,
  DoubledLog,
  HeaderlessLog,
  LogError,
  MalformedLine,
  MissingLog,
  MixedEditions,
  MixedRuns,
  MixedSeeds,
  TruncatedLog,
  UnknownLine,
} from './log-errors.ts';
import { readLog } from './read-log.ts';
import { asText, exchange, fail, footer, header, log, pass, row } from './testing/log-fixtures.ts';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'read-log-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const WHOLE = log([row('create.seed.maximum'), exchange('x1'), pass('create.seed.maximum')]);

async function read(text: string): Promise<LogLine[]> {
  const file = join(folder, 'results.jsonl');
  writeFileSync(file, text);
  const lines: LogLine[] = [];
  await readLog(file, (line) => lines.push(line));
  return lines;
}

describe('reading a log', () => {
  it('hands over every line in order', async () => {
    expect((await read(asText(WHOLE))).map(({ kind }) => kind)).toEqual([
      'header',
      'requirement',
      'exchange',
      'verdict',
      'footer',
    ]);
  });

  it('says where each line stands, so that evidence can be read back', async () => {
    const text = asText([header(), row('create.seed.maximum', { title: 'größer' }), exchange('x1'), footer()]);
    const file = join(folder, 'results.jsonl');
    writeFileSync(file, text);
    const bytes = Buffer.from(text);
    const found: string[] = [];
    await readLog(file, (line, { offset, length }) => {
      if (line.kind === 'exchange') found.push(bytes.subarray(offset, offset + length).toString());
    });
    expect(found).toEqual([JSON.stringify(exchange('x1'))]);
  });

  it('reads lines that are longer than one chunk of the file', async () => {
    const long = fail('create.seed.maximum', 'x'.repeat(1_000_000));
    const lines = await read(asText(log([row('create.seed.maximum'), exchange('x1'), long])));
    expect(lines[3]).toEqual(long);
  });

  it('takes a last line without its newline', async () => {
    expect(await read(asText(WHOLE).trimEnd())).toHaveLength(WHOLE.length);
  });

  it('keeps the name __proto__ a name', async () => {
    const text = asText(log([exchange('x1')])).replace('"content-type"', '"__proto__"');
    await read(text);
    expect(({} as Record<string, unknown>)['POST']).toBeUndefined();
    expect(Object.prototype).not.toHaveProperty('application/json');
  });
});

describe('a log that does not hold together', () => {
  const cases: readonly (readonly [string, string, abstract new (message: string) => LogError, RegExp])[] = [
    ['nothing at all', '', HeaderlessLog, /is empty/],
    ['no header', asText(WHOLE.slice(1)), HeaderlessLog, /:1: a requirement stands before the header/],
    ['no footer', asText(WHOLE.slice(0, -1)), TruncatedLog, /:4: the log has no footer/],
    ['a last line that is cut', asText(WHOLE).slice(0, -20), TruncatedLog, /:5: the last line is cut/],
    ['a line that is no JSON', asText(WHOLE).replace('{"kind":"verdict"', '{kind:"verdict"'), MalformedLine, /:4: the line is no JSON/],
    ['an unknown kind', asText([header(), { kind: 'rumour' }]), UnknownLine, /:2: kind/],
    ['a verdict without evidence', asText([header(), { ...pass('a'), evidence: [] }]), UnknownLine, /:2: evidence/],
    ['the same log twice', asText([...WHOLE, ...WHOLE]), DoubledLog, /:6: the header stands twice/],
    ['a second footer', asText([...WHOLE, footer()]), DoubledLog, /:6: a footer stands after the footer/],
    ['a line after the footer', asText([...WHOLE, pass('create.seed.maximum')]), DoubledLog, /two logs were joined/],
    ['two runs', asText([...WHOLE, header({ run: { id: 'r2' } })]), MixedRuns, /of another run/],
    ['two seeds', asText([...WHOLE, header({ run: { id: 'r2', seed: 2 } })]), MixedSeeds, /of seed 2 after 1/],
    ['two editions', asText([...WHOLE, header({ contract: { edition: '2024-04' } })]), MixedEditions, /2024-04 compatible after current/],
    ['two modes', asText([...WHOLE, header({ contract: { mode: 'strict' } })]), MixedEditions, /current strict/],
  ]; // prettier-ignore
  it.each(cases)('%s', async (_name, text, kind, message) => {
    const error: unknown = await read(text).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(kind);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).name).toBe(kind.name);
  });

  it('a file that is not there', async () => {
    await expect(readLog(join(folder, 'none.jsonl'), () => undefined)).rejects.toBeInstanceOf(MissingLog);
  });

  it('a line longer than any that the suite writes', async () => {
    await expect(read('x'.repeat(5_000_000))).rejects.toBeInstanceOf(MalformedLine);
  });

  it('lines that are not those which the footer counted', async () => {
    const above = asText(WHOLE.slice(0, -1));
    const sha256 = createHash('sha256').update(above).digest('hex');
    const ending = asText([footer({ above: { lines: 4, sha256 } })]);
    await expect(read(above + ending)).resolves.toHaveLength(5);
    await expect(read(above.replace('"pass"', '"fail"') + ending)).rejects.toBeInstanceOf(AlteredLog);
    await expect(read(asText(WHOLE.slice(0, -2)) + ending)).rejects.toThrow(/3 lines stand above the footer, 4 were/);
  });
});
