// Written by `npm run generate` from "fine-tuning.openapi.yaml" and its overlays. Do not edit.
import type { Constraint } from "./current/constraints.ts";
import type { Operation } from "./current/operations.ts";
import type { Rule, RuleId } from "./current/rules.ts";
import type { JsonValue } from "./current/schemas.ts";
import type { Validator } from "./current/validators.js";

/** What a judge needs to know of one contract. */
export interface Contract {
  readonly constraints: readonly Constraint[];
  readonly operations: Readonly<Record<string, Omit<Operation, "id"> & { readonly id: string }>>;
  /** The rules that the contract has; a row for any other is not of this contract. */
  readonly rules: Readonly<Partial<Record<RuleId, Rule>>>;
  readonly schemas: Readonly<Record<string, JsonValue>>;
  readonly pools: Readonly<Record<string, readonly string[]>>;
  /** By component, and AcceptableCreateRequest. */
  readonly validators: Readonly<Record<string, Validator<unknown>>>;
}

const contractOf = (
  { constraints }: Pick<Contract, "constraints">,
  { operations }: Pick<Contract, "operations">,
  { rules }: Pick<Contract, "rules">,
  { schemas, pools }: Pick<Contract, "schemas" | "pools">,
  validators: object,
): Contract => ({ constraints, operations, rules, schemas, pools, validators: validators as Contract["validators"] });

/** Loads a contract by name: the current one, a dated edition, or a vendor's dialect. */
export const contracts = {
  "current": async () =>
    contractOf(...(await Promise.all([
      import("./current/constraints.ts"),
      import("./current/operations.ts"),
      import("./current/rules.ts"),
      import("./current/schemas.ts"),
      import("./current/validators.js"),
    ]))),
  "2024-04": async () =>
    contractOf(...(await Promise.all([
      import("./2024-04/constraints.ts"),
      import("./2024-04/operations.ts"),
      import("./2024-04/rules.ts"),
      import("./2024-04/schemas.ts"),
      import("./2024-04/validators.js"),
    ]))),
  "2024-09": async () =>
    contractOf(...(await Promise.all([
      import("./2024-09/constraints.ts"),
      import("./2024-09/operations.ts"),
      import("./2024-09/rules.ts"),
      import("./2024-09/schemas.ts"),
      import("./2024-09/validators.js"),
    ]))),
  "2024-12": async () =>
    contractOf(...(await Promise.all([
      import("./2024-12/constraints.ts"),
      import("./2024-12/operations.ts"),
      import("./2024-12/rules.ts"),
      import("./2024-12/schemas.ts"),
      import("./2024-12/validators.js"),
    ]))),
  "2025-05": async () =>
    contractOf(...(await Promise.all([
      import("./2025-05/constraints.ts"),
      import("./2025-05/operations.ts"),
      import("./2025-05/rules.ts"),
      import("./2025-05/schemas.ts"),
      import("./2025-05/validators.js"),
    ]))),
  "dialects/azure-2024-10-21": async () =>
    contractOf(...(await Promise.all([
      import("./dialects/azure-2024-10-21/constraints.ts"),
      import("./dialects/azure-2024-10-21/operations.ts"),
      import("./dialects/azure-2024-10-21/rules.ts"),
      import("./dialects/azure-2024-10-21/schemas.ts"),
      import("./dialects/azure-2024-10-21/validators.js"),
    ]))),
  "dialects/azure-v1": async () =>
    contractOf(...(await Promise.all([
      import("./dialects/azure-v1/constraints.ts"),
      import("./dialects/azure-v1/operations.ts"),
      import("./dialects/azure-v1/rules.ts"),
      import("./dialects/azure-v1/schemas.ts"),
      import("./dialects/azure-v1/validators.js"),
    ]))),
  "dialects/bedrock-mantle": async () =>
    contractOf(...(await Promise.all([
      import("./dialects/bedrock-mantle/constraints.ts"),
      import("./dialects/bedrock-mantle/operations.ts"),
      import("./dialects/bedrock-mantle/rules.ts"),
      import("./dialects/bedrock-mantle/schemas.ts"),
      import("./dialects/bedrock-mantle/validators.js"),
    ]))),
  "dialects/nebius": async () =>
    contractOf(...(await Promise.all([
      import("./dialects/nebius/constraints.ts"),
      import("./dialects/nebius/operations.ts"),
      import("./dialects/nebius/rules.ts"),
      import("./dialects/nebius/schemas.ts"),
      import("./dialects/nebius/validators.js"),
    ]))),
} as const satisfies Readonly<Record<string, () => Promise<Contract>>>;
