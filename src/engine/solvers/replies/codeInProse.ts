const begins =
  /^(?:def |async def |class |import |from \S+ import|@\w|function\b|async function|const |let |var |export |interface |type \w|\/\/|\/\*\*|#!|"use strict"|'use strict')/;

/** Most texts tried: a reply of many lines is no reason to parse for minutes. */
const maxTries = 300;

/**
 * The longest run of lines that is a program, in a text where code stands among prose with
 * nothing to set it off. `isProgram` decides; null where no run is one.
 */
export function codeInProse(text: string, isProgram: (run: string) => boolean): string | null {
  const lines = text.split('\n');
  const starts = lines.flatMap((line, at) => (begins.test(line) ? [at] : []));
  const ends = lines.flatMap((line, at) => {
    const next = lines[at + 1];
    const isEnd = next === undefined || next.trim() === '' || /^\S/.test(next);
    return line.trim() !== '' && isEnd ? [at] : [];
  });
  let tries = 0;
  for (const start of starts) {
    for (const end of ends.toReversed()) {
      if (end < start) break;
      if (++tries > maxTries) return null;
      const run = `${lines.slice(start, end + 1).join('\n')}\n`;
      if (isProgram(run)) return run;
    }
  }
  return null;
}

/** The code of a text that sets it off by an indent of four, as Markdown does; prose left blank. */
export function indentedOnly(text: string): string {
  return text
    .split('\n')
    .map((line) => /^(?: {4}|\t)(.*)$/.exec(line)?.[1] ?? '')
    .join('\n');
}
