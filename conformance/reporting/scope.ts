// A narrowed run says so wherever its verdict is shown; this is how.
import type { HeaderLine } from './log.ts';

/** Every narrowing in words, or nothing where all was judged. */
export function scopeText(scope: HeaderLine['scope']): string {
  return Object.entries(scope)
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(', ') : String(value)}`)
    .join('; ');
}
