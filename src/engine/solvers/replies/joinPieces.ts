import type { Language } from '../../domain/task';
import type { ModuleStatement } from '../../syntax/moduleStatements';
import type { Syntax } from '../../syntax/parser';
import { defines, readingOf } from './reading';

/**
 * A program with what it lacks from another piece of the same reply. `wanted` are names that tests
 * use: a function or a class of such a name is a part of the program too.
 */
export function withHelpers(
  current: string,
  piece: string,
  of: {
    readonly syntax: Syntax;
    readonly language: Language;
    readonly entryPoint: string;
    readonly wanted: ReadonlySet<string>;
  },
): string {
  const { syntax, language, entryPoint, wanted } = of;
  const program = readingOf(syntax, language, current);
  const lacks = new Set(program.lacks);
  const part = readingOf(syntax, language, piece);
  if (defines(part, entryPoint)) return current;
  const isWanted = ({ node, gives }: ModuleStatement): boolean =>
    definitions.test(node.type) &&
    gives.some((name) => wanted.has(name) && !program.gives.has(name));
  const helpers = new Set<ModuleStatement>();
  for (let size = -1; size < helpers.size;) {
    size = helpers.size;
    for (const statement of part.statements) {
      if (!statement.gives.some((name) => lacks.has(name)) && !isWanted(statement)) continue;
      helpers.add(statement);
      // What a helper needs comes with it.
      for (const name of statement.takes) lacks.add(name);
    }
  }
  if (helpers.size === 0) return current;
  const ordered = part.statements.filter((statement) => helpers.has(statement));
  const texts = ordered.map(({ start, end }) => piece.slice(start, end));
  return `${texts.join('\n\n')}\n\n${current}`;
}

const definitions = /^(?:class|function|generator_function|decorated)_(?:definition|declaration)$/;
