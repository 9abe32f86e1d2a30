import type { CodeBlock } from './codeBlocks';

const warning =
  /\b(?:wrong|incorrect|instead of|buggy|naive|broken|bad)\b|错误|错的|有误|有问题|不正确/i;

/** What went wrong, of which the block is shown as the place. */
const blamed =
  /\b(?:bug|problem|error|issue|mistake|fault)s? (?:was|is|were|are|lies|lay) (?:here|in (?:this|the|your)\b[^.:]*|on (?:this|the) line)\W*$|\byour (?:code|version|program|solution|function) (?:failed|fails|was|did)\b/i;

const things =
  '(?:version|code|program|function|implementation|solution|definition|one|attempt|file|snippet|method|class)';
/** What was there before: not a word about a signature that was kept. */
const outdated = new RegExp(
  [
    `\\b(?:old|older|original|previous|earlier|former|outdated)(?:,? \\w+)? ${things}s?\\b(?! (?:signature|name|interface)\\b)`,
    '^\\W*(?:(?:the|your|my) )?(?:old|original|before|previous|previously|earlier)\\W*(?:\\([^)]*\\)\\W*)?$',
    '\\b(?:old|original|previous)\\W*(?:was|is|looked like|read)?\\W*$',
    '\\b(?:was|looked like this|is how it looked|as it was) before\\W*$',
    '旧|原来|原先|原版|原始|之前|先前|以前',
  ].join('|'),
  'i',
);
const praising =
  /\b(?:correct|corrected|right|fixed|fix|final|improved|better|new|updated|revised|rewritten|replac(?:e|es|ing)|instead:|use (?:this|the following))\b|\bnot (?:wrong|naive)\b|(?<!不)正确|修[正复改]了?|改正|更正|新的|最终|改进|优化|替换/i;

/** Said against a block, whatever else the sentence says. */
const against =
  /\b(?:do not|don['’]t|never) use\b|\bbefore (?:(?:it|this) was |(?:the|my|this|that) )?(?:fix|fixed|fixing|change|changed|correction|corrected|edit|patch)\b|不要(?:使)?用|请勿使用|(?:修[正复改]|改动|更正)之?前(?!的(?:错|问题|bug))/i;

/** True where the last sentence before a block, its heading, or its first comment speaks against it. */
export function isWarnedOf({ lead, text }: CodeBlock): boolean {
  const lines = lead.trim().split('\n');
  const line = lines.at(-1) ?? '';
  const sentence = line.split(/(?<=[.!?])\s+(?=\S)|(?<=[。！？])(?=.)/).at(-1) ?? '';
  const heading = lines.findLast((one) => /^ {0,3}#{1,6} |^\s*\*\*[^*]+\*\*:?\s*$/.test(one)) ?? '';
  const first = text.trimStart().split('\n')[0] ?? '';
  const comment = /^(?:#|\/\/)/.test(first) ? first : '';
  return [sentence, heading, comment].some((said) => {
    if (against.test(said)) return true;
    const isBad = warning.test(said) || outdated.test(said) || blamed.test(said);
    return isBad && !praising.test(said);
  });
}
