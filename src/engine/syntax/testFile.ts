import type { Language } from '../domain/task';
import { moduleStatements } from './moduleStatements';
import { readTree } from './node';
import type { Syntax } from './parser';
import { pythonTests } from './pythonTests';
import { Scopes } from './scopes';
import { scriptTests } from './scriptTests/scriptTests';

/** A test file taken apart into pieces that run without its framework. */
export interface TestFile {
  /** What is imported that is not of the language itself: the code under test. */
  readonly imports: readonly { readonly module: string; readonly names: readonly string[] }[];
  /** Code that the tests may use: constants, functions, imports of the language's own modules. */
  readonly support: string;
  /** As much of it as some of the tests need. */
  readonly supportFor: (tests: readonly FoundTest[]) => string;
  readonly tests: readonly FoundTest[];
  /** Tests that would not run on their own, each with why. */
  readonly skipped: readonly SkippedTest[];
}

export interface FoundTest {
  /** `TestSlugify.test_joins`, or the titles: `slugify > joins words`. */
  readonly name: string;
  /** Statements for the top of a Python module, or for the body of an async function. */
  readonly source: string;
  /** From 1. */
  readonly line: number;
  /** Identifiers that the source uses, itself or through support. */
  readonly mentions: readonly string[];
  /** Its checks as tests of their own, where it has several. */
  readonly parts?: readonly FoundTest[];
}

export interface SkippedTest {
  readonly name: string;
  readonly line: number;
  readonly reason: string;
}

/**
 * Reads unittest classes and pytest functions in Python, `test`, `it` and `describe` in
 * JavaScript and TypeScript. What it does not understand is skipped with a reason, never guessed.
 * `subject` are names of the code under test that the file has without importing them.
 */
export function readTestFile(
  syntax: Syntax,
  language: Language,
  source: string,
  subject: readonly string[] = [],
): TestFile {
  const root = readTree(syntax, language, source);
  const statements = moduleStatements(root, language, source, new Scopes(root));
  const read = language === 'python' ? pythonTests : scriptTests;
  return read(statements, source, subject);
}
