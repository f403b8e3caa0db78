// As much of a long text as the page has room for: its beginning, and what stands around the marked place.

export interface Piece {
  readonly text: string;
  readonly kind: 'plain' | 'marked' | 'left-out';
}

/** Pieces of a text that together hold at most about `limit` characters. */
export function excerpt(text: string, place: readonly [number, number] | undefined, limit: number): Piece[] {
  if (place === undefined) {
    if (text.length <= limit) return plain(text);
    return [...plain(text.slice(0, limit)), leftOut(text.length - limit)];
  }
  const [from, to] = place;
  if (text.length <= limit)
    return [...plain(text.slice(0, from)), { text: text.slice(from, to), kind: 'marked' }, ...plain(text.slice(to))];
  const marked = text.slice(from, Math.min(to, from + Math.floor(limit / 2)));
  const around = Math.floor((limit - marked.length) / 2);
  const start = from <= around ? 0 : lineStart(text, from - around, from);
  const end = Math.min(text.length, to + around);
  return [
    ...(start > 0 ? [leftOut(start)] : []),
    ...plain(text.slice(start, from)),
    { text: marked, kind: 'marked' },
    ...(to - from > marked.length ? [leftOut(to - from - marked.length)] : []),
    ...plain(text.slice(to, end)),
    ...(end < text.length ? [leftOut(text.length - end)] : []),
  ];
}

function plain(text: string): Piece[] {
  return text === '' ? [] : [{ text, kind: 'plain' }];
}

function leftOut(characters: number): Piece {
  return { text: `${characters} characters left out; conformance.json has them`, kind: 'left-out' };
}

/** The first line that starts between two places, so that no line begins in its middle. */
function lineStart(text: string, from: number, before: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 || newline >= before ? from : newline + 1;
}
