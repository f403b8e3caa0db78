// What a target says, made harmless for each place where it is shown. HTML is not among them: the page is written with
// hono/jsx, which escapes by itself, and only needs control characters made visible.

/**
 * C0 and C1 controls but for tab and newline, soft hyphens, zero-width and direction-changing characters, separators,
 * tags and lone surrogates: what a terminal acts on, a browser hides, or a reader is deceived by.
 */
const INVISIBLE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\u{e0000}-\u{e0fff}]|\p{Surrogate}/gu;

/** True where a text holds a character that cannot be seen, or that a terminal would act on. */
export function hasInvisible(text: string): boolean {
  return text.search(INVISIBLE) >= 0;
}

/** Text with characters that cannot be seen written as \u{…}. Tabs and newlines stay. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Text on one line: visible, with every stretch of space as one space. */
export function oneLine(text: string): string {
  return visible(text).replace(/\s+/g, ' ').trim();
}

/** One line for a terminal or a CI log: no escape sequence, and nothing that a runner takes for a command. */
export function logText(text: string): string {
  // Runners know `::name::` at the start of a line, and `##[name]` and `##vso[name]` anywhere in it.
  return oneLine(text)
    .replace(/^:(?=:)/, ': ')
    .replace(/##(?=\[|vso\[)/gi, '## ');
}

/** Text as Markdown code: nothing in it is a mention, a link, an image, HTML or the end of a table cell. */
export function markdownCode(text: string): string {
  const line = oneLine(text).replaceAll('|', '∣');
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = line === '' || line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Text as Markdown prose: what would be markup is escaped, what would be linked by itself is broken up. */
export function markdownText(text: string): string {
  return oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]()#+!|~^=$-]/g, '\\$&')
    .replaceAll('@', '@\u200b')
    .replace(/:(?=\/\/)/g, ':\u200b')
    .replace(/\bwww\./gi, (found) => `${found.slice(0, 3)}\u200b.`)
    .replace(/(?<=\\#)(?=\d)/g, '\u200b')
    .replace(/\bGH(?=\\-\d)/gi, '$&\u200b');
}

/** A Markdown code block that holds the text and cannot be left by it. */
export function markdownBlock(text: string, language = ''): string {
  const safe = visible(text);
  const longest = Math.max(2, ...(safe.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${safe}\n${fence}`;
}

const XML_ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for XML 1.0, between tags or in an attribute. */
export function xmlText(text: string): string {
  return visible(text)
    .replace(/[\ufffe\uffff]/g, '')
    .replace(/[&<>"']/g, (character) => XML_ENTITIES[character] ?? '')
    .replace(/[\n\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}
