// No report leaves that does not fit the schema which we publish for it: whoever reads conformance.json may rely on it.
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Report } from './report.ts';

let compiled: ValidateFunction<Report> | undefined;

function validator(): ValidateFunction<Report> {
  // strictTypes asks for the type beside every keyword, which `if` and `then` only repeat.
  compiled ??= new Ajv2020({ strictTypes: false }).compile<Report>(
    JSON.parse(readFileSync(new URL('./conformance.schema.json', import.meta.url), 'utf8')) as object,
  );
  return compiled;
}

/**
 * Takes a value for a report.
 * @throws Error that names the first member at fault.
 */
export function asReport(value: unknown): Report {
  const validate = validator();
  if (validate(value)) return value;
  const error = validate.errors?.[0];
  throw new Error(
    `not a conformance report: ${error?.instancePath === '' ? 'it' : (error?.instancePath ?? 'it')} ${error?.message ?? 'is malformed'}`,
  );
}
