// What the comparison of two operations works with.
import type { Finding, Side } from './difference.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { LocatedOperation } from './operation-table.ts';
import type { SchemaReader } from './schema-view.ts';

/** An operation of a document, with what is needed to read it. */
export interface ComparedOperation extends LocatedOperation {
  readonly root: JsonObject;
  readonly reader: SchemaReader;
}

/** Takes down a finding, or all findings below a pair of schemas, for one operation. */
export interface Notes {
  readonly find: (side: Side, finding: Finding) => void;
  readonly compare: (side: Side, ours: JsonValue, theirs: JsonValue, at: string) => void;
}
