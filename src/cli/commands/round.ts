import { createInterface } from 'node:readline/promises';
import { howMany } from '../../engine/domain/howMany';
import { roundSteps, type RoundStep, type RoundView } from '../../engine/domain/rounds';
import type { ConfirmStep, RoundsRequest, StepAsked } from '../../engine/flywheel/workbench';
import { textOf } from '../given';
import {
  badUsage,
  judgingOptions,
  listOf,
  modelOptions,
  type Command,
  type Values,
} from '../options';
import { rejectedText, typedNext } from '../words';

export const round: Command = {
  name: 'round',
  options: {
    ...judgingOptions,
    ...modelOptions,
    goal: { type: 'string' },
    rounds: { type: 'string' },
    run: { type: 'string' },
    yes: { type: 'string' },
    'next-model': { type: 'string' },
    'next-base-url': { type: 'string' },
  },
  records: true,
  numbers: { rounds: 1 },
  required: ['goal', 'run'],
  async run({ workbench, values, progress, signal }) {
    const confirmed = confirmedSteps(values);
    const confirm: ConfirmStep = async (asked, stop) => {
      if (confirmed.has(asked.step)) return true;
      progress.end();
      return process.stdin.isTTY && process.stderr.isTTY ? askPerson(asked, stop) : false;
    };
    const result = await workbench.rounds(
      {
        goalFile: String(values['goal']),
        rounds: Number(values['rounds'] ?? 1),
        run: String(values['run']),
        ...nextOf(values),
      },
      confirm,
      (run) => {
        const { number, step } = run.round ?? { number: 0, step: 'acquire' };
        const what = number === 0 ? 'tasks' : `round ${String(number)}: ${stepWords[step]}`;
        progress.show(what, run.done ?? 0, run.total ?? null);
      },
      signal,
    );
    const text = [
      ...result.rounds.map(roundText),
      '',
      `${howMany(result.candidates, 'candidate')}, ${result.seconds.toFixed(1)} s`,
      ...(result.nextGoals === null
        ? []
        : [`Next goals, from the weakest cells: ${result.nextGoals}`]),
      `Next: ${typedNext(`round --goal ${String(values['goal'])} --rounds ${String(result.rounds.length + 1)} --run ${result.run}`, values)}`,
    ].join('\n');
    return { json: result, text };
  },
};

const stepWords: Readonly<Record<string, string>> = {
  acquire: 'tasks',
  measure: 'measure on held-out tasks',
  choose: 'choose where most can be learned',
  evolve: 'evolve the chosen tasks',
  solve: 'solve',
  update: 'verify again and update',
  compare: 'measure again',
};

function nextOf(values: Values): Pick<RoundsRequest, 'next'> {
  const model = textOf(values, 'next-model');
  const baseUrl = textOf(values, 'next-base-url');
  if (model !== undefined)
    return { next: { model, ...(baseUrl === undefined ? {} : { baseUrl }) } };
  if (baseUrl === undefined) return {};
  throw badUsage('--next-base-url needs --next-model, which says what answers there');
}

function confirmedSteps(values: Values): ReadonlySet<RoundStep> {
  const names = listOf(values['yes']) ?? [];
  const steps = names.flatMap((name): readonly RoundStep[] => {
    if (name === 'all') return roundSteps;
    const known = roundSteps.find((one) => one === name);
    if (known) return [known];
    throw badUsage(`--yes ${name}: steps are ${roundSteps.join(', ')}, or all`);
  });
  return new Set(steps);
}

async function askPerson(
  { round: number, step, tasks, candidates }: StepAsked,
  signal: AbortSignal,
): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const cost = step === 'update' ? '' : `, at most ${howMany(candidates, 'program')}`;
    const words = stepWords[step] ?? step;
    const question = `Round ${String(number)}, ${step}: ${words} (${howMany(tasks, 'task')}${cost}). Go on? [y/N] `;
    return /^y(es)?$/i.test((await lines.question(question, { signal })).trim());
  } finally {
    lines.close();
  }
}

/** A few lines for people on one round. */
function roundText({ number, choose, evolve, solve, update, compare }: RoundView): string {
  const lines: string[] = [];
  if (choose) {
    const chosen = choose.tasks.filter(({ isChosen }) => isChosen).length;
    const how = choose.isUniform ? ', by chance: no task told more than another' : '';
    lines.push(`chose     ${String(chosen)} of ${howMany(choose.tasks.length, 'task')}${how}`);
  }
  if (evolve) {
    lines.push(
      `evolved   ${String(evolve.made)} new tasks; rejected: ${rejectedText(evolve.rejected)}`,
      `mixed     ${String(evolve.old)} old and ${String(evolve.new)} new${evolve.warnings.map((one) => `; ${warningWords[one]}`).join('')}`,
    );
  }
  if (solve) lines.push(`solved    ${String(solve.solved)} of ${String(solve.tasks)} new tasks`);
  if (update) {
    lines.push(
      `updated   with ${String(update.pairs)} verified pairs and ${String(update.replayed)} examples of earlier rounds; not admitted: ${rejectedText(update.refused)}`,
    );
  }
  if (compare) {
    const { before, after, moved } = compare;
    const forgotten = moved.filter(({ isForgotten }) => isForgotten).map(({ id }) => id);
    lines.push(
      `before    ${rateText(before)}`,
      `after     ${rateText(after)}`,
      `so        ${outcomeWords[compare.outcome]}: ${points(compare.difference)} points [${compare.interval.map(points).join(', ')}], p ${compare.p.toFixed(3)}; ${powerText(compare.detectable)}`,
      `forgotten ${forgotten.join(', ') || 'none'}`,
      `${compare.isKept ? 'kept' : 'rolled back'}: ${keepWords[compare.reason]}`,
    );
  }
  return [`Round ${String(number)}`, ...lines.map((line) => `  ${line}`)].join('\n');
}

const warningWords = {
  saturated: 'nearly all are solved whichever sample: harder ones are made',
  lessDiverse: 'less varied than at first: more old ones stay',
  fewTasks: 'few new ones came: old ones fill up',
} as const;

const outcomeWords = { better: 'better', worse: 'worse', cannotTell: 'cannot tell' } as const;

const keepWords = {
  better: 'it is better',
  worse: 'it is worse',
  nothingLearned: 'nothing was learned that changes the solver',
  cannotTellHigher: 'these tasks cannot tell; more are solved than before',
  cannotTellLower: 'these tasks cannot tell; fewer are solved than before',
  cannotTellFewerCandidates: 'as many are solved, with fewer candidates',
  cannotTellMoreCandidates: 'as many are solved, with more candidates',
  cannotTellEqual: 'as many are solved as before',
} as const;

function rateText({
  rate,
  interval,
  tasks,
  candidatesToFix,
  generation,
}: NonNullable<RoundView['measure']>): string {
  const shown = [rate, ...interval].map((one) => (100 * one).toFixed(1));
  const cost =
    candidatesToFix === null ? '' : `, ${candidatesToFix.toFixed(1)} candidates to the fix`;
  return `${shown[0] ?? ''} % [${shown.slice(1).join(', ')}] of ${String(tasks)} held-out tasks${cost} (generation ${String(generation)})`;
}

function points(share: number): string {
  return `${share > 0 ? '+' : ''}${(100 * share).toFixed(1)}`;
}

function powerText(detectable: number | null): string {
  return detectable === null
    ? 'too few tasks moved to tell anything'
    : `a difference of ${(100 * detectable).toFixed(0)} points would be found four times out of five`;
}
