import type { Solver } from './ports';

/** The same solver, but for how it proposes. */
export function proposing(solver: Solver, propose: Solver['propose']): Solver {
  const { name, choosesAmongPassing } = solver;
  const screeningLimits = solver.screeningLimits?.bind(solver);
  const writeTests = solver.writeTests?.bind(solver);
  return {
    ...{ name, propose },
    ...(choosesAmongPassing === undefined ? {} : { choosesAmongPassing }),
    ...(screeningLimits ? { screeningLimits } : {}),
    ...(writeTests ? { writeTests } : {}),
  };
}
