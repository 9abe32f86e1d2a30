import assert from 'node:assert/strict';
import fc from 'fast-check';
import { randomOf, shuffled } from '../../../../../../src/engine/domain/random';
import { applyEdit } from '../../../../../../src/engine/syntax/edits';
import { loadSyntax, type Syntax } from '../../../../../../src/engine/syntax/parser';
import {
  policyHash,
  policySchema,
  untaughtPolicy,
  type EditPolicy,
} from '../../../../../../src/engine/solvers/search/policy/editPolicy';
import type { PolicyExample } from '../../../../../../src/engine/solvers/search/policy/example';
import { featuresOf, isGeneral } from '../../../../../../src/engine/solvers/search/policy/features';
import { Objective } from '../../../../../../src/engine/solvers/search/policy/objective';
import {
  orderedBy,
  probabilitiesOf,
  scoresOf,
} from '../../../../../../src/engine/solvers/search/policy/order';
import {
  rankedEdits,
  stateOf,
  States,
} from '../../../../../../src/engine/solvers/search/policy/states';
import {
  trainPolicy,
  type TrainOptions,
} from '../../../../../../src/engine/solvers/search/policy/train';
import { byRank } from '../../../../../../src/engine/solvers/search/ranking';
import { assetsFolder } from '../../../../../support/assets';
import { comparisonExamples } from '../../../../../support/policyExamples';

