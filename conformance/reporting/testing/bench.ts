// How long a report of 100,000 verdicts takes, and in how much memory: npx tsx conformance/reporting/testing/bench.ts
// A bench and not a test, for a busy machine must not make a build red.
import { appendFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogLine } from '../log.ts';
import { readReport, writeReports } from '../write-report.ts';
import { answer, asText, exchange, fail, footer, header, pass, row } from './log-fixtures.ts';

const VERDICTS = 100_000;
const ROWS = 400;
/** Every so manyth verdict is a failure with evidence of its own. */
const FAILING = 20;

function* lines(): Generator<LogLine> {
  yield header();
  for (let index = 0; index < ROWS; index += 1) yield row(`create.m${index}.type`);
  yield exchange('x0');
  for (let index = 0; index < VERDICTS; index += 1) {
    const id = `create.m${index % ROWS}.type`;
    if (index % FAILING !== 0) yield pass(id, 'x0', { site: `site ${index % 7}` });
    else {
      const body = { error: { message: 'no '.repeat(300), param: null } };
      yield exchange(`x${index + 1}`, {
        payload: { seed: index, suffix: 's'.repeat(200) },
        outcome: answer(400, body),
      });
      yield fail(id, `seed is ${index}: answered 500, 4xx expected`, `x${index + 1}`, {
        site: `site ${index % 7}`,
        at: '/error',
      });
    }
  }
  yield footer();
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

async function bench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const file = join(folder, 'results.jsonl');
  try {
    let held: LogLine[] = [];
    for (const line of lines()) {
      held.push(line);
      if (held.length < 5_000) continue;
      appendFileSync(file, asText(held));
      held = [];
    }
    appendFileSync(file, asText(held));
    let highest = 0;
    const watch = setInterval(() => (highest = Math.max(highest, process.memoryUsage().rss)), 20);
    const before = process.memoryUsage().rss;
    const start = performance.now();
    await readReport(folder, []);
    const read = performance.now();
    await writeReports(folder, []);
    const written = performance.now();
    clearInterval(watch);
    console.log(`log      ${megabytes(statSync(file).size)}, ${VERDICTS} verdicts, ${VERDICTS / FAILING} failures`);
    console.log(`summary  ${Math.round(read - start)} ms`);
    console.log(`all      ${Math.round(written - read)} ms (summary again, and every file)`);
    console.log(
      `memory   ${megabytes(before)} before, ${megabytes(Math.max(highest, process.memoryUsage().rss))} at most`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

await bench();
