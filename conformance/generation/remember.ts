// Generation is pure and not cheap: what follows from the contract alone is worked out once in a process.

/** A function of one object whose results are kept as long as the object. */
export function rememberBy<K extends WeakKey, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    const found = known.get(key) ?? { value: make(key) };
    known.set(key, found);
    return found.value;
  };
}

/** A function whose results are kept by a text that its argument stands for. */
export function rememberAs<A, V>(textOf: (argument: A) => string, make: (argument: A) => V): (argument: A) => V {
  const known = new Map<string, { readonly value: V }>();
  return (argument) => {
    const text = textOf(argument);
    const found = known.get(text) ?? { value: make(argument) };
    known.set(text, found);
    return found.value;
  };
}
