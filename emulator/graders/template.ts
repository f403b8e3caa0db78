// Template strings of graders: {{sample.output_text}} is the text to grade, {{sample.output_json.x}} a member of it
// where it is JSON, {{item.x}} a member of the item.
import { isList, isObject, type JsonValue, member } from '../json.ts';

/** What templates may refer to. */
export interface Sample {
  readonly outputText: string;
  readonly item: JsonValue | undefined;
}

/** What went wrong with a template. */
export type TemplateFault = 'invalid_variable_error' | 'sample_parse_error';

export type Rendered = { readonly text: string } | { readonly fault: TemplateFault };

const VARIABLE = /\{\{([^{}]*)\}\}/g;

/** The text that a template comes to. */
export function render(template: string, sample: Sample): Rendered {
  let fault: TemplateFault | undefined;
  const text = template.replace(VARIABLE, (_, path: string) => {
    const found = lookUp(path.trim(), sample);
    if ('fault' in found) {
      fault ??= found.fault;
      return '';
    }
    return typeof found.value === 'string' ? found.value : JSON.stringify(found.value);
  });
  return fault === undefined ? { text } : { fault };
}

function lookUp(path: string, sample: Sample): { readonly value: JsonValue } | { readonly fault: TemplateFault } {
  const [root, first, ...rest] = path.split(/[.[\]]+/).filter((token) => token !== '');
  if (root === 'sample' && first === 'output_text' && rest.length === 0) return { value: sample.outputText };
  if (root === 'sample' && first === 'output_json') {
    const json = parsed(sample.outputText);
    return json === undefined ? { fault: 'sample_parse_error' } : follow(json, rest);
  }
  if (root === 'item' && first !== undefined) return follow(sample.item, [first, ...rest]);
  return { fault: 'invalid_variable_error' };
}

function follow(
  value: JsonValue | undefined,
  tokens: readonly string[],
): { readonly value: JsonValue } | { readonly fault: TemplateFault } {
  let current = value;
  for (const token of tokens) {
    if (isList(current)) current = current[Number(token)];
    else current = isObject(current) ? member(current, token) : undefined;
  }
  return current === undefined ? { fault: 'invalid_variable_error' } : { value: current };
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
