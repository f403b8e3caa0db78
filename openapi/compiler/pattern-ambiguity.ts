// How many ways a backtracking engine may have to try before it gives a text up, told from the pattern alone so that
// the same document is judged alike on every machine. A text that can be split over one loop in two ways costs
// exponential time; loops that can take over from one another cost a power of the length, one degree each.
import type { Automaton } from './pattern-syntax.ts';

/** Exponential, too intricate to tell, or the degree of the polynomial. */
export type Growth = 'exponential' | 'unknown' | number;

const MAX_STEPS = 300_000;
/** Letters that stand for all others: every ASCII character, and some of each script and kind. */
const SAMPLES = [
  ...Array.from({ length: 128 }, (_, code) => String.fromCodePoint(code)),
  ...Array.from('\u00a0\u00b5\u00bd\u00c9\u00e9\u0301\u03a9\u0416\u0436\u05d0\u0639\u0663\u0905\u0e01\u2028\u20ac\u3042\u30a2\u6f22\ud55c\u{1f600}\u{10ffff}'),
]; // prettier-ignore

/** How the time to reject a text grows with its length. */
export function growthOf(automaton: Automaton, pattern: string): Growth {
  const graph = graphOf(automaton, pattern);
  const loops = loopsOf(graph);
  if (loops.some((loop) => isAmbiguous(loop, graph))) return graph.steps.left < 0 ? 'unknown' : 'exponential';
  const degree = degreeOf(loops, graph);
  return graph.steps.left < 0 ? 'unknown' : degree;
}

/** One character that each position matches, for probes; undefined where no sample fits. */
export function sampleOf(atom: string, pattern: string): string | undefined {
  return alphabetOf(pattern).find((letter) => matches(atom, letter));
}

interface Graph {
  /** Which letters of the alphabet each position matches, one bit a letter. */
  readonly letters: readonly bigint[];
  readonly follow: readonly (readonly number[])[];
  /** Positions at which a match is done, and nothing can fail any more. */
  readonly done: ReadonlySet<number>;
  readonly steps: { left: number };
}

function graphOf(automaton: Automaton, pattern: string): Graph {
  const alphabet = alphabetOf(pattern);
  const letters = automaton.atoms.map((atom) =>
    alphabet.reduce((bits, letter, index) => (matches(atom, letter) ? bits | (1n << BigInt(index)) : bits), 0n),
  );
  const done = new Set(automaton.conditional ? [] : automaton.last);
  const steps = { left: MAX_STEPS };
  if (automaton.anchored) return { letters, follow: automaton.follow, done, steps };
  // A search tries every start: a loop over any character before the pattern.
  const search = letters.length;
  const follow = [...automaton.follow, [search, ...automaton.first]];
  return { letters: [...letters, (1n << BigInt(alphabet.length)) - 1n], follow, done, steps };
}

function alphabetOf(pattern: string): string[] {
  const escaped = [...pattern.matchAll(/\\(?:u\{([0-9a-f]+)\}|u([0-9a-f]{4})|x([0-9a-f]{2}))/gi)]
    .map(([, braced, four, two]) => Number.parseInt(braced ?? four ?? two ?? '0', 16))
    .flatMap((code) => [code - 1, code, code + 1])
    .filter((code) => code >= 0 && code <= 0x10ffff)
    .map((code) => String.fromCodePoint(code));
  return [...new Set([...SAMPLES, ...Array.from(pattern), ...escaped])];
}

function matches(atom: string, letter: string): boolean {
  return new RegExp(`^(?:${atom})$`, 'u').test(letter);
}

/** The sets of positions that can be matched over and over. */
function loopsOf({ follow }: Graph): readonly (readonly number[])[] {
  const components = strongComponents(follow.map((_, position) => position), (position) => follow[position] ?? []); // prettier-ignore
  return components.filter(([first = -1, ...more]) => more.length > 0 || (follow[first] ?? []).includes(first));
}

