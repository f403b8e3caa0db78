// A request as a line that a person can paste into a shell and send again. The line may hold anything that a target or
// a generator came up with, so every word of it is inert: single quotes around all but plain words, and control
// characters only ever as escapes of printf. The key is a variable of the reader's shell.
import { hasInvisible } from './escape.ts';
import type { ReportedRequest } from './report.ts';

const KEY_PLACEHOLDER = '<API key>';
const ADMIN_KEY_PLACEHOLDER = '<admin API key>';

/** Names of the variables that the reader keeps the keys in. */
export interface KeyVariables {
  readonly key: string;
  readonly adminKey: string;
}

export const KEY_VARIABLES: KeyVariables = { key: 'CONFORMANCE_API_KEY', adminKey: 'CONFORMANCE_ADMIN_API_KEY' };

/** Bodies longer than this were cut when they were recorded and end in a note of their length. */
export const CUT_BODY = /… \(\d+ characters\)$/;
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
const PLAIN_WORD = /^[A-Za-z0-9_./:,=%+-]+$/;

/** A file that a request speaks of and that is gone: the line makes it anew. */
export interface GoneFile {
  readonly id: string;
  readonly purpose: string;
  readonly content: string;
}

/**
 * The curl line of a recorded request. Where the body cannot be written down, a comment before the line describes it.
 * Files that the body names are uploaded first, as the run has deleted its own.
 */
export function curlLine(
  baseUrl: string,
  request: ReportedRequest,
  variables: KeyVariables = KEY_VARIABLES,
  files: readonly GoneFile[] = [],
): string {
  if (request.method === '') return '';
  const { body } = request;
  const contentType = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const isText = body === null || !(/^multipart\//i.test(contentType ?? '') || CUT_BODY.test(body));
  const base = baseUrl.replace(/\/$/, '');
  const url = wordWithKeys(`${base}${request.path}`, variables);
  const words = [...CURL, '-i', '-g', '--path-as-is', '-X', shellWord(request.method), url];
  words.push(...headerWords(request, variables));
  if (body === null) return words.join(' ');
  if (!isText) return `# ${shellWord(`the body is left out: ${body.slice(0, 200)}`)}\n${words.join(' ')}`;
  // curl would otherwise call any body a form.
  if (contentType === undefined) words.push('-H', 'Content-Type:');
  const named = files.filter(({ id }) => body.includes(JSON.stringify(id)));
  const uploads = named.map((file, index) => `${uploadWords(base, request, file, variables, index)}; `).join('');
  if (!hasUnprintable(body)) return `${uploads}${[...words, '--data-raw', spliced(body, named, shellWord)].join(' ')}`;
  return `${uploads}printf %b ${spliced(body, named, printfText)} | ${[...words, '--data-binary', '@-'].join(' ')}`;
} // prettier-ignore

const CURL = ['curl', '-sS'];

function headerWords({ headers }: ReportedRequest, variables: KeyVariables): string[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    HEADER_NAME.test(name) ? ['-H', headerWord(name, value, variables)] : [],
  );
}

/** An upload whose answer's id becomes a variable of the shell. */
function uploadWords(
  base: string,
  { path, headers }: ReportedRequest,
  { purpose, content }: GoneFile,
  variables: KeyVariables,
  index: number,
): string {
  const query = path.includes('?') ? path.slice(path.indexOf('?')) : '';
  const others = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-type');
  const own = headerWords({ method: 'POST', path: '', headers: Object.fromEntries(others), body: null }, variables);
  const form = ['-F', shellWord(`purpose=${purpose}`), '-F', "'file=@-;filename=data.jsonl'"];
  const upload = [...CURL, '-X', 'POST', wordWithKeys(`${base}/files${query}`, variables), ...own, ...form].join(' ');
  const pick = `grep -o '"id" *: *"[^"]*"' | head -n 1 | cut -d '"' -f 4`;
  return `file${index + 1}=$(printf %b ${printfText(content)} | ${upload} | ${pick})`;
}

/** A text as a word of the shell in which the ids of files are variables. */
function spliced(text: string, files: readonly GoneFile[], wordOf: (part: string) => string): string {
  const file = files.at(-1);
  if (file === undefined) return text === '' ? "''" : wordOf(text);
  const variable = `"$file${files.length}"`;
  const rest = files.slice(0, -1);
  return text
    .split(JSON.stringify(file.id))
    .map((part, index, parts) => {
      const opened = index === 0 ? part : `"${part}`;
      return index === parts.length - 1 ? opened : `${opened}"`;
    })
    .map((part) => spliced(part, rest, wordOf))
    .join(variable);
}

/** One word of a POSIX shell that stands for exactly the given text. */
export function shellWord(text: string): string {
  if (PLAIN_WORD.test(text)) return text;
  if (hasUnprintable(text)) return `"$(printf %b ${printfText(text)})"`;
  return singleQuoted(text);
}

function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** True where a text cannot stand on a line as it is. */
function hasUnprintable(text: string): boolean {
  return /[\t\n]/.test(text) || hasInvisible(text);
}

/** The text as an operand of `printf %b`, quoted: backslashes doubled, what cannot be printed as octal bytes. */
function printfText(text: string): string {
  const escaped = Array.from(text, (character) => {
    if (character === '\\') return '\\\\';
    if (!hasUnprintable(character)) return character;
    return [...Buffer.from(character)].map((byte) => `\\0${byte.toString(8).padStart(3, '0')}`).join('');
  });
  return singleQuoted(escaped.join(''));
}

function headerWord(name: string, value: string, variables: KeyVariables): string {
  return wordWithKeys(value === '' ? `${name};` : `${name}: ${value}`, variables);
}

/** A word; placeholders for keys become variables of the shell, outside the single quotes. */
function wordWithKeys(text: string, variables: KeyVariables): string {
  return text
    .split(/(<API key>|<admin API key>)/)
    .filter((part) => part !== '')
    .map((part) => {
      if (part === KEY_PLACEHOLDER) return `"$${safeName(variables.key, KEY_VARIABLES.key)}"`;
      if (part === ADMIN_KEY_PLACEHOLDER) return `"$${safeName(variables.adminKey, KEY_VARIABLES.adminKey)}"`;
      return shellWord(part);
    })
    .join('');
}

function safeName(name: string, otherwise: string): string {
  return VARIABLE.test(name) ? name : otherwise;
}
