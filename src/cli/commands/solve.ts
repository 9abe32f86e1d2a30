import { feedbackKinds, strategies } from '../../engine/domain/trajectory';
import { budgetStopIn } from '../../engine/domain/budgetStop';
import type { SolveEstimate, SolveRequest, SolveResult } from '../../engine/flywheel/workbench';
import { given, numberOf, textOf, wordOf } from '../given';
import { judgingOptions, modelOptions, type Command, type Values } from '../options';
import { passText, tasksText, typedNext, unansweredText } from '../words';
import { showRun } from './demo';
import { howMany } from '../../engine/domain/howMany';

const solvers = ['search', 'chat'] as const;
const stoppedByBudget = 4;
const modelMissing = 3;

export const solve: Command = {
  name: 'solve',
  options: {
    ...judgingOptions,
    tasks: { type: 'string' },
    run: { type: 'string' },
    solver: { type: 'string' },
    policy: { type: 'string' },
    model: { type: 'string' },
    'base-url': { type: 'string' },
    moved: { type: 'boolean' },
    samples: { type: 'string' },
    turns: { type: 'string' },
    'max-candidates': { type: 'string' },
    feedback: { type: 'string' },
    strategy: { type: 'string' },
    temperature: { type: 'string' },
    concurrency: { type: 'string' },
    seed: { type: 'string' },
    'max-tokens-total': { type: 'string' },
    'max-usd': { type: 'string' },
    'max-calls': { type: 'string' },
    'max-minutes': { type: 'string' },
    ...modelOptions,
  },
  records: true,
  numbers: {
    turns: 1,
    'max-candidates': 1,
    concurrency: 1,
    seed: 0,
    samples: 1,
    'max-tokens-total': 1,
    'max-calls': 1,
  },
  required: ['tasks', 'run'],
  async run({ workbench, values, progress, signal }) {
    const request = requestOf(values);
    if (request.solver === 'chat') {
      const { run: _, ...asked } = request;
      progress.say(estimateText(await workbench.estimate(asked, signal)));
    }
    const result = await workbench.solve(request, (run) => showRun(progress, run), signal);
    return { json: result, text: resultText(result, values), ...exitCodeOf(result) };
  },
};

function requestOf(values: Values): SolveRequest {
  return {
    run: String(values['run']),
    tasksFile: String(values['tasks']),
    ...(values['moved'] === true ? { moved: true } : {}),
    ...given({
      solver: wordOf(values, 'solver', solvers),
      policy: textOf(values, 'policy'),
      model: textOf(values, 'model'),
      baseUrl: textOf(values, 'base-url'),
      samples: numberOf(values, 'samples'),
      turns: numberOf(values, 'turns'),
      maxCandidates: numberOf(values, 'max-candidates'),
      feedback: wordOf(values, 'feedback', feedbackKinds),
      strategy: wordOf(values, 'strategy', strategies),
      temperature: numberOf(values, 'temperature'),
      concurrency: numberOf(values, 'concurrency'),
      seed: numberOf(values, 'seed'),
      maxTokensTotal: numberOf(values, 'max-tokens-total'),
      maxCalls: numberOf(values, 'max-calls'),
      maxMinutes: numberOf(values, 'max-minutes'),
      maxUsd: numberOf(values, 'max-usd'),
    }),
  };
}

function resultText(result: SolveResult, values: Values): string {
  const stops = Object.entries(result.byStop).map(([stop, count]) => `${stop} ${String(count)}`);
  const visible =
    result.solvedVisible === null ? 'no visible tests' : `${String(result.solvedVisible)} solved`;
  const price = result.usd === null ? 'cost unknown' : `${result.usd.toFixed(4)} USD`;
  const lines = [
    `${tasksText(result.tasks)}, ${visible}, ${passText(result.passedHidden)}`,
    `${howMany(result.candidates, 'candidate')}, ${result.seconds.toFixed(1)} s; stopped: ${stops.join(', ')}`,
  ];
  if (result.reason !== undefined) {
    lines.unshift(`Stopped early: ${result.reason}`, ...goOnText(result.reason));
  }
  const lost = unansweredText(result.unanswered);
  if (result.tokens > 0) lines.push(`${howMany(result.tokens, 'token')}, ${price}${lost}`);
  const next = [typedNext(`show ${result.run}`, values)];
  const isAnySolved = result.passedHidden > 0 || (result.solvedVisible ?? 0) > 0;
  if (isAnySolved) next.push(typedNext(`export --run ${result.run} --out DIR`, values));
  if (result.candidates > 0) lines.push(`Next: ${next.join(', ')}`);
  return lines.join('\n');
}

const boundOptions = {
  dollars: '--max-usd',
  tokens: '--max-tokens-total',
  calls: '--max-calls',
  minutes: '--max-minutes',
} as const;

/** What to type where a budget stopped it. */
function goOnText(reason: string): string[] {
  const stop = budgetStopIn(reason);
  if (stop === null) return [];
  const { scope, bound } = stop;
  const option = boundOptions[bound].replace('-total', scope === 'day' ? '' : '-total');
  const wider = `Go on: the same command with a larger ${option}${scope === 'day' ? '-per-day' : ''}`;
  return [scope === 'day' ? `${wider}, or the same again tomorrow.` : `${wider}.`];
}

/** Told before anything is called. */
function estimateText({ tasks, samples, turns, atMost, likely }: SolveEstimate): string {
  const price = ({ usd }: { readonly usd: number | null }): string =>
    usd === null ? 'price not known' : `${usd.toFixed(2)} USD`;
  const count = (tokens: number): string => tokens.toLocaleString('en-US');
  return `${tasksText(tasks)}, ${howMany(samples, 'sample')}, at most ${howMany(turns, 'turn')}: likely ${count(likely.tokens)} tokens (${price(likely)}), at most ${count(atMost.tokens)} (${price(atMost)})`;
}

function exitCodeOf({ byStop }: SolveResult): { exitCode?: number } {
  if ((byStop['budget'] ?? 0) > 0) return { exitCode: stoppedByBudget };
  return (byStop['modelUnavailable'] ?? 0) > 0 ? { exitCode: modelMissing } : {};
}
