// Servers on loopback that answer as badly as a test asks for.
import { createServer, type IncomingMessage, type Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface RunningServer {
  readonly url: string;
  /** How many connections were opened. */
  readonly connections: () => number;
  /** How many are open now. */
  readonly open: () => number;
}

async function listening(server: Server | HttpServer): Promise<RunningServer> {
  const open = new Set<Socket>();
  let count = 0;
  server.on('connection', (socket: Socket) => {
    count += 1;
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => count,
    open: () => open.size,
  };
}

/** Bytes on a socket, as a test writes them. Nothing is said until a request has begun to arrive. */
export function rawServer(answer: (socket: Socket) => void): Promise<RunningServer> {
  return listening(createTcpServer((socket) => socket.once('data', () => answer(socket))));
}

/** A server that takes connections and says nothing. */
export function silentServer(): Promise<RunningServer> {
  return listening(createTcpServer());
}

/** A port on which nobody listens. */
export async function closedPort(): Promise<string> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Answering {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
}

/** An HTTP server that answers every request alike and keeps what it was asked. */
export async function httpServer(
  answering: Answering = {},
): Promise<RunningServer & { readonly seen: readonly Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      seen.push({ method, url, headers, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(answering.status ?? 200, { 'content-type': 'application/json', ...answering.headers });
      response.end(answering.body ?? '{}');
    });
  });
  return { ...(await listening(server)), seen };
}

/** Repeats an action until the socket is closed. */
export function everyMs(ms: number, socket: Socket, action: () => void): void {
  const timer = setInterval(() => {
    if (socket.destroyed) clearInterval(timer);
    else action();
  }, ms);
  socket.on('close', () => clearInterval(timer));
}

/** Writes the same piece as fast as the reader takes it. */
export function flood(socket: Socket, piece: string | Buffer): void {
  const pour = (): void => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.on('drain', pour);
  pour();
}
