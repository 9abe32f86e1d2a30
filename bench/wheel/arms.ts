import { concurrently } from '../../src/engine/domain/concurrently';
import { randomOf, shuffled } from '../../src/engine/domain/random';
import { countedWeights } from '../../src/engine/solvers/search/policy/counts';
import {
  untaughtPolicy,
  type EditPolicy,
  type PolicySettings,
} from '../../src/engine/solvers/search/policy/editPolicy';
import type { PolicyExample } from '../../src/engine/solvers/search/policy/example';
import { orderedBy } from '../../src/engine/solvers/search/policy/order';
import { rankedEdits, stateOf, type States } from '../../src/engine/solvers/search/policy/states';
import { trainPolicy } from '../../src/engine/solvers/search/policy/train';
import type { EditOrder } from '../../src/engine/solvers/search/search';
import { applyEdit } from '../../src/engine/syntax/edits';
import type { Syntax } from '../../src/engine/syntax/parser';
import type { Injected } from './pool';
import { pathOf, stepsTo, trial, type Trial } from './trial';
import type { Verdicts } from './verdicts';

const never = new AbortController().signal;
export const atATime = 3;

/** How an arm learns; those without `learns` do not. */
export interface Arm {
  readonly name: string;
  /** At most; all unless told. */
  readonly seeds?: number;
  readonly learns?: {
    /** What stands for the right edit. */
    readonly labels: 'verified' | 'unverified' | 'shuffled' | 'injected';
    readonly replay: boolean;
    /** New tasks each round, where most is to be learned; else those of the first round. */
    readonly creator: boolean;
    /** Plain smoothed counts of operators instead of the training. */
    readonly counts?: boolean;
  };
}

const usual = { labels: 'verified', replay: true, creator: true } as const;

/** Those that decide come first. */
export const arms: readonly Arm[] = [
  { name: 'hand', seeds: 1 },
  { name: 'learned', learns: usual },
  { name: 'placebo', learns: { ...usual, labels: 'shuffled' } },
  { name: 'unverified', learns: { ...usual, labels: 'unverified' } },
  { name: 'no replay', learns: { ...usual, replay: false } },
  { name: 'no creator', learns: { ...usual, creator: false } },
  { name: 'oracle prior', learns: { ...usual, labels: 'injected' } },
  { name: 'counts', learns: { ...usual, counts: true } },
  { name: 'uniform', seeds: 1 },
];

export interface World {
  readonly syntax: Syntax;
  readonly verdicts: Verdicts;
  readonly states: States;
  readonly training: readonly Injected[];
  readonly rounds: number;
  readonly tasksPerRound: number;
  /** Verdicts for each task of a round. */
  readonly budget: number;
  readonly settings: Partial<PolicySettings>;
}

export interface RoundFacts {
  readonly solved: number;
  readonly tasks: number;
  readonly examples: number;
  /** Of the examples, those of programs that fail the hidden tests. */
  readonly wrong: number;
  readonly verdicts: number;
}

export interface Learned {
  /** After each round. */
  readonly policies: readonly EditPolicy[];
  readonly rounds: readonly RoundFacts[];
}

/** The rounds of one arm with one seed: solve, take what may be learned from, train, choose anew. */
export async function learn(
  { learns }: Pick<Arm, 'learns'>,
  seed: number,
  world: World,
): Promise<Learned> {
  if (!learns) return { policies: [], rounds: [] };
  const { syntax, verdicts, states, training, settings } = world;
  const policies: EditPolicy[] = [];
  const rounds: RoundFacts[] = [];
  let policy = untaughtPolicy;
  let earlier: PolicyExample[] = [];
  let tasks: readonly Injected[] = shuffled(training, randomOf(seed, 'first')).slice(
    0,
    world.tasksPerRound,
  );
  const met = new Set(tasks);
  for (let round = 1; round <= world.rounds; round++) {
    const { budget } = world;
    const options = {
      order: orderOf(policy, syntax),
      budget,
      until: 'choice',
      verdicts,
      syntax,
    } as const;
    const trials = await concurrently(tasks, atATime, never, async (injected) => {
      const result = await trial(injected.task, options);
      return {
        injected,
        result,
        ...(await examplesOf(injected, result, learns.labels, world, seed)),
      };
    });
    const done = trials.filter((one) => one !== null);
    const fresh = done.flatMap(({ examples }) => examples);
    if (learns.counts === true) {
      earlier = [...earlier, ...fresh];
      const decisions = earlier.flatMap((example) => states.of(example, 400) ?? []);
      policy = { ...untaughtPolicy, name: 'counts', weights: countedWeights(decisions) };
    } else {
      const replayShare = learns.replay ? settings.replayShare : 0;
      const trained = await trainPolicy({
        ...{ syntax, states, examples: fresh, previous: policy, signal: never },
        replay: learns.replay ? earlier : [],
        settings: { ...settings, ...(replayShare === undefined ? {} : { replayShare }), seed },
      });
      policy = trained.policy;
      earlier = [...earlier, ...fresh];
    }
    policies.push(policy);
    rounds.push({
      solved: done.filter(({ result }) => result.passing.some(({ isRight }) => isRight)).length,
      tasks: tasks.length,
      examples: fresh.length,
      wrong: done.reduce((sum, { wrong }) => sum + wrong, 0),
      verdicts: done.reduce((sum, { result }) => sum + result.candidates, 0),
    });
    if (learns.creator) {
      tasks = chosenAnew(done, world, met, randomOf(seed, `round ${String(round)}`));
      for (const task of tasks) met.add(task);
    }
  }
  return { policies, rounds };
}

