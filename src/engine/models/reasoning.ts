/** A reply with the thoughts in it apart from what it says. */
export interface Split {
  readonly text: string;
  /** Empty where there are none. */
  readonly reasoning: string;
}

/**
 * Takes thinking tags off the beginning of a text. A tag that is not closed leaves no text: all
 * of it is thought. A closing tag alone on its line ends thoughts that a chat template began, but
 * not behind a block of code: there it is a stray one, and the code is what was asked for.
 */
export function splitReasoning(text: string, tags: readonly string[]): Split {
  if (!text.includes('<')) return { text, reasoning: '' };
  const thoughts: string[] = [];
  let rest = text;
  for (let opened = openingOf(rest, tags); opened; opened = openingOf(rest, tags)) {
    const close = rest.indexOf(`</${opened.tag}>`, opened.end);
    if (close < 0) {
      thoughts.push(rest.slice(opened.end));
      return { text: '', reasoning: joined(thoughts) };
    }
    thoughts.push(rest.slice(opened.end, close));
    rest = rest.slice(close + opened.tag.length + 3).trimStart();
  }
  const closing = thoughts.length > 0 ? null : closingOf(rest, tags);
  if (closing) {
    thoughts.push(rest.slice(0, closing.start));
    rest = rest.slice(closing.end).trimStart();
  }
  return { text: rest, reasoning: joined(thoughts) };
}

function openingOf(text: string, tags: readonly string[]): { tag: string; end: number } | null {
  const found = /^\s*<([\w-]+)>/.exec(text);
  const tag = found?.[1];
  return found && tag !== undefined && tags.includes(tag) ? { tag, end: found[0].length } : null;
}

function closingOf(text: string, tags: readonly string[]): { start: number; end: number } | null {
  for (const tag of tags) {
    const found = new RegExp(`^[ \\t]*</${tag}>[ \\t]*$`, 'm').exec(text);
    if (found && !/^[ \t]*(?:`{3}|~{3})/m.test(text.slice(0, found.index)))
      return { start: found.index, end: found.index + found[0].length };
  }
  return null;
}

function joined(thoughts: readonly string[]): string {
  return thoughts
    .map((thought) => thought.trim())
    .filter((thought) => thought !== '')
    .join('\n\n');
}
