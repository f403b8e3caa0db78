// Which paths make up the fine-tuning API, and when two paths are the same one. Vendors put prefixes before the paths
// and give the parameters names of their own.
import type { JsonObject } from './json.ts';

const PREFIX = /^(api|openai|v\d+[a-z0-9]*)$/i;

/** A path without version prefix, parameter names and a slash at its end: `/v1/files/{file-id}` is `/files/{}`. */
export function plainPath(path: string): string {
  const segments = path.split('/').slice(1);
  while (segments.length > 1 && PREFIX.test(segments[0] ?? '')) segments.shift();
  if (segments.at(-1) === '') segments.pop();
  return segments.map((segment) => `/${segment.startsWith('{') && segment.endsWith('}') ? '{}' : segment}`).join('');
}

/** The names of a path's parameters, in order. */
export function parameterNames(path: string): string[] {
  const segments = path.split('/').filter((segment) => segment.startsWith('{') && segment.endsWith('}'));
  return segments.map((segment) => segment.slice(1, -1));
}

const PATHS = new Set(['/files', '/files/{}', '/files/{}/content', '/models', '/models/{}']);

/** True for a path of the fine-tuning API: its own, and those of the files and models that it needs. */
export function isFineTuningPath(path: string): boolean {
  const plain = plainPath(path);
  return plain.startsWith('/fine_tuning/') || PATHS.has(plain);
}

/** The path items of the fine-tuning API. */
export function fineTuningPaths(paths: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(paths).filter(([path]) => isFineTuningPath(path)));
}
