import type { Language } from '../../domain/task';
import { moduleStatements, type ModuleStatement } from '../../syntax/moduleStatements';
import { readTree } from '../../syntax/node';
import type { Syntax } from '../../syntax/parser';
import { syntaxProblem } from '../../syntax/problem';
import { Scopes } from '../../syntax/scopes';

/** A text read as a program. */
export interface Reading {
  readonly text: string;
  /** False where the parser finds an error in it. */
  readonly parses: boolean;
  readonly statements: readonly ModuleStatement[];
  /** Names that its top level binds, imports included. */
  readonly gives: ReadonlySet<string>;
  /** Names that it reads and does not bind. */
  readonly lacks: ReadonlySet<string>;
}

/** Larger texts are not read: no program of a task is nearly as long. */
export const maxProgramChars = 200_000;

export function readingOf(syntax: Syntax, language: Language, text: string): Reading {
  // The grammar lets a whole program stand indented; Python does not.
  const isIndented = language === 'python' && /^(?:[ \t]*\n)*[ \t]+\S/.test(text);
  const parses =
    text.length <= maxProgramChars && !isIndented && syntaxProblem(syntax, language, text) === null;
  if (!parses) return { text, parses, statements: [], gives: new Set(), lacks: new Set() };
  const root = readTree(syntax, language, text);
  const statements = moduleStatements(root, language, text, new Scopes(root));
  const gives = new Set(statements.flatMap((statement) => statement.gives));
  const lacks = new Set(
    statements.flatMap(({ takes }) => [...takes]).filter((name) => !gives.has(name)),
  );
  return { text, parses, statements, gives, lacks };
}

/** True where a statement other than an import binds the name. */
export function defines(reading: Reading, name: string): boolean {
  return reading.statements.some(({ isImport, gives }) => !isImport && gives.includes(name));
}
