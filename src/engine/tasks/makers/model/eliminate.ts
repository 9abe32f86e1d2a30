/** Fewest and most words of a text (Self-Instruct, 2212.10560). */
const fewestWords = 4;
const mostWords = 400;
const fewForRegrets = 80;
const stopWords = new Set(
  'a an and are as at be by for from has in is it its of on or that the this to was with'.split(
    ' ',
  ),
);
const ownWords =
  /\b(?:given prompt|rewritten prompt|given task|original task|new task|task that it was made from|code snippet|lines of code below|the (?:section|document) above)\b/i;

/**
 * Why a text is no task, by the heuristics of Self-Instruct and the elimination rules of
 * Evol-Instruct (2304.12244): too short or too long, regrets instead of a task, no words but stop
 * words, words of our own prompts. Null where it may be one.
 */
export function eliminated(text: string): string | null {
  const words: readonly string[] = text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  if (words.length < fewestWords) return 'its text is too short';
  if (words.length > mostWords) return 'its text is too long';
  if (words.includes('sorry') && words.length < fewForRegrets) return 'it is sorry';
  if (words.every((word) => stopWords.has(word))) return 'its text has no words but stop words';
  const own = ownWords.exec(text);
  if (own) return `it speaks of what it was made from: "${own[0]}"`;
  return /^[^\p{L}\p{N}`"'(*]/u.test(text.trim()) ? 'its text begins with a sign' : null;
}
