// Written by `npm run generate` from "fine-tuning.openapi.yaml". Do not edit.

/** One violation of a schema. */
export interface SchemaViolation {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Tells whether a value satisfies a schema; where not, `errors` of the function holds every violation. */
export interface Validator<T> {
  (value: unknown): value is T;
  errors?: readonly SchemaViolation[] | null;
}

export const E_S3_0_value: Validator<unknown>;
export const E_S3_0_object: Validator<unknown>;
export const E_S4_0_value: Validator<unknown>;
export const E_S4_0_object: Validator<unknown>;
export const E_S7_0_value: Validator<unknown>;
export const E_S7_0_object: Validator<unknown>;
export const E_S9_0_value: Validator<unknown>;
export const E_S9_0_object: Validator<unknown>;
export const E_S10_0_value: Validator<unknown>;
export const E_S10_0_object: Validator<unknown>;
export const E_S10_1_value: Validator<unknown>;
export const E_S10_1_object: Validator<unknown>;
export const E_S11_0_value: Validator<unknown>;
export const E_S11_0_object: Validator<unknown>;
export const E_S13_0_value: Validator<unknown>;
export const E_S13_0_object: Validator<unknown>;
export const E_S13_1_value: Validator<unknown>;
export const E_S13_1_object: Validator<unknown>;
export const E_C5_0_value: Validator<unknown>;
export const E_C5_0_object: Validator<unknown>;
export const E_C11_0_value: Validator<unknown>;
export const E_C11_0_object: Validator<unknown>;
export const E_C11_1_value: Validator<unknown>;
export const E_C11_1_object: Validator<unknown>;