/** True where one text leads round a loop in two ways. */
function isAmbiguous(loop: readonly number[], { letters, follow, steps }: Graph): boolean {
  const inside = new Set(loop);
  const next = (position: number): number[] => (follow[position] ?? []).filter((target) => inside.has(target));
  if (loop.some((position) => new Set(next(position)).size < next(position).length)) return true;
  const size = follow.length;
  const pairs = loop.flatMap((a) => loop.map((b) => a * size + b));
  const nextPair = (pair: number): number[] => {
    const found: number[] = [];
    for (const a of next(Math.floor(pair / size))) {
      for (const b of next(pair % size)) {
        steps.left -= 1;
        if (((letters[a] ?? 0n) & (letters[b] ?? 0n)) !== 0n) found.push(a * size + b);
      }
    }
    return steps.left < 0 ? [] : found;
  };
  const isSame = (pair: number): boolean => Math.floor(pair / size) === pair % size;
  const components = strongComponents(pairs, nextPair);
  return steps.left < 0 || components.some((group) => group.some(isSame) && !group.every(isSame));
}

/** The longest row of loops each of which can take over from the one before at any place of one text. */
function degreeOf(loops: readonly (readonly number[])[], graph: Graph): number {
  const known = new Map<readonly number[], number>();
  const from = (loop: readonly number[]): number => {
    const before = known.get(loop);
    if (before !== undefined) return before;
    known.set(loop, 0);
    const followers = loops.filter((other) => other !== loop && takesOver(loop, other, graph));
    const isHarmless = loop.some((position) => graph.done.has(position));
    const degree = Math.max(isHarmless ? 0 : 1, ...followers.map((other) => 1 + from(other)).filter((sum) => sum > 1));
    known.set(loop, degree);
    return degree;
  };
  return Math.max(0, ...loops.map(from));
}

/** True where some text leads from p to p, from p to q, and from q to q: p in one loop, q in the other. */
function takesOver(one: readonly number[], other: readonly number[], graph: Graph): boolean {
  return one.some((p) => other.some((q) => leadsAcross(p, q, new Set(one), new Set(other), graph)));
}

function leadsAcross(p: number, q: number, one: Set<number>, other: Set<number>, graph: Graph): boolean {
  const { letters, follow, steps } = graph;
  const seen = new Set<string>();
  const open: [number, number, number][] = [[p, p, q]];
  for (let triple = open.pop(); triple && steps.left >= 0; triple = open.pop()) {
    const [x, y, z] = triple;
    for (const a of follow[x] ?? []) {
      if (!one.has(a)) continue;
      for (const c of follow[z] ?? []) {
        const shared = (letters[a] ?? 0n) & (letters[c] ?? 0n);
        if (!other.has(c) || shared === 0n) continue;
        for (const b of follow[y] ?? []) {
          steps.left -= 1;
          if ((shared & (letters[b] ?? 0n)) === 0n) continue;
          if (a === p && b === q && c === q) return true;
          const key = `${a},${b},${c}`;
          if (!seen.has(key)) open.push([a, b, c]);
          seen.add(key);
        }
      }
    }
  }
  return steps.left < 0;
}

/** Tarjan's strongly connected components, without recursion. */
function strongComponents(nodes: readonly number[], next: (node: number) => readonly number[]): number[][] {
  const order = new Map<number, number>();
  const low = new Map<number, number>();
  const stack: number[] = [];
  const onStack = new Set<number>();
  const components: number[][] = [];
  for (const root of nodes) {
    if (order.has(root)) continue;
    const work: { node: number; targets: readonly number[]; at: number }[] = [];
    const enter = (node: number): void => {
      order.set(node, order.size);
      low.set(node, order.size - 1);
      stack.push(node);
      onStack.add(node);
      work.push({ node, targets: next(node), at: 0 });
    };
    const lower = (node: number, value: number): void => void low.set(node, Math.min(low.get(node) ?? 0, value));
    enter(root);
    for (let frame = work.at(-1); frame; frame = work.at(-1)) {
      const target = frame.targets[frame.at];
      frame.at += 1;
      if (target !== undefined) {
        if (!order.has(target)) enter(target);
        else if (onStack.has(target)) lower(frame.node, order.get(target) ?? 0);
        continue;
      }
      work.pop();
      const above = work.at(-1);
      if (above) lower(above.node, low.get(frame.node) ?? 0);
      if (low.get(frame.node) !== order.get(frame.node)) continue;
      const members = stack.splice(stack.indexOf(frame.node));
      for (const member of members) onStack.delete(member);
      components.push(members);
    }
  }
  return components;
}
