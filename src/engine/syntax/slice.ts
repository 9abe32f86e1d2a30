import type { Language } from '../domain/task';
import { importsIn, isFromOtherFile } from './imports';
import { moduleStatements, type ModuleStatement } from './moduleStatements';
import { readTree } from './node';
import type { Syntax } from './parser';
import { Scopes } from './scopes';

export interface Slice {
  /** The statements kept, in their order, each with its text unchanged. */
  readonly source: string;
  /** Asked names that no top-level statement defines. */
  readonly missing: readonly string[];
  /** Modules imported by what was kept that are files of the program or installed packages. */
  readonly otherFiles: readonly string[];
}

/** The top-level statements of a module that the named functions need to run, transitively. */
export function sliceFor(
  syntax: Syntax,
  language: Language,
  source: string,
  names: readonly string[],
): Slice {
  const root = readTree(syntax, language, source);
  const statements = moduleStatements(root, language, source, new Scopes(root));
  const missing = names.filter((name) => !statements.some((one) => defines(one, name)));
  const kept = neededStatements(statements, names);
  const otherFiles = kept
    .flatMap((statement) => importsIn(statement.node))
    .filter((found) => isFromOtherFile(language, found))
    .map((found) => found.module);
  return {
    source: joined(statements, kept, source, language),
    missing,
    otherFiles: [...new Set(otherFiles)],
  };
}

function defines(statement: ModuleStatement, name: string): boolean {
  return !statement.isImport && statement.gives.includes(name);
}

/** The statements that the named ones need to run, themselves among them, in their order. */
export function neededStatements(
  statements: readonly ModuleStatement[],
  names: readonly string[],
): readonly ModuleStatement[] {
  const open = names.filter((name) => statements.some((one) => defines(one, name)));
  const wanted = new Set(open);
  const kept = new Set<ModuleStatement>(statements.filter(isAlwaysKept));
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const statement of statements) {
      if (kept.has(statement) || isMainGuard(statement) || !statement.gives.includes(name))
        continue;
      kept.add(statement);
      for (const other of [...statement.takes, ...statement.gives]) {
        if (wanted.has(other)) continue;
        wanted.add(other);
        open.push(other);
      }
    }
  }
  const given = new Set(statements.flatMap((statement) => statement.gives));
  const hasUnknown = [...wanted].some((name) => !given.has(name));
  return statements.filter(
    (statement) => kept.has(statement) || (hasUnknown && importsEverything(statement)),
  );
}

/** What changes the meaning of the rest: `from __future__`, 'use strict'. */
function isAlwaysKept({ node }: ModuleStatement): boolean {
  return node.type === 'future_import_statement' || /^(['"])use strict\1;?$/.test(node.text);
}

/** An unknown name may come from `from module import *`. */
function importsEverything({ node }: ModuleStatement): boolean {
  return node.children.some((child) => child.type === 'wildcard_import');
}

export function isMainGuard({ node }: ModuleStatement): boolean {
  return node.type === 'if_statement' && /^if\s*\(?\s*__name__\s*==/.test(node.text);
}

/** Statements of one file as a text, with as much room between them as they had. */
export function joined(
  statements: readonly ModuleStatement[],
  kept: readonly ModuleStatement[],
  source: string,
  language: Language,
): string {
  let text = '';
  let previous: ModuleStatement | undefined;
  for (const statement of kept) {
    if (previous !== undefined) {
      const wereNeighbours = statements.indexOf(previous) + 1 === statements.indexOf(statement);
      const between = source.slice(previous.end, statement.start);
      text +=
        wereNeighbours && /^\s*\n\s*$/.test(between)
          ? '\n'.repeat(Math.min(3, between.split('\n').length - 1))
          : gap(previous, statement, language);
    }
    text += source.slice(statement.start, statement.end);
    previous = statement;
  }
  return text === '' ? '' : `${text}\n`;
}

function gap(above: ModuleStatement, below: ModuleStatement, language: Language): string {
  if (above.isImport && below.isImport) return '\n';
  if (language === 'python' && (isDefinition(above) || isDefinition(below))) return '\n\n\n';
  return language === 'python' && !above.isImport ? '\n' : '\n\n';
}

function isDefinition({ node }: ModuleStatement): boolean {
  return node.type.endsWith('_definition');
}
