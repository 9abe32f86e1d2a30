// Bundled apart as dist/tokenizer.js: three megabytes that most commands never need.
import { countTokens as count } from 'gpt-tokenizer/encoding/o200k_base';

/** Tokens of a text by o200k_base. Names of special tokens in it are text like any other. */
export function countTokens(text: string): number {
  return count(text, plain);
}

const plain = { disallowedSpecial: new Set<string>() };
