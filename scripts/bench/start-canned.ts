// Starts and stops the server that costs next to nothing.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** Starts it on a free port. */
export async function startCanned(): Promise<{ readonly origin: string; readonly stop: () => Promise<void> }> {
  const script = join(import.meta.dirname, 'canned-server.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const port = await new Promise<string>((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const found = /^listening (\d+)\n/.exec(out)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the canned server ended with status ${code ?? 'none'}`)));
  });
  const stop = async (): Promise<void> => {
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    await ended;
  };
  return { origin: `http://127.0.0.1:${port}`, stop };
}
