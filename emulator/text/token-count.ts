// A stand-in for the tokeniser: words, groups of up to three digits, and single marks. It only has to be steady and to
// grow with the text, for trained_tokens to follow from the data.
const TOKEN = /\p{L}+|\p{N}{1,3}|[^\s\p{L}\p{N}]/gu;

/** The tokens of a text. */
export function tokensOf(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

/** How many tokens a text has. */
export function countTokens(text: string): number {
  return tokensOf(text).length;
}
