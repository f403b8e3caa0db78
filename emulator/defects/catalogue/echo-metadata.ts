// Metadata that does not come back as it was sent.
import { isObject, type JsonObject, type JsonValue, member, without } from '../../json.ts';
import type { Defect, Hooks } from '../defect.ts';
import { defect, editedObject, jobs, newJobs, sentCreates } from '../hooks.ts';

export const metadataDefects: readonly Defect[] = [
  defect(
    'metadata-lost',
    'Drops metadata on create, as a gateway with a list of known members does.',
    'echo.metadata',
    sentCreates((body) => without(body, 'metadata')),
  ),
  defect(
    'metadata-keys-lowercased',
    'Lowers the case of metadata keys.',
    'echo.metadata',
    pairs(([key, value]) => [key.toLowerCase(), value]),
  ),
  defect(
    'metadata-keys-without-dots',
    'Writes underscores for dots in metadata keys, as their store knows no such names.',
    'echo.metadata',
    pairs(([key, value]) => [key.replaceAll('.', '_'), value]),
  ),
  defect(
    'metadata-values-trimmed',
    'Trims metadata values.',
    'echo.metadata',
    pairs(([key, value]) => [key, value.trim()]),
  ),
  defect(
    'metadata-mojibake',
    'Reads the UTF-8 of metadata values as Latin-1.',
    'echo.metadata',
    pairs(([key, value]) => [key, Buffer.from(value, 'utf8').toString('latin1')]),
  ),
  defect(
    'metadata-emoji-lost',
    'Loses characters beyond the basic plane in metadata values.',
    'echo.metadata',
    pairs(([key, value]) => [key, value.replace(/[\u{10000}-\u{10ffff}]/gu, '?')]),
  ),
  defect(
    'metadata-escaped',
    'Escapes metadata values for HTML.',
    'echo.metadata',
    pairs(([key, value]) => [key, value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')]),
  ),
  defect(
    'metadata-numbers-parsed',
    'Shows metadata values that look like numbers as numbers.',
    'echo.metadata',
    pairs(([key, value]) => [key, /^\d+(\.\d+)?$/.test(value) ? Number(value) : value]),
  ),
  defect(
    'empty-metadata-values-lost',
    'Drops pairs of metadata whose value is empty.',
    'echo.metadata',
    editedMetadata((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''))),
  ),
  defect(
    'sixteenth-pair-lost',
    'Keeps 15 pairs of metadata.',
    'echo.metadata',
    editedMetadata((all) => Object.fromEntries(Object.entries(all).slice(0, 15))),
  ),
  defect(
    'metadata-leaks',
    'Carries pairs of the metadata of the job before into the next one that has metadata.',
    'echo.metadata',
    sentCreates((body, memory) => {
      const own = body['metadata'];
      if (!isObject(own) || Object.keys(own).length === 0) return body;
      const before = memory.get('metadata');
      memory.set('metadata', own);
      const merged = { ...(isObject(before) ? before : {}), ...own };
      return Object.keys(merged).length > 16 ? body : { ...body, metadata: merged };
    }),
  ),
  defect(
    'metadata-empty-when-absent',
    'Shows empty metadata where none was sent.',
    'echo.metadata.null-when-absent',
    newJobs((job, sent) => (member(sent, 'metadata') === undefined ? { ...job, metadata: {} } : job)),
  ),
];

function editedMetadata(edit: (all: JsonObject) => JsonObject): Hooks {
  return jobs((job) => editedObject(job, ['metadata'], (all) => (isObject(all) ? edit(all) : all)));
}

function pairs(edit: (pair: readonly [key: string, value: string]) => readonly [string, JsonValue]): Hooks {
  return editedMetadata((all) =>
    Object.fromEntries(
      Object.entries(all).map(([key, value]) => (typeof value === 'string' ? edit([key, value]) : [key, value])),
    ),
  );
}
