// What is pure and not cheap, such as all that follows from the contract alone, is worked out once in a process. What was
// worked out can be forgotten, for whoever changes the code under it: mutation tests do.

const forgetters: (() => void)[] = [];

/** A function of one object whose results are kept as long as the object. */
export function rememberBy<K extends WeakKey, V>(make: (key: K) => V): (key: K) => V {
  let known = new WeakMap<K, { readonly value: V }>();
  forgetters.push(() => (known = new WeakMap()));
  return (key) => {
    const found = known.get(key) ?? { value: make(key) };
    known.set(key, found);
    return found.value;
  };
}

/** A function whose results are kept by a text that its argument stands for. */
export function rememberAs<A, V>(textOf: (argument: A) => string, make: (argument: A) => V): (argument: A) => V {
  const known = new Map<string, { readonly value: V }>();
  forgetters.push(() => known.clear());
  return (argument) => {
    const text = textOf(argument);
    const found = known.get(text) ?? { value: make(argument) };
    known.set(text, found);
    return found.value;
  };
}

/** What is made when it is first asked for. */
export function rememberOnce<V>(make: () => V): () => V {
  const made = rememberAs(() => '', make);
  return () => made(undefined);
}

/** Forgets everything that was remembered in this process. */
export function forgetAll(): void {
  for (const forget of forgetters) forget();
}
