// Which keywords of JSON Schema 2020-12 the compiler knows.

/** Keywords whose value is one schema. */
export const SCHEMA_KEYWORDS = [
  'items',
  'additionalProperties',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
  'contains',
] as const;
/** Keywords whose value is a list of schemas. */
export const SCHEMA_LIST_KEYWORDS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'] as const;
/** Keywords whose value is a map of schemas. */
export const SCHEMA_MAP_KEYWORDS = ['properties', 'patternProperties', '$defs', 'dependentSchemas'] as const;
/** Keywords that constrain a value by themselves. */
const VALUE_KEYWORDS = [
  'type', 'enum', 'const', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf',
  'minLength', 'maxLength', 'pattern', 'format', 'minItems', 'maxItems', 'uniqueItems', 'minContains', 'maxContains',
  'minProperties', 'maxProperties', 'required', 'dependentRequired', '$ref',
] as const; // prettier-ignore
/** Keywords that describe and never constrain. */
export const ANNOTATION_KEYWORDS = [
  'title', 'description', 'default', 'deprecated', 'readOnly', 'writeOnly', 'example', 'examples', '$comment',
  'discriminator', 'xml', 'externalDocs', 'contentEncoding', 'contentMediaType', 'contentSchema',
] as const; // prettier-ignore

export const KNOWN_KEYWORDS: ReadonlySet<string> = new Set<string>([
  ...SCHEMA_KEYWORDS, ...SCHEMA_LIST_KEYWORDS, ...SCHEMA_MAP_KEYWORDS, ...VALUE_KEYWORDS, ...ANNOTATION_KEYWORDS,
]); // prettier-ignore
