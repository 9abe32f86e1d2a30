import { problemOf } from '../domain/task';
import type { FeedbackKind } from '../domain/trajectory';
import { hasFewTests } from '../debugging/settle';
import { estimateRun } from '../models/estimate';
import { loadTokenCounter } from '../models/tokens';
import { sampling } from '../solvers/conversation';
import { readTasks } from '../tasks/readTasks';
import { lentPrefix } from './chatModels';
import type { Engine } from './engine';
import { tasksMeant } from './solve';
import { chatDefaults } from './solverFor';
import type { SolveEstimate, SolveRequest } from './workbench';

/** So many prompts are counted; the rest is taken to be like them. */
const maxCounted = 50;

/** What a run with a chat model may cost, at most and likely, before anything is called. */
export async function estimateSolve(
  engine: Engine,
  request: Omit<SolveRequest, 'run'>,
  signal: AbortSignal,
): Promise<SolveEstimate> {
  const read = await readTasks(request.tasksFile, await engine.syntax());
  const tasks = tasksMeant(request, read.tasks);
  signal.throwIfAborted();
  const { assetsFolder } = engine.options;
  const tokens = loadTokenCounter(assetsFolder);
  const counted = tasks.slice(0, maxCounted).map((task) => {
    const approach = { kind: 'sample', breadth: 1, lessons: [], isStuck: false } as const;
    const [whole] = sampling(problemOf(task), approach);
    return whole ? tokens.prompt(whole.messages) : 0;
  });
  const promptTokens = Math.ceil(
    counted.reduce((sum, count) => sum + count, 0) / Math.max(1, counted.length),
  );
  const problems = tasks.map(problemOf);
  const { feedback = chatDefaults.feedback, strategy = chatDefaults.strategy } = request;
  const planned = {
    tasks: tasks.length,
    samples: request.samples ?? 1,
    turns: request.turns ?? chatDefaults.turns,
    choices: strategy === 'parallel' ? chatDefaults.breadth : 1,
    explained: problems.filter(({ tests }) => isExplained(feedback, tests.length)).length,
    withFewTests: problems.filter(hasFewTests).length,
    maxTokens: chatDefaults.maxReplyTokens,
    promptTokens,
  };
  const { model, baseUrl } = engine.models.named(request);
  const isLent = model?.startsWith(lentPrefix) === true;
  const price =
    model === undefined || isLent ? null : await engine.models.knownPrice(baseUrl, model);
  return { ...planned, ...estimateRun(planned, price), model: model ?? null };
}

/** Where nothing can be run there is only an explanation. */
function isExplained(feedback: FeedbackKind, tests: number): boolean {
  return (
    feedback === 'explain' || feedback === 'rubber-duck' || (tests === 0 && feedback !== 'simple')
  );
}