describe('a policy of search repair', () => {
  const never = new AbortController().signal;
  let syntax: Syntax;
  let examples: readonly PolicyExample[];
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
    examples = await comparisonExamples(syntax);
  });

  function trained(options: Partial<TrainOptions> = {}) {
    return trainPolicy({
      ...{ syntax, examples, previous: untaughtPolicy, signal: never, ...options },
      // Six examples cannot outweigh what holds thousands back.
      settings: { l2: 0.3, special: 1, replayShare: 0.25, ...options.settings },
    });
  }

  function likelihood(policy: EditPolicy, of: readonly PolicyExample[]): number {
    const states = new States(syntax);
    const decisions = of.flatMap((example) => states.of(example, 400) ?? []);
    const objective = new Objective(decisions, states.names, policy.weights, policy.settings);
    return objective.likelihood(objective.previous);
  }

  function placeboOf(example: PolicyExample, seed: number): PolicyExample {
    const edits = rankedEdits(syntax, example, stateOf(syntax, example));
    const [any] = shuffled(edits, randomOf(seed, example.program));
    return { ...example, becomes: any ? applyEdit(example.program, any.edit) : example.becomes };
  }

  it('finds the right edit of every example', () => {
    assert.equal(examples.length, 6);
    for (const example of examples) assert.notEqual(new States(syntax).of(example, 400), null);
  });

  it('gives every state probabilities that sum to one, whatever the order of its edits', () => {
    const [example] = examples;
    assert.ok(example);
    const state = stateOf(syntax, example);
    const ranked = rankedEdits(syntax, example, state);
    const names = [...new Set(featuresOf(syntax, state, ranked).flatMap((one) => one.names))];
    const probabilities = (weights: Record<string, number>, edits: typeof ranked) =>
      probabilitiesOf(scoresOf(weights, edits, featuresOf(syntax, state, edits)));
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -8, max: 8, noNaN: true }), { minLength: 40, maxLength: 40 }),
        fc.integer(),
        (values, seed) => {
          const weights = Object.fromEntries(
            names.map((name, at) => [name, values[at % values.length] ?? 0]),
          );
          const all = probabilities(weights, ranked);
          const sum = all.reduce((total, one) => total + one, 0);
          assert.ok(Math.abs(sum - 1) < 1e-9, String(sum));
          const mixed = shuffled([...ranked.keys()], randomOf(Math.abs(seed), 'mix'));
          const others = probabilities(
            weights,
            mixed.flatMap((at) => ranked[at] ?? []),
          );
          for (const [place, at] of mixed.entries()) {
            assert.ok(Math.abs((others[place] ?? 0) - (all[at] ?? 0)) < 1e-9);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is the hand priority, edit for edit, as long as nothing was taught', () => {
    for (const example of examples) {
      const state = stateOf(syntax, example);
      const ranked = rankedEdits(syntax, example, state);
      assert.deepEqual(orderedBy(untaughtPolicy, syntax, state, ranked), byRank(ranked));
      const silent = { ...untaughtPolicy, weights: { 'operator=of another time': 3 } };
      assert.deepEqual(orderedBy(silent, syntax, state, ranked), byRank(ranked));
    }
  });

  it('makes the right edits more likely, on families that it never saw too', async () => {
    const { policy, report } = await trained({ examples: examples.slice(0, 4) });
    assert.ok((report.after ?? 0) > (report.before ?? 0) + 0.5);
    const held = examples.slice(4);
    assert.ok(likelihood(policy, held) > likelihood(untaughtPolicy, held) + 0.5);
    assert.deepEqual(policySchema.parse(policy), policy);
    assert.equal(policy.generation, 1);
    assert.equal(policy.parent, policyHash(untaughtPolicy));
    assert.equal(policy.trainedOn.families, 4);
    const wins = Object.values(policy.counts).reduce((sum, seen) => sum + seen.wins, 0);
    assert.equal(wins, 4);
  });

  it('learns nothing of the kind from labels that were drawn by lot', async () => {
    const held = examples.slice(4);
    const gain = async (learned: readonly PolicyExample[]): Promise<number> => {
      const { policy } = await trained({ examples: learned });
      return likelihood(policy, held) - likelihood(untaughtPolicy, held);
    };
    const truth = await gain(examples.slice(0, 4));
    let placebo = 0;
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      placebo += (await gain(examples.slice(0, 4).map((one) => placeboOf(one, seed)))) / 6;
    }
    assert.ok(truth > 1 && placebo < truth / 4, `${String(truth)} and ${String(placebo)}`);
  });

  it('stays with the policy before where that holds it back without end, and near it where strongly', async () => {
    const { policy: previous } = await trained({ examples: examples.slice(0, 3) });
    const later = examples.slice(3);
    const kept = await trained({ previous, examples: later, settings: { kl: 'infinite' } });
    assert.deepEqual(kept.policy.weights, previous.weights);
    assert.equal(kept.report.divergence, 0);
    const divergences: number[] = [];
    for (const kl of [0, 1, 100, 1e6]) {
      const { report } = await trained({ previous, examples: later, settings: { kl } });
      divergences.push(report.divergence ?? NaN);
    }
    for (const [at, less] of divergences.slice(1).entries()) {
      assert.ok(less < (divergences[at] ?? 0), divergences.join(' '));
    }
    assert.ok((divergences.at(-1) ?? 1) < 1e-4);
  });

  it('gives the same policy for the same examples, and for the same settings alone', async () => {
    const [one, two, other] = await Promise.all([
      trained(),
      trained(),
      trained({ settings: { temperature: 0.2, l2: 3 } }),
    ]);
    assert.equal(policyHash(one.policy), policyHash(two.policy));
    assert.notEqual(policyHash(one.policy), policyHash(other.policy));
  });

  it('weighs what earns more by exp(reward/τ)', async () => {
    const [first, second, third] = examples;
    assert.ok(first && second && third);
    const poor = { ...first, reward: 0 };
    const gain = async (temperature: number): Promise<number> => {
      const { policy } = await trained({
        examples: [poor, second, third],
        settings: { temperature },
      });
      return likelihood(policy, [first]);
    };
    assert.ok((await gain(10)) > (await gain(0.05)));
  });

  it('holds back what is said of one operator alone more than what is said of all', async () => {
    const most = async (special: number, general: boolean): Promise<number> => {
      const { policy } = await trained({ settings: { special } });
      const weights = Object.entries(policy.weights).filter(
        ([name]) => isGeneral(name) === general,
      );
      return Math.max(...weights.map(([, weight]) => Math.abs(weight)), 0);
    };
    assert.ok((await most(1000, false)) < (await most(1, false)) / 10);
    assert.ok((await most(1000, true)) > (await most(1, true)));
  });

  it('replays earlier examples up to its share, none twice, and caps each task', async () => {
    const [first] = examples;
    assert.ok(first);
    const { report } = await trained({
      examples: examples.slice(0, 3),
      replay: examples,
      settings: { replayShare: 0.4 },
    });
    assert.deepEqual([report.used, report.replayed], [5, 2]);
    const variants = [first, { ...first, reward: 0.9 }, { ...first, reward: 0.8 }, first];
    const capped = await trained({ examples: variants, settings: { perTask: 2 } });
    assert.deepEqual([capped.report.used, capped.report.leftOut.overCap], [2, 1]);
  });

  it('leaves out what no edit explains, and without anything to learn stays what it was', async () => {
    const poisoned = examples.map((example) => ({
      ...example,
      becomes: 'function f() { return fetch("https://example.org"); }\n',
    }));
    const { policy, report } = await trained({ examples: poisoned });
    assert.equal(policy, untaughtPolicy);
    assert.equal(report.leftOut.noEdit, examples.length);
    assert.equal((await trained({ examples: [] })).policy, untaughtPolicy);
  });

  it('ends when it is cancelled', async () => {
    const aborted = AbortSignal.abort();
    await assert.rejects(trained({ signal: aborted }), { name: 'AbortError' });
  });
});
