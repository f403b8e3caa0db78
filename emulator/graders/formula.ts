// The formula of a multi grader, parsed by recursive descent and never evaluated as code:
//   sum     = product { ("+" | "-") product }
//   product = power { ("*" | "/") power }
//   power   = unary [ "^" power ]
//   unary   = "-" unary | primary
//   primary = number | name | function "(" sum { "," sum } ")" | "(" sum ")"

/** Why a formula gives no number. */
export class FormulaError extends Error {
  override readonly name = 'FormulaError';
  readonly kind: 'syntax' | 'variable';

  constructor(message: string, kind: 'syntax' | 'variable') {
    super(message);
    this.kind = kind;
  }
}

export type Formula =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Formula[] }
  | { readonly kind: 'negation'; readonly operand: Formula }
  | { readonly kind: 'operation'; readonly operator: Operator; readonly left: Formula; readonly right: Formula };

type Operator = '+' | '-' | '*' | '/' | '^';

const FUNCTIONS: Readonly<Record<string, { readonly arity: number | null; apply(...args: number[]): number }>> = {
  min: { arity: null, apply: Math.min },
  max: { arity: null, apply: Math.max },
  abs: { arity: 1, apply: Math.abs },
  floor: { arity: 1, apply: Math.floor },
  ceil: { arity: 1, apply: Math.ceil },
  exp: { arity: 1, apply: Math.exp },
  sqrt: { arity: 1, apply: Math.sqrt },
  log: { arity: 1, apply: Math.log },
  clamp: { arity: 3, apply: (value = 0, least = 0, most = 1) => Math.min(most, Math.max(least, value)) },
};

const OPERATIONS: Readonly<Record<Operator, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '^': (left, right) => left ** right,
};

const TOKEN = /\s*(?:([0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+)|([A-Za-z_][\w.]*)|([-+*/^(),]))/y;
const LONGEST = 10_000;
const DEEPEST = 100;

/** The structure of a formula. @throws FormulaError of kind `syntax`. */
export function parseFormula(text: string): Formula {
  if (text.length > LONGEST) throw new FormulaError(`a formula has at most ${LONGEST} characters`, 'syntax');
  const parser = new Parser(tokensOf(text));
  const formula = parser.sum(0);
  parser.expectEnd();
  return formula;
}

/** The value of a formula. @throws FormulaError of kind `variable` for a name without value. */
export function evaluate(formula: Formula, values: ReadonlyMap<string, number>): number {
  switch (formula.kind) {
    case 'number':
      return formula.value;
    case 'name': {
      const value = values.get(formula.name);
      if (value === undefined) throw new FormulaError(`'${formula.name}' is no grader`, 'variable');
      return value;
    }
    case 'call':
      return FUNCTIONS[formula.name]?.apply(...formula.args.map((one) => evaluate(one, values))) ?? Number.NaN;
    case 'negation':
      return -evaluate(formula.operand, values);
    case 'operation':
      return OPERATIONS[formula.operator](evaluate(formula.left, values), evaluate(formula.right, values));
  }
}

interface Token {
  readonly kind: 'number' | 'name' | 'mark';
  readonly text: string;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  const end = text.trimEnd().length;
  while (pattern.lastIndex < end) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) throw new FormulaError(`unexpected character at ${at + 1}`, 'syntax');
    const [, number, name, mark] = match;
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else tokens.push({ kind: 'mark', text: mark ?? '' });
  }
  return tokens;
}

class Parser {
  readonly #tokens: readonly Token[];
  #place = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  sum(depth: number): Formula {
    if (depth > DEEPEST) throw new FormulaError('the formula nests too deeply', 'syntax');
    let left = this.#product(depth);
    for (let operator = this.#take('+', '-'); operator !== null; operator = this.#take('+', '-')) {
      left = { kind: 'operation', operator, left, right: this.#product(depth) };
    }
    return left;
  }

  expectEnd(): void {
    const rest = this.#tokens[this.#place];
    if (rest !== undefined) throw new FormulaError(`unexpected '${rest.text}'`, 'syntax');
  }

  #product(depth: number): Formula {
    let left = this.#power(depth);
    for (let operator = this.#take('*', '/'); operator !== null; operator = this.#take('*', '/')) {
      left = { kind: 'operation', operator, left, right: this.#power(depth) };
    }
    return left;
  }

  #power(depth: number): Formula {
    const left = this.#unary(depth);
    if (this.#take('^') === null) return left;
    if (depth > DEEPEST) throw new FormulaError('the formula nests too deeply', 'syntax');
    return { kind: 'operation', operator: '^', left, right: this.#power(depth + 1) };
  }

  #unary(depth: number): Formula {
    if (this.#take('-') === null) return this.#primary(depth);
    if (depth > DEEPEST) throw new FormulaError('the formula nests too deeply', 'syntax');
    return { kind: 'negation', operand: this.#unary(depth + 1) };
  }

  #primary(depth: number): Formula {
    const token = this.#tokens[this.#place];
    if (token === undefined) throw new FormulaError('the formula ends too early', 'syntax');
    this.#place += 1;
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) };
    if (token.kind === 'name') {
      return this.#take('(') === null ? { kind: 'name', name: token.text } : this.#call(token.text, depth);
    }
    if (token.text !== '(') throw new FormulaError(`unexpected '${token.text}'`, 'syntax');
    const inner = this.sum(depth + 1);
    this.#expect(')');
    return inner;
  }

  #call(name: string, depth: number): Formula {
    const args = [this.sum(depth + 1)];
    while (this.#take(',') !== null) args.push(this.sum(depth + 1));
    this.#expect(')');
    const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (known === undefined) throw new FormulaError(`'${name}' is no function`, 'syntax');
    if (known.arity !== null && known.arity !== args.length) {
      throw new FormulaError(`'${name}' takes ${known.arity} argument(s)`, 'syntax');
    }
    return { kind: 'call', name, args };
  }

  #take<T extends string>(...marks: readonly T[]): T | null {
    const token = this.#tokens[this.#place];
    const mark = token?.kind === 'mark' ? marks.find((one) => one === token.text) : undefined;
    if (mark === undefined) return null;
    this.#place += 1;
    return mark;
  }

  #expect(mark: string): void {
    if (this.#take(mark) === null) throw new FormulaError(`'${mark}' is missing`, 'syntax');
  }
}
