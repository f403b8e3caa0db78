// Keys of the environment must not be printed, whoever repeats them: an argument, a file or a target.
import { DEFAULT_ADMIN_KEY_ENV, DEFAULT_KEY_ENV, secretsFrom } from '../conformance/run/keys.ts';

/**
 * Text that a command prints, without the keys of its environment: an argument, a file or a target may have repeated one.
 * The names of the variables are read from the arguments as they are, for a command can fail before they are parsed.
 */
export function withoutKeys(text: string): string {
  const named = (option: string, otherwise: string): string =>
    process.argv.find((word) => word.startsWith(`${option}=`))?.slice(option.length + 1) ??
    process.argv[process.argv.indexOf(option, 2) + 1 || process.argv.length] ??
    otherwise;
  const names = {
    apiKeyEnv: named('--api-key-env', DEFAULT_KEY_ENV),
    adminKeyEnv: named('--admin-key-env', DEFAULT_ADMIN_KEY_ENV),
  };
  return secretsFrom(names, process.env).scrub(text);
}
