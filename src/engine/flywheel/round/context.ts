import { UserError } from '../../domain/errors';
import type { RoundStep } from '../../domain/rounds';
import type { RunJournal } from '../../journal/runJournal';
import type { Engine } from '../engine';
import type { Notifier } from '../notifier';
import type { Allowance } from './allowance';
import type { Goals } from './goals';

/** What every step of a round works with. */
export interface RoundContext {
  readonly engine: Engine;
  readonly goals: Goals;
  readonly run: RunJournal;
  readonly notifier: Notifier;
  readonly allowance: Allowance;
  readonly confirm: ConfirmStep;
  /** Where the next generation of a chat model answers, as somebody named it this time. */
  readonly next?: { readonly model: string; readonly baseUrl?: string };
  readonly signal: AbortSignal;
}

/** Asks a person; no leaves everything as it was. */
export type ConfirmStep = (asked: StepAsked, signal: AbortSignal) => Promise<boolean>;

export interface StepAsked {
  readonly round: number;
  readonly step: RoundStep;
  /** What it will do and may cost, in numbers. */
  readonly tasks: number;
  readonly candidates: number;
}

/** Steps that cost model calls, and steps that change the solver. */
const spending: readonly RoundStep[] = ['measure', 'choose', 'evolve', 'solve', 'compare'];
const updating: readonly RoundStep[] = ['update'];

function isAsked(step: RoundStep, { autonomy, solver, evolve }: Goals): boolean {
  if (autonomy === 'high') return false;
  if (autonomy === 'low') return true;
  if (updating.includes(step)) return true;
  const spends = solver.kind === 'chat' || (step === 'evolve' && evolve.model !== undefined);
  return spends && spending.includes(step);
}

/** Where the state of rounds is recorded; a run has one for each round and step. */
export function stepKey(round: number, step: string) {
  return { task: 'round', sample: round, turn: 0, kind: `round/${step}`, ordinal: 0 };
}

/**
 * One step of a round: answered from the journal where it was done before, else confirmed where the
 * goals ask for that, done, and recorded whole. Throws UserError `notConfirmed` (exit code 4) where
 * nobody confirmed, and `budget` where nothing more may be begun.
 */
export async function step<T>(
  context: RoundContext,
  asked: StepAsked,
  input: unknown,
  produce: () => Promise<T>,
): Promise<T> {
  const { run, goals, confirm, allowance, signal, notifier } = context;
  const { round, step: name } = asked;
  run.note({
    phase: phases[name],
    done: 0,
    total: asked.tasks,
    round: { number: round, step: name },
  });
  notifier.touch();
  return run.once(stepKey(round, name), input, async () => {
    signal.throwIfAborted();
    const spent = allowance.spent();
    if (spent !== null) throw outOfBudget(spent);
    if (isAsked(name, goals)) {
      // A confirmation is kept: killed in the middle, the step goes on without asking again.
      await run.once(stepKey(round, `confirm/${name}`), {}, async () => {
        const isConfirmed = await confirm(asked, signal);
        signal.throwIfAborted();
        if (!isConfirmed) throw notConfirmed(asked);
        return { confirmed: true };
      });
    }
    return produce();
  });
}

const phases = {
  measure: 'evaluate',
  choose: 'refine',
  evolve: 'acquire',
  solve: 'refine',
  update: 'update',
  compare: 'evaluate',
} as const;

export function outOfBudget(reason: string): UserError {
  return new UserError({
    code: 'budget',
    message: reason,
    mend: 'Raise the budget in the goals file; the same command again goes on from here.',
    exitCode: 4,
  });
}

function notConfirmed({ round, step: name }: StepAsked): UserError {
  return new UserError({
    code: 'notConfirmed',
    message: `Round ${String(round)} waits for your word on the step ${name}`,
    mend: `The same command with --yes ${name} goes on; --yes all confirms every step.`,
    exitCode: 4,
  });
}
