import { isNumber } from '../kinds';
import type { Node } from '../node';
import { none, replace, type Family, type Words } from './operator';
import type { Language } from '../../domain/task';

const most = 12;
const longest = 40;

/**
 * A number or a text that the prompt names, for one that the program has. The faults it mends:
 * constants misread or mistyped, and wording that differs from what is asked for.
 */
export const wordsOfTask: Family = (node, { words }) => {
  if (words === undefined) return none;
  if (isNumber(node)) return words.numbers.map((number) => replace(node, number));
  return isPlainString(node) ? words.strings.map((text) => replace(node, text)) : none;
};

function isPlainString(node: Node): boolean {
  if (node.type !== 'string') return false;
  return node.children.every(({ type }) => type !== 'interpolation');
}

/**
 * Numbers, quoted texts, and the pieces between the names in capitals of quoted texts. Examples do
 * not count: what stands in them is what the tests ask, not what the program is to say.
 */
export function wordsOf(task: string, language: Language): Words {
  const prompt = withoutExamples(task);
  const quoted = [...prompt.matchAll(/(?<![\w])(["'`])((?:(?!\1)[^\n\\]){0,40})\1(?!\w)/g)].map(
    ([, , text = '']) => text,
  );
  const pieces = quoted.flatMap((text) => text.split(/\b[A-Z]{2,}\b/));
  const written = (text: string): string =>
    `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const percents = [...prompt.matchAll(/\b(\d{1,2})(?: ?%| percent)/g)].flatMap(
    ([, number = '0']) => [String(Number(number) / 100), String((100 - Number(number)) / 100)],
  );
  const numbers = [...prompt.matchAll(/(?<![\w.])\d{1,9}(?:\.\d{1,6})?(?![\w])/g)].map(
    ([number]) => number,
  );
  const isWritten = (number: string): boolean => language !== 'python' || !/^0\d/.test(number);
  return {
    numbers: [...new Set([...numbers, ...percents])].filter(isWritten).slice(0, most),
    strings: [...new Set([...quoted, ...pieces])]
      .filter((text) => text !== '' && text.length <= longest)
      .slice(0, most)
      .map(written),
  };
}

const example = /^\s*(?:>>>|assert\b|expect\()|\w\(.*\)\s*(?:==?>?|->|➞|→|returns?\b|should\b)/;

/** A prompt without its examples: lines with a call and its answer, and answers below a prompt sign. */
export function withoutExamples(prompt: string): string {
  const kept: string[] = [];
  let isAnswer = false;
  for (const line of prompt.split('\n')) {
    const isCall = example.test(line);
    if (!isCall && !(isAnswer && line.trim() !== '')) kept.push(line);
    isAnswer = /^\s*>>>/.test(line) || (isAnswer && line.trim() !== '');
  }
  return kept.join('\n');
}
