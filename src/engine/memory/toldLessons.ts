import type { Solver } from '../domain/ports';
import type { Lesson } from '../domain/rounds';
import { maxLessons } from '../domain/trajectory';
import { findLessons } from './lessons';

/**
 * The same solver, told what it learned of tasks like this one before the lessons of its own turns.
 * A search is told nothing: it has no words.
 */
export function withLessons(solver: Solver, lessons: readonly Lesson[]): Solver {
  if (lessons.length === 0) return solver;
  const { choosesAmongPassing } = solver;
  const limits = solver.screeningLimits?.bind(solver);
  const writeTests = solver.writeTests?.bind(solver);
  return {
    name: solver.name,
    ...(choosesAmongPassing === undefined ? {} : { choosesAmongPassing }),
    ...(limits ? { screeningLimits: limits } : {}),
    ...(writeTests ? { writeTests } : {}),
    propose(problem, history, signal, guidance) {
      if (!guidance) return solver.propose(problem, history, signal);
      const { language, prompt, entryPoint } = problem;
      const found = findLessons(lessons, { language, about: `${entryPoint} ${prompt}` });
      const own = guidance.approach.lessons;
      const told = [...found.map(({ text }) => text).filter((text) => !own.includes(text)), ...own];
      const approach = { ...guidance.approach, lessons: told.slice(-maxLessons) };
      return solver.propose(problem, history, signal, { ...guidance, approach });
    },
  };
}
