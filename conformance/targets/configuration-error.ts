// What a caller has to mend before anything can run: where, what, and how, in one line.

/** A profile, a file or an argument that cannot be used. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(where: string, what: string, mend: string) {
    super(`${where}: ${what}; ${mend}`);
  }
}
