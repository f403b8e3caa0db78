// How much memory a server needs to receive a file: starts the command as its own process, uploads made-up lines as a
// stream, and reads the largest resident set that the kernel has noted. Also a benchmark:
//   npx tsx emulator/testing/upload-memory.ts 512
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../../scripts/emulator.ts', import.meta.url));
const MEGABYTE = 1024 * 1024;
const BOUNDARY = 'upload-memory-boundary';

export interface UploadMemory {
  readonly status: number;
  readonly body: string;
  readonly bytes: number;
  /** Of the server, in megabytes, before and at most. */
  readonly idle: number;
  readonly peak: number;
}

/** Uploads so many megabytes to a server of its own. */
export async function measureUpload(megabytes: number): Promise<UploadMemory> {
  const server = spawn(process.execPath, ['--import', 'tsx', COMMAND, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [first] = (await once(server.stdout, 'data')) as [Buffer];
    const url = new URL(`${first.toString().replace('listening ', '').trim()}/files`);
    const idle = residentPeak(server.pid ?? 0);
    const { status, body, bytes } = await upload(url, megabytes);
    return { status, body, bytes, idle, peak: residentPeak(server.pid ?? 0) };
  } finally {
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
}

/** Linux notes the peak by itself, so that nothing has to be sampled. */
function residentPeak(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

async function upload(url: URL, megabytes: number): Promise<{ status: number; body: string; bytes: number }> {
  const line = `${JSON.stringify({
    messages: [
      { role: 'user', content: 'x'.repeat(4000) },
      { role: 'assistant', content: 'y' },
    ],
  })}\n`;
  const block = Buffer.from(line.repeat(Math.ceil(MEGABYTE / line.length)));
  const headers = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
  const call = request(url, { method: 'POST', headers });
  const answered = once(call, 'response');
  const part = (head: string): string => `--${BOUNDARY}\r\ncontent-disposition: form-data; ${head}\r\n\r\n`;
  call.write(`${part('name="purpose"')}fine-tune\r\n${part('name="file"; filename="large.jsonl"')}`);
  let bytes = 0;
  for (; bytes + block.length <= megabytes * MEGABYTE; bytes += block.length) {
    if (!call.write(block)) await once(call, 'drain');
  }
  call.end(`\r\n--${BOUNDARY}--\r\n`);
  const [response] = (await answered) as [AsyncIterable<Buffer> & { statusCode?: number }];
  let body = '';
  for await (const chunk of response) body += chunk.toString();
  return { status: response.statusCode ?? 0, body, bytes };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { status, bytes, idle, peak } = await measureUpload(Number(process.argv[2] ?? 512));
  const size = (bytes / MEGABYTE).toFixed(0);
  process.stdout.write(
    `${size} MB uploaded, status ${status}: ${idle.toFixed(0)} MB idle, ${peak.toFixed(0)} MB at most\n`,
  );
}
