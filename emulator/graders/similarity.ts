// The metrics of text_similarity, from 0 to 1. All are computed on tokens except fuzzy_match, which compares
// characters; cosine is taken of token counts, for there is no embedding model here.
import { editDistance } from '../text/edit-distance.ts';
import { tokensOf } from '../text/token-count.ts';

/** The likeness of a text to a reference by one metric. */
export type Metric = (text: string, reference: string) => number;

type Tokens = readonly string[];
type OnTokens = (text: Tokens, reference: Tokens) => number;

const BLEU_ORDER = 4;
const EMPTY = new Map<string, number>();

/** The metrics by name. */
export const METRICS: Readonly<Record<string, Metric>> = {
  fuzzy_match: (text, reference) => {
    const longest = Math.max(text.length, reference.length);
    return longest === 0 ? 1 : 1 - editDistance(text, reference) / longest;
  },
  cosine: onTokens(cosine),
  bleu: onTokens(bleu),
  gleu: onTokens(gleu),
  meteor: onTokens(meteor),
  rouge_1: onTokens((text, reference) => rougeN(text, reference, 1)),
  rouge_2: onTokens((text, reference) => rougeN(text, reference, 2)),
  rouge_3: onTokens((text, reference) => rougeN(text, reference, 3)),
  rouge_4: onTokens((text, reference) => rougeN(text, reference, 4)),
  rouge_5: onTokens((text, reference) => rougeN(text, reference, 5)),
  rouge_l: onTokens(rougeL),
};

function onTokens(metric: OnTokens): Metric {
  return (text, reference) => {
    const [left, right] = [tokensOf(text.toLowerCase()), tokensOf(reference.toLowerCase())];
    if (left.length === 0 || right.length === 0) return left.length === right.length ? 1 : 0;
    return metric(left, right);
  };
}

function grams(tokens: Tokens, order: number): ReadonlyMap<string, number> {
  if (tokens.length < order) return EMPTY;
  const counts = new Map<string, number>();
  for (let start = 0; start + order <= tokens.length; start += 1) {
    const gram = tokens.slice(start, start + order).join(' ');
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function overlap(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): number {
  return [...left].reduce((sum, [gram, count]) => sum + Math.min(count, right.get(gram) ?? 0), 0);
}

function f1(matches: number, left: number, right: number): number {
  return matches === 0 ? 0 : (2 * matches) / (left + right);
}

function cosine(text: Tokens, reference: Tokens): number {
  const [left, right] = [grams(text, 1), grams(reference, 1)];
  const dot = [...left].reduce((sum, [gram, count]) => sum + count * (right.get(gram) ?? 0), 0);
  const norm = (counts: ReadonlyMap<string, number>): number => Math.hypot(...counts.values());
  return Math.min(1, dot / (norm(left) * norm(right)));
}

/** BLEU up to four-grams; an order without a match counts as half a match, an order that neither text has not at all. */
function bleu(text: Tokens, reference: Tokens): number {
  const orders = Math.min(BLEU_ORDER, text.length, reference.length);
  let logSum = 0;
  for (let order = 1; order <= orders; order += 1) {
    const counts = grams(text, order);
    const matches = overlap(counts, grams(reference, order));
    if (order === 1 && matches === 0) return 0;
    logSum += Math.log((matches === 0 ? 0.5 : matches) / total(counts));
  }
  const brevity = text.length < reference.length ? Math.exp(1 - reference.length / text.length) : 1;
  return brevity * Math.exp(logSum / orders);
}

/** Google BLEU: the smaller of precision and recall over all grams of one to four tokens. */
function gleu(text: Tokens, reference: Tokens): number {
  let [matches, left, right] = [0, 0, 0];
  for (let order = 1; order <= BLEU_ORDER; order += 1) {
    const [ours, theirs] = [grams(text, order), grams(reference, order)];
    matches += overlap(ours, theirs);
    left += total(ours);
    right += total(theirs);
  }
  return matches / Math.max(left, right);
}

/** METEOR by exact matches: recall counts nine times precision, and scattered matches are worth less. */
function meteor(text: Tokens, reference: Tokens): number {
  const free = new Map<string, number[]>();
  reference.forEach((token, place) => free.set(token, [...(free.get(token) ?? []), place]));
  const places = text.map((token) => free.get(token)?.shift());
  const matched = places.filter((place) => place !== undefined);
  if (matched.length === 0) return 0;
  const chunks = places.filter((place, index) => {
    const before = places[index - 1];
    return place !== undefined && (before === undefined || place !== before + 1);
  }).length;
  const precision = matched.length / text.length;
  const recall = matched.length / reference.length;
  const mean = (10 * precision * recall) / (recall + 9 * precision);
  const whole = chunks === 1 && matched.length === text.length && text.length === reference.length;
  return whole ? mean : mean * (1 - 0.5 * (chunks / matched.length) ** 3);
}

function rougeN(text: Tokens, reference: Tokens, order: number): number {
  const [left, right] = [grams(text, order), grams(reference, order)];
  return f1(overlap(left, right), total(left), total(right));
}

function rougeL(text: Tokens, reference: Tokens): number {
  let previous = new Array<number>(reference.length + 1).fill(0);
  for (const token of text) {
    const current = [0];
    for (let place = 1; place <= reference.length; place += 1) {
      const longest =
        token === reference[place - 1]
          ? (previous[place - 1] ?? 0) + 1
          : Math.max(previous[place] ?? 0, current[place - 1] ?? 0);
      current.push(longest);
    }
    previous = current;
  }
  return f1(previous[reference.length] ?? 0, text.length, reference.length);
}
