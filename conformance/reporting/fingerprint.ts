// When two failures are the same failure. A fingerprint outlives runs: it is made of the requirement, the site and the
// message without what changes from run to run, so that a waiver written today still fits tomorrow.
import { createHash } from 'node:crypto';

const DIGITS = 12;

/** The fingerprint of a failure: twelve hexadecimal digits. */
export function fingerprintOf(requirement: string, site: string | undefined, message: string): string {
  // The separator can stand in none of the three, so that no two triples make the same text.
  const text = [requirement, normalised(site ?? ''), normalised(message)]
    .map((part) => part.replaceAll('\n', ' '))
    .join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, DIGITS);
}

/** Text between quotes, also where it was cut with an ellipsis and its closing quote is lost. */
const QUOTED = /"(?:[^"\\…]|\\.)*(?:"|…"?|$)|`[^`]*`|(?<![\p{L}\p{N}])'[^']*'(?![\p{L}\p{N}])/gsu;
/** An ISO date, with or without a time. */
const TIME = /\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?/g;
/** ftjob-a1, file-abc…, job_7, ft:gpt-4o-mini:org::id, and other names with a prefix that the API gives out. */
const PREFIXED = /\b(?:ftjob|file|ftevent|ftckpt|ft|job|cp|req|org|proj|step|evt|model)[-_:][\w:.-]*\w/gi;
/** Eight or more letters and digits with both among them: the rest of the ids. */
const MIXED = /\b(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{8,}\b/gi;
const NUMBER = /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi;
/** The innermost object or list, or one whose end was cut. */
const INNERMOST = /\{[^{}[\]]*\}|\[[^{}[\]]*\]|[{[][^{}[\]…]*…/g;

/** Text without times and ids, which differ between runs that saw the same. */
export function withoutIds(text: string): string {
  return text.replace(TIME, '<time>').replace(PREFIXED, '<id>').replace(MIXED, '<id>');
}

/** A message without quoted text, times, ids, numbers and JSON values. */
export function normalised(message: string): string {
  let text = message
    .slice(0, 2_000)
    .replace(QUOTED, (quoted) => (quoted.endsWith('…') ? '<text>…' : '<text>'))
    .replace(TIME, '<time>')
    .replace(PREFIXED, '<id>')
    .replace(MIXED, '<id>')
    .replace(NUMBER, '<number>');
  // Nesting is as deep as the data: each round takes off one layer, and a message is short.
  for (let rounds = 0; rounds < 50; rounds += 1) {
    const flatter = text.replace(INNERMOST, '<json>');
    if (flatter === text) break;
    text = flatter;
  }
  return text.replaceAll('…', '');
}
