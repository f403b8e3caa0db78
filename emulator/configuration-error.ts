/** Options that cannot be served, in words that name the mend. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  /** @param what what is wrong, @param mend what to do instead. */
  constructor(what: string, mend: string) {
    super(`${what}; ${mend}`);
  }
}
