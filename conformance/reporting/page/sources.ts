// What the short names of sources stand for, for readers who do not have the register at hand.

/** Tag and what it names. */
export const SOURCE_TAGS: readonly (readonly [string, string])[] = [
  ['S000', 'API reference, edition of April 2024'],
  ['S001', 'OpenAPI document as rendered, edition of May 2025'],
  ['S002', 'SDK reference, edition of September 2024'],
  ['S003', 'Python SDK, edition of May 2025'],
  ['S004', 'API reference, edition of December 2025'],
  ['SPEC', 'the OpenAPI document that OpenAI publishes, openai/openai-openapi'],
  ['GUIDE-SFT', 'OpenAI’s guide to supervised fine-tuning'],
  ['GUIDE-RFT', 'OpenAI’s guide to reinforcement fine-tuning'],
  ['NETREC', 'traffic recorded in openai/openai-dotnet'],
  ['RBREC', 'traffic recorded in alexrudall/ruby-openai'],
  ['RFC', 'standards of the IETF: 9110 for HTTP, 8259 for JSON'],
];
