// Names under which component schemas are exported. Those of a foreign document may be no identifiers
// (`azure.foo-bar`), reserved words (`class`), or names that every object has (`constructor`): each gets a name that is
// safe to export and belongs to it alone.

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

const RESERVED = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  'arguments', 'async', 'await', 'break', 'case', 'catch', 'class', 'const', 'continue', 'debugger', 'default', 'delete',
  'do', 'else', 'enum', 'eval', 'export', 'extends', 'false', 'finally', 'for', 'function', 'if', 'implements', 'import',
  'in', 'instanceof', 'interface', 'let', 'new', 'null', 'package', 'private', 'protected', 'prototype', 'public',
  'return', 'static', 'super', 'switch', 'this', 'throw', 'true', 'try', 'typeof', 'undefined', 'var', 'void', 'while',
  'with', 'yield', 'Infinity', 'NaN', 'globalThis',
  // What the generated modules themselves declare.
  'components', 'AcceptableCreateRequest',
]); // prettier-ignore

/** True for a name that can be exported as it is. */
export function isSafeName(name: string): boolean {
  return IDENTIFIER.test(name) && !RESERVED.has(name);
}

/** Gives out names, each once. */
export class NameRegister {
  readonly #taken: Set<string>;

  /** @param taken names that are spoken for. */
  constructor(taken: Iterable<string>) {
    this.#taken = new Set(taken);
  }

  /** The nearest safe name to the wanted one that nobody has yet. */
  claim(wanted: string): string {
    const plain = wanted.replace(/[^\w$]+/g, '_').slice(0, 100);
    const identifier = /^[A-Za-z_$]/.test(plain) ? plain : `_${plain}`;
    const safe = isSafeName(identifier) ? identifier : `${identifier}_`;
    let name = safe;
    for (let number = 2; this.#taken.has(name); number += 1) name = `${safe}_${number}`;
    this.#taken.add(name);
    return name;
  }
}
