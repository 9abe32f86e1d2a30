import { endOfThoughts, marksOf, type ThinkMarks, type ThinkTag } from './thinkMarks';

/** A reply with the thoughts in it apart from what it says. */
export interface Split {
  readonly text: string;
  /** Empty where there are none. */
  readonly reasoning: string;
}

/**
 * Takes thoughts off the beginning of a text. A mark that is not closed leaves no text: all of it
 * is thought. A closing mark alone ends thoughts that a chat template began (`endOfThoughts`).
 */
export function splitReasoning(text: string, tags: readonly ThinkTag[]): Split {
  const all = tags.map(marksOf);
  const thoughts: string[] = [];
  let rest = text;
  for (let marks = openingOf(rest, all); marks; marks = openingOf(rest, all)) {
    const begin = rest.indexOf(marks.opening) + marks.opening.length;
    const close = rest.indexOf(marks.closing, begin);
    if (close < 0) {
      thoughts.push(rest.slice(begin));
      return { text: '', reasoning: joined(thoughts) };
    }
    thoughts.push(rest.slice(begin, close));
    rest = rest.slice(close + marks.closing.length).trimStart();
  }
  const closing = thoughts.length > 0 ? null : endOfThoughts(rest, all);
  if (closing) {
    thoughts.push(rest.slice(0, closing.start));
    rest = rest.slice(closing.end).trimStart();
  }
  return { text: rest, reasoning: joined(thoughts) };
}

function openingOf(text: string, all: readonly ThinkMarks[]): ThinkMarks | undefined {
  const start = text.trimStart();
  return all.find(({ opening }) => start.startsWith(opening));
}

function joined(thoughts: readonly string[]): string {
  return thoughts
    .map((thought) => thought.trim())
    .filter((thought) => thought !== '')
    .join('\n\n');
}
