// What keeps one example from being of a format. The forms of the messages are those of failed jobs of the real
// service ("Example 100, message 2 Discriminator 'role' is missing in value"); examples and messages count from 1.
import { isList, isObject, type JsonObject, type JsonValue } from '../json.ts';
import type { DatasetFormat } from './facts.ts';

/** How preference data is keyed, which changed between editions (E-C15). */
export interface PreferenceKeys {
  readonly preferred: string;
  readonly nonPreferred: string;
}

const ROLES = ['system', 'developer', 'user', 'assistant', 'tool', 'function'];

/** The fault of an example against a format, or null. */
export function exampleFault(format: DatasetFormat, example: JsonObject, keys: PreferenceKeys): string | null {
  switch (format) {
    case 'chat':
      return chatFault(example);
    case 'completions':
      return completionsFault(example);
    case 'preference':
      return preferenceFault(example, keys);
    case 'reinforcement':
      return messagesFault(example['messages'], 'message');
  }
}

/** The format that the keys of an example point to. */
export function looksLike(example: JsonObject, keys: PreferenceKeys): DatasetFormat | 'unknown' {
  if (Object.hasOwn(example, 'input') || Object.hasOwn(example, keys.preferred)) return 'preference';
  if (Object.hasOwn(example, 'prompt') || Object.hasOwn(example, 'completion')) return 'completions';
  if (!Object.hasOwn(example, 'messages')) return 'unknown';
  return hasAssistant(example['messages']) ? 'chat' : 'reinforcement';
}

function chatFault(example: JsonObject): string | null {
  const fault = messagesFault(example['messages'], 'message');
  if (fault !== null) return fault;
  return hasAssistant(example['messages']) ? null : 'must have at least one message from the assistant';
}

function completionsFault(example: JsonObject): string | null {
  for (const key of ['prompt', 'completion']) {
    if (typeof example[key] !== 'string') return `'${key}' is missing or no string`;
  }
  return null;
}

function preferenceFault(example: JsonObject, { preferred, nonPreferred }: PreferenceKeys): string | null {
  const input = example['input'];
  if (!isObject(input)) return "'input' is missing or no object";
  const fault = messagesFault(input['messages'], 'input message');
  if (fault !== null) return fault;
  for (const key of [preferred, nonPreferred]) {
    const output = example[key];
    if (!isList(output) || output.length !== 1) return `'${key}' must be a list of one assistant message`;
    const outputFault = messagesFault(output, `${key} message`);
    if (outputFault !== null) return outputFault;
    if (!hasAssistant(output)) return `'${key}' must be a message from the assistant`;
  }
  return null;
}

function messagesFault(messages: JsonValue | undefined, what: string): string | null {
  if (!isList(messages)) return "'messages' is missing or no list";
  if (messages.length === 0) return "'messages' is empty";
  for (const [index, message] of messages.entries()) {
    const fault = messageFault(message);
    if (fault !== null) return `${what} ${index + 1} ${fault}`;
  }
  return null;
}

function messageFault(message: JsonValue): string | null {
  if (!isObject(message)) return 'is no object';
  if (!Object.hasOwn(message, 'role')) return "Discriminator 'role' is missing in value";
  const role = message['role'];
  if (typeof role !== 'string' || !ROLES.includes(role)) return "Input tag found using 'role' is not an expected tag";
  const content = message['content'];
  const calls = Object.hasOwn(message, 'tool_calls') || Object.hasOwn(message, 'function_call');
  if (typeof content !== 'string' && !isList(content) && !(calls && (content ?? null) === null)) {
    return "'content' is missing or neither text nor a list";
  }
  const weight = message['weight'];
  if (weight !== undefined && weight !== null && weight !== 0 && weight !== 1) return "'weight' must be 0 or 1";
  return null;
}

function hasAssistant(messages: JsonValue | undefined): boolean {
  return isList(messages) && messages.some((message) => isObject(message) && message['role'] === 'assistant');
}
