import { unrecorded } from '../../src/engine/domain/unrecorded';
import type { MachineJudge } from '../../src/engine/judge/machineJudge';
import type { makeTasks } from '../../src/engine/tasks/makeTasks';

/** How suites make tasks: by a judge, recorded nowhere, from sources of nobody else. */
export function makingWith(judge: MachineJudge) {
  return {
    judge,
    languageJudge: (language) => judge.for(language),
    effects: unrecorded,
    signal: new AbortController().signal,
    seed: 1,
    perFunction: 4,
    limit: 20,
    concurrency: 1,
    origin: { name: 'own', license: null },
    unjudged: () => null,
  } satisfies Partial<Parameters<typeof makeTasks>[0]>;
}
