// Emits the tables of an edition or a dialect. Their types are those of the current contract, from which they differ in
// content only: a table of any contract can then stand where another is expected. Beside them stands contracts.ts,
// which loads a contract by name.
import type { Constraint } from './constraint-table.ts';
import { lines, mapLines } from './emit-tables.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { OperationEntry } from './operation-table.ts';
import type { Rule } from './rules.ts';
import { literal } from './text.ts';

/** What a contract's modules are made of. */
export interface Tables {
  readonly operations: readonly OperationEntry[];
  readonly constraints: readonly Constraint[];
  readonly components: JsonObject;
  readonly pools: JsonValue;
  readonly rules: readonly Rule[];
}

/** The modules of tables by file name; `types` is the way to the folder of the current contract. */
export function emitVariantTables(tables: Tables, types: string): [name: string, text: string][] {
  const from = (module: string): string => `from ${literal(`${types}/${module}`)};`;
  return [
    [
      'operations.ts',
      `import type { Operation } ${from('operations.ts')}

export const operations: Readonly<Record<string, Omit<Operation, "id"> & { readonly id: string }>> = {
${mapLines(tables.operations.map((operation) => [operation.id, operation]))}
};
`,
    ],
    [
      'constraints.ts',
      `import type { Constraint } ${from('constraints.ts')}

export const constraints: readonly Constraint[] = [
${lines(tables.constraints)}
];
`,
    ],
    [
      'schemas.ts',
      `import type { JsonValue } ${from('schemas.ts')}

export const schemas: Readonly<Record<string, JsonValue>> = {
${mapLines(Object.entries(tables.components))}
};

export const pools: Readonly<Record<string, readonly string[]>> = ${literal(tables.pools)};
`,
    ],
    [
      'rules.ts',
      `import type { Rule, RuleId } ${from('rules.ts')}

/** The rules that hold here; a rule that is not named is not this contract's. */
export const rules: Readonly<Partial<Record<RuleId, Rule>>> = {
${mapLines(tables.rules.map((rule) => [rule.id, rule]))}
};
`,
    ],
  ];
}

/** Declarations for the validators of an edition or a dialect, which prove no type of their own. */
export function emitVariantValidatorTypes(names: readonly string[], types: string): string {
  return `import type { Validator } from ${literal(`${types}/validators.js`)};

${names.map((name) => `export const ${name}: Validator<unknown>;`).join('\n')}
`;
}

/** The source of contracts.ts: every contract by name, loaded when it is asked for. */
export function emitContracts(names: readonly string[]): string {
  const modules = ['constraints.ts', 'operations.ts', 'rules.ts', 'schemas.ts', 'validators.js'];
  const cases = names.map((name) => {
    const imports = modules.map((module) => `      import(${literal(`./${name}/${module}`)}),`);
    return `  ${literal(name)}: async () =>\n    contractOf(...(await Promise.all([\n${imports.join('\n')}\n    ]))),`;
  });
  return `import type { Constraint } from "./current/constraints.ts";
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
${cases.join('\n')}
} as const satisfies Readonly<Record<string, () => Promise<Contract>>>;
`;
}
