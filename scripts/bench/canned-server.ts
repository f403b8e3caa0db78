// A server for the bench that costs next to nothing: it reads requests from its sockets by hand and answers each create
// with a job that carries what was sent. It runs as a process of its own, so that it takes no time from who is measured.
import { createServer, type Socket } from 'node:net';
import { DEFAULT_HYPERPARAMETERS } from '../../emulator/lifecycle/training-plan.ts';
import type { MethodType } from '../../emulator/store/records.ts';

const HEAD_END = Buffer.from('\r\n\r\n');
const [head, tail] = ['HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ', '\r\n\r\n'];
/** Jobs that may still be cancelled, as text after their status. */
const jobs = new Map<string, string>();
let made = 0;

const server = createServer((socket) => {
  socket.setNoDelay(true);
  let held: Buffer = Buffer.alloc(0);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    for (let used = answerFirst(socket, held); used > 0; used = answerFirst(socket, held)) held = held.subarray(used);
  });
});

/** Answers the first request in some bytes. Returns how many it took; 0 where it has not all arrived. */
function answerFirst(socket: Socket, bytes: Buffer): number {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return 0;
  const text = bytes.toString('latin1', 0, end);
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? 0);
  const whole = end + HEAD_END.length + length;
  if (bytes.length < whole) return 0;
  const [method = '', path = ''] = text.slice(0, text.indexOf('\r\n')).split(' ');
  const body = bytes.toString('utf8', end + HEAD_END.length, whole);
  const answer = answerTo(method, path, body);
  socket.write(`${head}${Buffer.byteLength(answer)}${tail}${answer}`);
  return whole;
}

function answerTo(method: string, path: string, body: string): string {
  if (method === 'POST' && path.endsWith('/fine_tuning/jobs')) return create(body);
  const cancelled = /\/fine_tuning\/jobs\/([^/]+)\/cancel$/.exec(path)?.[1];
  if (cancelled !== undefined) return job(cancelled, 'cancelled', taken(cancelled));
  const asked = /\/fine_tuning\/jobs\/([^/?]+)$/.exec(path)?.[1];
  if (asked !== undefined) return job(asked, 'queued', jobs.get(asked) ?? NO_JOB);
  if (path.endsWith('/files')) return file(`file-${(made += 1)}`, /filename="([^"]+)"/.exec(body)?.[1] ?? 'a.jsonl');
  return '{"object":"list","data":[],"has_more":false}';
}

type Members = Readonly<Record<string, unknown>>;

/** What was sent, as a job carries it: a target that is found fault with would be measured with what faults cost. */
function create(body: string): string {
  const sent = JSON.parse(body) as Members;
  const id = `ftjob-bench${String((made += 1)).padStart(12, '0')}`;
  const { type = 'supervised', ...own } = (sent['method'] ?? {}) as Members & { type?: MethodType };
  const settings = (own[type] ?? {}) as Members & { hyperparameters?: Members };
  const hyperparameters = { ...DEFAULT_HYPERPARAMETERS[type], ...(sent['hyperparameters'] as Members | null), ...settings.hyperparameters };
  const rest = JSON.stringify({
    model: `${String(sent['model'])}-2024-07-18`,
    training_file: sent['training_file'],
    validation_file: sent['validation_file'] ?? null,
    ...(type === 'supervised' ? { hyperparameters } : {}),
    seed: sent['seed'] ?? 7,
    integrations: sent['integrations'] ?? [],
    metadata: sent['metadata'] ?? null,
    method: { type, [type]: { ...settings, hyperparameters } },
  }).slice(1);
  jobs.set(id, rest);
  return job(id, 'queued', rest);
} // prettier-ignore

const NO_JOB = '"model":"m"}';

/** The rest of a job, which nobody asks for again. */
function taken(id: string): string {
  const rest = jobs.get(id) ?? NO_JOB;
  jobs.delete(id);
  return rest;
}

function job(id: string, status: string, rest: string): string {
  return `{"object":"fine_tuning.job","id":"${id}","created_at":1767225600,"finished_at":null,"fine_tuned_model":null,"organization_id":"org-bench","result_files":[],"trained_tokens":null,"error":null,"estimated_finish":null,"status":"${status}",${rest}`;
}

function file(id: string, filename: string): string {
  return `{"id":"${id}","object":"file","bytes":1,"created_at":1767225600,"filename":"${filename}","purpose":"fine-tune","status":"processed"}`;
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`listening ${typeof address === 'object' ? (address?.port ?? 0) : 0}\n`);
});
process.once('SIGTERM', () => process.exit(0));
// Whoever measured is gone: so is the reason to be here.
process.stdin.once('end', () => process.exit(0)).resume();
