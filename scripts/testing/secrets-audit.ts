// Plants keys, lets a target repeat them in every way that it can, and searches everything that the commands of the
// project print and write. One place for the test that keeps the figure at zero and for the audit that prints it.
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { echoing } from '../../conformance/testing/echoing-server.ts';
import { filesBelow, findSecrets, type Haystack, type Searched } from '../../conformance/testing/find-secrets.ts';
import { serve } from '../../conformance/testing/null-servers.ts';
import { childrenOf, type Finished, killTree, root, run, start, untilSaid } from './commands.ts';

/** How a target wants to be shown its key. */
export const KEY_FORMS = {
  bearer: 'name: echo-bearer\n',
  header: "name: echo-header\nauth: { header: api-key, scheme: '' }\n",
  query: 'name: echo-query\nauth: { query: api-key }\n',
} as const;
export type KeyForm = keyof typeof KEY_FORMS;

/** What ends the run before its time. */
export type Ending = 'none' | 'dead-port' | 'killed';

export interface AuditOptions {
  /** An empty folder of the audit's own. */
  readonly folder: string;
  readonly form: KeyForm;
  readonly ending: Ending;
  readonly tier: 'smoke' | 'sites';
}

export interface Audited {
  readonly statuses: Readonly<Record<string, number | null>>;
  readonly searched: Searched;
  /** What was printed, by command. */
  readonly printed: Readonly<Record<string, Finished>>;
}

/** Keys with everything in them that a notation may spell differently. */
function plantedKey(prefix: string): string {
  return `${prefix}-${randomBytes(9).toString('base64').replaceAll('/', '+')}"&<%${randomBytes(6).toString('hex')}'\\=`;
}

/** One run against an echoing target, and every command that reads what it left. */
export async function auditSecrets({ folder, form, ending, tier }: AuditOptions): Promise<Audited> {
  const keys = [plantedKey('sk-plant'), plantedKey('sk-admin')];
  const [key = '', adminKey = ''] = keys;
  const server = await serve(dying(ending));
  const tmp = join(folder, 'tmp');
  mkdirSync(tmp, { recursive: true });
  const profile = join(folder, 'profile.yaml');
  writeFileSync(profile, KEY_FORMS[form]);
  const report = join(folder, 'report');
  const env = { CONFORMANCE_API_KEY: key, CONFORMANCE_ADMIN_API_KEY: adminKey, TMPDIR: tmp };
  const target = ['--base-url', server.baseUrl, '--target', profile];
  const printed: Record<string, Finished> = {};
  const early: Haystack[] = [];
  try {
    const args = ['--tier', tier, '--job-timeout', '3', '--timeout', '2', '--max-seconds', '40', '--wire', 'safe'];
    const running = start('conformance.ts', [...target, ...args, '--report', report], env);
    if (ending === 'killed') {
      await untilSaid(running.child.stderr, 'Upload, list, download');
      for (const child of childrenOf(running.child.pid)) killTree(child);
    }
    printed['conformance'] = await running.ended;
    // A sweep may delete them: they are kept as the run left them.
    early.push(...filesBelow(ledgersOf(server.baseUrl)));
    printed['report'] = await run('report.ts', [report], env);
    const commands: Readonly<Record<string, Promise<Finished>>> = {
      compare: run('compare.ts', [report, report, '--out', join(folder, 'compared')], env),
      diff: run('compare.ts', ['--diff', report, report, '--out', join(folder, 'diff')], env),
      sweep: run('sweep.ts', target, env),
      // Arguments that repeat a key: what complains of them must not.
      'no profile': run('conformance.ts', ['--target', key], env),
      'no address': run('conformance.ts', ['--base-url', `ftp://${encodeURIComponent(key)}`], env),
      'no option': run('report.ts', [`--${key}`], env),
    };
    for (const [name, ended] of Object.entries(commands)) printed[name] = await ended;
  } finally {
    await server.close();
  }
  const streams = Object.entries(printed).flatMap(([name, { out, err }]): Haystack[] => [
    { name: `${name} stdout`, content: Buffer.from(out) },
    { name: `${name} stderr`, content: Buffer.from(err) },
  ]);
  const ledgers = ledgersOf(server.baseUrl);
  const history = join(root, 'reports/history', `echo-${form}.jsonl`);
  const left = filesBelow([folder, ...ledgers, history, join(root, 'test-results')]);
  // What the loaders of TypeScript keep is our own source.
  const written = left.filter(({ name }) => !/\/(tsx-\d+|playwright-transform-cache[^/]*)\//.test(name));
  const searched = findSecrets([...streams, ...early, ...written], keys);
  for (const file of [...ledgers, history]) rmSync(file, { force: true });
  const statuses = Object.fromEntries(Object.entries(printed).map(([name, { status }]) => [name, status]));
  return { statuses, searched, printed };
}

/** The echoing target; one that dies resets every connection from some request on. */
function dying(ending: Ending): ReturnType<typeof echoing> {
  const answer = echoing();
  let count = 0;
  return (request, response, body) => {
    count += 1;
    if (ending === 'dead-port' && count > 60) response.socket?.resetAndDestroy();
    else answer(request, response, body);
  };
}

function ledgersOf(baseUrl: string): string[] {
  const folder = join(root, 'reports/.ledger');
  return filesBelow([folder]).flatMap(({ name, content }) => (content.includes(baseUrl) ? [name] : []));
}
