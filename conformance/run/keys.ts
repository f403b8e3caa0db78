// Where the keys of a run come from: variables of the environment, which the configuration only names. A key that no
// header can carry, or that ordinary text may hold by chance, is told of before anything is sent.
import { ADMIN_KEY_PLACEHOLDER, KEY_PLACEHOLDER, Secrets, SHORT_KEY } from '../client/secrets.ts';
import { ConfigurationError } from '../targets/configuration-error.ts';
import type { RunConfig } from './config.ts';

export const DEFAULT_KEY_ENV = 'CONFORMANCE_API_KEY';
export const DEFAULT_ADMIN_KEY_ENV = 'CONFORMANCE_ADMIN_API_KEY';

export type KeyNames = Pick<RunConfig, 'apiKeyEnv' | 'adminKeyEnv'>;
type Environment = Readonly<Record<string, string | undefined>>;

/** The keys of a run. */
export function secretsFrom({ apiKeyEnv, adminKeyEnv }: KeyNames, env: Environment): Secrets {
  return new Secrets({ [KEY_PLACEHOLDER]: env[apiKeyEnv], [ADMIN_KEY_PLACEHOLDER]: env[adminKeyEnv] });
}

/** What is to be said of the keys themselves before a run. It never holds one. */
export function keyWarnings(names: KeyNames, env: Environment): string[] {
  return secretsFrom(names, env)
    .shortKeys()
    .map((placeholder) => {
      const name = placeholder === ADMIN_KEY_PLACEHOLDER ? names.adminKeyEnv : names.apiKeyEnv;
      return `the key in ${name} has fewer than ${SHORT_KEY} characters: text that holds it by chance is redacted too, and short pieces of it are not; use a longer one`;
    });
}

/** @throws ConfigurationError for a key that no header can carry. */
export function checkKeys({ apiKeyEnv, adminKeyEnv }: KeyNames, env: Environment): void {
  for (const name of [apiKeyEnv, adminKeyEnv]) {
    if (/^[\x21-\x7e]*$/.test(env[name] ?? '')) continue;
    const what = 'the key in it holds a space, a newline or another character that no header can carry';
    throw new ConfigurationError(name, what, `set it again, as in export ${name}=…`);
  }
}
