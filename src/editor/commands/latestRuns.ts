import type { RunSummary } from '../../engine/domain/view';
import type { Desk } from '../desk';

/** Every run of the workspace as it is now, newest first. */
export function latestRuns({ runs, sessions }: Desk): Promise<RunSummary[]> {
  return runs.latest((run) => run === sessions.running);
}

/** `base`, numbered where a run has that name already: a name that is taken goes on with its run. */
export async function freeRunName(desk: Desk, base: string): Promise<string> {
  const plain = base.replace(/[^\w.-]+/g, '-');
  const taken = new Set((await latestRuns(desk)).map(({ id }) => id));
  let name = plain;
  for (let number = 2; taken.has(name); number++) name = `${plain}-${number}`;
  return name;
}
