import type { Solver } from '../domain/ports';
import type { Lesson } from '../domain/rounds';
import { proposing } from '../domain/proposing';
import type { Problem } from '../domain/task';
import { maxLessons } from '../domain/trajectory';
import { findLessons } from './lessons';

/**
 * The same solver, told what it learned of tasks like this one before the lessons of its own turns.
 * A search is told nothing: it has no words.
 */
export function withLessons(solver: Solver, lessons: readonly Lesson[]): Solver {
  if (lessons.length === 0) return solver;
  return telling(solver, ({ language, prompt, entryPoint }) =>
    findLessons(lessons, { language, about: `${entryPoint} ${prompt}` }).map(({ text }) => text),
  );
}

/** The same solver, told the same of every task. */
export function alwaysTold(solver: Solver, texts: readonly string[]): Solver {
  return texts.length === 0 ? solver : telling(solver, () => texts);
}

function telling(solver: Solver, textsFor: (problem: Problem) => readonly string[]): Solver {
  return proposing(solver, (problem, history, signal, guidance) => {
    if (!guidance) return solver.propose(problem, history, signal);
    const own = guidance.approach.lessons;
    const told = [...textsFor(problem).filter((text) => !own.includes(text)), ...own];
    const approach = { ...guidance.approach, lessons: told.slice(-maxLessons) };
    return solver.propose(problem, history, signal, { ...guidance, approach });
  });
}
