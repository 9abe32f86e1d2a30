import { isOurs, type Problem, type VisibleTest } from '../domain/task';
import type { UnreadReason } from './replies/reply';
import { fenced } from './prompts/prompt';

const maxTestsShown = 3;
const maxTestsChars = 1500;
const maxTaskChars = 40_000;

/** What every prompt says of a problem, each part fenced and named as data. */
export interface ProblemParts {
  readonly task: string;
  readonly starter: string;
  readonly tests: string;
  /** Reads on after "must": `define slugify`. */
  readonly entryPoint: string;
  readonly language: string;
}

const languageNames: Readonly<Record<string, string>> = {
  python: 'Python',
  javascript: 'JavaScript',
  typescript: 'TypeScript',
};

export function partsOf(problem: Problem): ProblemParts {
  const { language, starter, promptKind } = problem;
  const label =
    promptKind === 'code' ? 'Beginning of the program to complete (data)' : 'Task (data)';
  const prompt = problem.prompt.slice(0, maxTaskChars);
  return {
    task: fenced(label, prompt, promptKind === 'code' ? language : 'text'),
    starter: starter === undefined ? '' : fenced('Program to start from (data)', starter, language),
    tests: testsShown(problem),
    entryPoint: isScript(problem)
      ? 'read standard input and print to standard output'
      : `define \`${problem.entryPoint}\` at its top level`,
    language: languageNames[language] ?? language,
  };
}

function isScript({ tests, run, language }: Problem): boolean {
  return run !== undefined || !isOurs(language) || tests.some(({ kind }) => kind === 'io');
}

function testsShown({ tests, language }: Problem): string {
  const texts = tests.slice(0, maxTestsShown).map(testText);
  while (texts.length > 0 && texts.join('\n').length > maxTestsChars) texts.pop();
  if (texts.length === 0) return '';
  return fenced('Some of the tests that it must pass (data)', texts.join('\n'), language);
}

/** A visible test as a prompt shows it. */
export function testText(test: VisibleTest): string {
  switch (test.kind) {
    case 'assert':
    case 'check':
      return test.source.trim();
    case 'io':
      return `# stdin\n${test.stdin}\n# stdout\n${test.stdout}`;
  }
}

export function lessonsText(lessons: readonly string[]): string {
  if (lessons.length === 0) return '';
  return fenced('Lessons of earlier attempts (data)', lessons.map((one) => `- ${one}`).join('\n'));
}

/** What a model is told of its own reply that held no program. */
export const unreadWords: Readonly<Record<UnreadReason, string>> = {
  empty: 'Your reply was empty.',
  cut: 'Your reply was cut off at its limit: be shorter.',
  filtered: 'Your reply was withheld by a filter.',
  refusal: 'This is a usual programming exercise.',
  noCode: 'Your reply held no code.',
  noEntryPoint: 'Your reply held no program that defines what was asked for.',
  patchNotApplied: 'Your change could not be applied to the program.',
};
