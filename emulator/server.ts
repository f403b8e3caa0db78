// Starts and stops an emulator. A process may run many of them: each has its own state, and close() leaves nothing.
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { createApp } from './app.ts';
import { ConfigurationError } from './configuration-error.ts';
import type { Context } from './context.ts';
import { type ActiveDefects, activate } from './defects/active-defects.ts';
import { badRequest } from './http/api-error.ts';
import { refusal } from './http/answer.ts';
import { render } from './http/render.ts';
import { plantFixtures } from './sdk-fixtures.ts';
import { type EmulatorOptions, type Settings, settingsOf } from './settings.ts';
import { ContentFolder } from './store/content-folder.ts';
import { IdSource } from './store/ids.ts';
import { NO_JOURNAL, openJournal } from './store/journal.ts';
import { Store } from './store/store.ts';
import { derivedId } from './text/derived-id.ts';
import { World, WorldCache } from './world.ts';

export interface RunningEmulator {
  /** What an OpenAI SDK is given as base URL; ends in /v1. */
  readonly url: string;
  readonly port: number;
  /** Ends every connection and removes what was temporary. */
  close(): Promise<void>;
}

const ORGANIZATION = { id: `org-${derivedId('the organization of the emulator', 24)}`, name: 'emulator' };
/** Ids in paths may be long; beyond this Node itself refuses the request. */
const LONGEST_HEAD = 64 * 1024;

/**
 * Starts an emulator.
 * @throws ConfigurationError where the options cannot be served, a port or data folder in use included.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<RunningEmulator> {
  const settings = settingsOf(options);
  const defects = await activate(settings.defects, settings.basePolicy, settings.edition);
  const state = openState(settings);
  try {
    const { server, settled } = createHttpServer(settings, defects, state);
    await listen(server, settings);
    const { port } = server.address() as AddressInfo;
    const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
    let closing: Promise<void> | undefined;
    const close = async (): Promise<void> => {
      await stop(server);
      await settled();
      state.close();
    };
    return { url: `http://${host}:${port}/v1`, port, close: () => (closing ??= close()) };
  } catch (error) {
    state.close();
    throw error;
  }
}

interface State {
  readonly store: Store;
  readonly contents: ContentFolder;
  close(): void;
}

function openState(settings: Settings): State {
  const journal = settings.dataDir === null ? NO_JOURNAL : openJournal(settings.dataDir);
  const store = new Store(journal, new IdSource(settings.seed));
  const contents = new ContentFolder(settings.dataDir);
  const existing = store.files.filter(({ deletedAtMs }) => deletedAtMs === null);
  contents.removeAllBut(new Set(existing.map(({ id }) => id)));
  if (settings.sdk) plantFixtures(store, settings.clock());
  return {
    store,
    contents,
    close: () => {
      store.close();
      contents.close();
    },
  };
}

function createHttpServer(
  settings: Settings,
  defects: ActiveDefects,
  { store, contents }: State,
): { readonly server: Server; readonly settled: () => Promise<void> } {
  const cache = new WorldCache();
  const contextNow = (): Context => ({
    world: new World(store, defects.policy, Math.floor(settings.clock()), cache),
    policy: defects.policy,
    edition: settings.edition,
    contents,
    contractFor: defects.contractFor,
    unknownMembers: settings.unknownMembers,
    organization: ORGANIZATION,
    jobSeconds: settings.jobSeconds,
    uploadLimit: settings.uploadLimit,
  });
  const onFault = (error: unknown): void => {
    const shown = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`fault of the emulator: ${shown}\n`);
  };
  const keys = { apiKey: settings.apiKey, adminKey: settings.adminKey };
  const prefixes = settings.sdk ? ['/v1', ''] : ['/v1'];
  const app = createApp({ contextNow, defects, keys, prefixes, onFault });
  const listener = getRequestListener(app.fetch, {
    // Many emulators share a process with other code, whose Request and Response are none of our business.
    overrideGlobalObjects: false,
    errorHandler: (error) => render(refusal(badRequest(reasonOf(error))), ORGANIZATION.name, performance.now()),
  });
  const pending = new Set<Promise<void>>();
  const server = createServer({ maxHeaderSize: LONGEST_HEAD }, (incoming, outgoing) => {
    const call = listener(incoming, outgoing).catch(onFault);
    pending.add(call);
    void call.finally(() => pending.delete(call));
  });
  server.on('clientError', refuseUnparsable);
  const settled = async (): Promise<void> => {
    await Promise.allSettled(pending);
  };
  return { server, settled };
}

/** What Node could not read as HTTP is refused in the envelope, too. */
function refuseUnparsable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const tooLong = error.code === 'HPE_HEADER_OVERFLOW';
  const status = tooLong ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const message = tooLong ? 'The request line and headers are too long' : 'The request is not HTTP';
  const body = JSON.stringify(badRequest(message).body);
  const head = `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}`;
  socket.end(`${head}\r\nconnection: close\r\n\r\n${body}`);
}

async function listen(server: Server, { port, host }: Settings): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: Error & { readonly code?: string }) => reject(listenError(error, port, host)));
    server.listen(port, host, resolve);
  });
}

function listenError(error: Error & { readonly code?: string }, port: number, host: string): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new ConfigurationError(`port ${port} is in use`, 'name another with --port, or 0 for any free one');
    case 'EACCES':
      return new ConfigurationError(`port ${port} needs more rights`, 'name a port from 1024 on');
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ConfigurationError(`${host} is no address of this machine`, 'use 127.0.0.1 or leave --host out');
    default:
      return error;
  }
}

async function stop(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? `The request cannot be read: ${error.message}` : 'The request cannot be read';
}
