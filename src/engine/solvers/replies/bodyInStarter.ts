import type { Language, Problem } from '../../domain/task';
import { readTree } from '../../syntax/node';
import type { Syntax } from '../../syntax/parser';
import { fieldOf, named } from '../../syntax/walk';
import { cleanings } from './cleanings';
import type { CodeBlock } from './codeBlocks';
import { defines, readingOf } from './reading';
import { definitionIn, isNothing, isStub } from './stubs';

/**
 * A body alone in place of the empty one of the starter ("replace `...` by"), the docstring kept.
 * Null where the starter has a body already, or no block, or code named in a sentence, is one.
 */
export function bodyInStarter(
  text: string,
  blocks: readonly CodeBlock[],
  of: { readonly problem: Problem; readonly syntax: Syntax; readonly language: Language },
): string | null {
  const { problem, syntax, language } = of;
  const { starter, entryPoint } = problem;
  if (starter === undefined) return null;
  const base = readingOf(syntax, language, starter);
  if (!base.parses || !isStub(base, entryPoint)) return null;
  const said = /\breplace\s+`[^`\n]+`.{0,40}?\b(?:by|with)\s*:?\s*`([^`\n]+)`/i.exec(text)?.[1];
  const bodies = blocks.length > 0 ? blocks.map((block) => block.text) : said ? [said] : [];
  for (const body of bodies.toReversed().flatMap(leveled)) {
    const program = withBody(starter, body, of);
    if (program === null) continue;
    const made = readingOf(syntax, language, program);
    const isWhole = made.parses && made.statements.length === base.statements.length;
    if (isWhole && defines(made, entryPoint) && !isStub(made, entryPoint)) return program;
  }
  return null;
}

/** The texts that a body may be meant as, from the margin on. */
function leveled(body: string): string[] {
  const [first = '', ...rest] = body.replace(/^(?:[ \t]*\n)+/, '').split('\n');
  const isLost = /^\S.*[^:{([,\s]\s*$/.test(first) && rest.some((line) => line.trim() !== '');
  const indents = rest.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  // The indent of the first line alone was lost.
  const before = isLost ? ' '.repeat(Math.max(0, Math.min(...indents))) : '';
  return cleanings(`${before}${[first, ...rest].join('\n')}`).filter((text) => /^\S/.test(text));
}

function withBody(
  starter: string,
  body: string,
  { problem, syntax, language }: Parameters<typeof bodyInStarter>[2],
): string | null {
  const definition = named(readTree(syntax, language, starter))
    .map((statement) => definitionIn(statement, problem.entryPoint))
    .find((one) => one !== null);
  const block = definition && fieldOf(definition, 'body');
  if (!definition || !block) return null;
  const names = (fieldOf(definition, 'parameters')?.text ?? '').match(/[\p{L}_$][\p{L}\p{N}_$]*/gu);
  const uses = (names ?? []).some((name) =>
    body.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu)?.includes(name),
  );
  const isTrial = new RegExp(`^\\s*(?:print\\(|console\\.|assert\\b|${problem.entryPoint}\\()`);
  if (isTrial.test(body) || !(uses || /^\s*(?:return|yield)\b/m.test(body))) return null;
  const statements = named(block);
  const empty = statements.filter((one) => !/^["']/.test(one.text) && isNothing(one));
  const lineUpTo = (at: number): string => starter.slice(starter.lastIndexOf('\n', at - 1) + 1, at);
  const outer = /^[ \t]*/.exec(lineUpTo(definition.start))?.[0] ?? '';
  const own = statements[0] ? lineUpTo(statements[0].start) : outer;
  const usual = `${outer}${language === 'python' ? '    ' : '  '}`;
  const indent = own.trim() === '' && own.length > outer.length ? own : usual;
  const set = body.trimEnd().replace(/^(?=.*\S)/gm, indent);
  const [first] = empty;
  const last = statements.at(-1);
  if (first && last) {
    return `${starter.slice(0, first.start).trimEnd()}\n${set}${starter.slice(last.end)}`;
  }
  if (language === 'python') {
    return last ? `${starter.slice(0, last.end)}\n${set}${starter.slice(last.end)}` : null;
  }
  return `${starter.slice(0, block.start)}{\n${set}\n${outer}}${starter.slice(block.end)}`;
}