/** Solutions of one task that are learned from at most. */
const perTask = 3;

async function examplesOf(
  injected: Injected,
  result: Trial,
  labels: NonNullable<Arm['learns']>['labels'],
  { verdicts, syntax }: World,
  seed: number,
): Promise<{ readonly examples: readonly PolicyExample[]; readonly wrong: number }> {
  const { task } = injected;
  if (labels === 'injected') {
    return { examples: await stepsTo(task, injected.undone, verdicts, syntax), wrong: 0 };
  }
  const admitted = result.passing
    .filter(({ isRight }) => isRight || labels === 'unverified')
    .slice(0, perTask);
  const made: PolicyExample[] = [];
  for (const { attempt } of admitted) {
    made.push(...(await stepsTo(task, pathOf(attempt), verdicts, syntax)));
  }
  const examples = labels === 'shuffled' ? made.map((one) => placebo(one, syntax, seed)) : made;
  return { examples, wrong: admitted.filter(({ isRight }) => !isRight).length };
}

/** The same state, and any of its edits as the right one. */
function placebo(example: PolicyExample, syntax: Syntax, seed: number): PolicyExample {
  const edits = rankedEdits(syntax, example, stateOf(syntax, example));
  const random = randomOf(seed, `${example.task} ${example.becomes}`);
  const any = edits[Math.floor(random() * edits.length)];
  return any ? { ...example, becomes: applyEdit(example.program, any.edit) } : example;
}

/** Drawn from all tasks alike, so that nothing is forgotten (eva, 2411.00062, mixes as much). */
const uniformShare = 0.2;
const leastWeight = 0.05;

/**
 * The creator: new tasks of the kinds of faults that were solved late, for most is to be learned
 * there; what was never solved tells nothing and what was solved at once little.
 */
function chosenAnew(
  done: readonly { readonly injected: Injected; readonly result: Trial }[],
  { training, tasksPerRound, budget }: World,
  met: ReadonlySet<Injected>,
  random: () => number,
): readonly Injected[] {
  const told = new Map<string, number[]>();
  for (const { injected, result } of done) {
    const first = result.passing.find(({ isRight }) => isRight);
    const worth = first ? Math.log(first.at) / Math.log(budget) : leastWeight;
    for (const kind of injected.kind.split('+')) told.set(kind, [...(told.get(kind) ?? []), worth]);
  }
  const all = [...told.values()].flat();
  const mean = all.reduce((sum, worth) => sum + worth, 0) / Math.max(1, all.length);
  const worthOf = ({ kind }: Injected): number => {
    const parts = kind.split('+').map((one) => {
      const seen = told.get(one) ?? [];
      return (seen.reduce((sum, worth) => sum + worth, 0) + 2 * mean) / (seen.length + 2);
    });
    return Math.max(leastWeight, ...parts);
  };
  const fresh = training.filter((injected) => !met.has(injected));
  // Weighted drawing without replacement by keys u^(1/w) (Efraimidis and Spirakis 2006).
  const keyed = fresh
    .map((injected) => ({ injected, key: random() ** (1 / worthOf(injected)) }))
    .sort((a, b) => b.key - a.key)
    .map(({ injected }) => injected);
  const chosen = keyed.slice(0, Math.round(tasksPerRound * (1 - uniformShare)));
  const rest = shuffled(
    training.filter((injected) => !chosen.includes(injected)),
    random,
  );
  return [...chosen, ...rest].slice(0, tasksPerRound);
}

export function orderOf(policy: EditPolicy, syntax: Syntax): EditOrder {
  return (state, ranked) => orderedBy(policy, syntax, state, ranked);
}

/** Every edit as likely as any other. */
export function uniformOrder(seed: number): EditOrder {
  return (state, ranked) => shuffled(ranked, randomOf(seed, state.program));
}
