// Whole runs in this process against the emulator: for tests and benches that ask what a run finds, and not how it is
// started.
import { ADMIN_KEY_PLACEHOLDER, KEY_PLACEHOLDER } from '../../conformance/client/secrets.ts';
import type { Options } from '../../conformance/run/configure.ts';
import { type InProcess, type InProcessOptions, runInProcess } from '../../conformance/scenarios/run-in-process.ts';
import { configuredFor } from '../../conformance/testing/configured.ts';
import { startEmulator } from '../../emulator/server.ts';
import type { EmulatorOptions } from '../../emulator/settings.ts';

/** The keys that a run shows: what it judges has to be started with them. */
export const KEYS = { apiKey: 'sk-judged-1234567890abcdef', adminKey: 'sk-judged-admin-1234567890' };

type Manner = Omit<InProcessOptions, 'config' | 'keys'>;

/** Judges a server that knows the keys, an emulator that other runs meet too or one behind a proxy. */
export function judgedAt(baseUrl: string, options: Options, manner: Manner = {}): Promise<InProcess> {
  const keys = { [KEY_PLACEHOLDER]: KEYS.apiKey, [ADMIN_KEY_PLACEHOLDER]: KEYS.adminKey };
  return runInProcess({ config: configuredFor(baseUrl, options), keys, ...manner });
}

/** Judges an emulator that is there for this run alone. */
export async function judgedEmulator(
  emulator: EmulatorOptions = {},
  options: Options = {},
  manner?: Manner,
): Promise<InProcess> {
  const running = await startEmulator({ ...KEYS, ...emulator });
  try {
    return await judgedAt(running.url, options, manner);
  } finally {
    await running.close();
  }
}
