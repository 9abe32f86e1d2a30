import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { OutcomeRecord } from '../../../../src/engine/domain/records';
import { ratesByTurn } from '../../../../src/engine/evaluation/byTurn';
import { mutateInputs } from '../../../../src/engine/judge/differential/mutateInputs';
import { reportText } from '../../../../src/engine/evaluation/report';
import { evaluationTable } from '../../../../src/engine/evaluation/table';
import { aTask, aVerdict } from '../../../support/builders';

const outcome = (parts: Partial<OutcomeRecord> = {}): OutcomeRecord => ({
  stop: 'solved',
  turns: 2,
  answer: 2,
  solvedVisible: true,
  passedHidden: true,
  candidates: 10,
  durationMs: 1,
  ...parts,
});

const result = (parts: Partial<OutcomeRecord>, operator = 'comparison') => ({
  task: aTask({
    source: { name: 's', license: null, maker: 'm', parent: null, fault: { operator } },
  }),
  outcome: outcome(parts),
  sameBehaviour: true,
  exactRevert: false,
});

describe('the evaluation', () => {
  it('leaves our own faults out of every share and counts them', () => {
    const table = evaluationTable([
      result({}),
      result({ stop: 'candidatesUsed', solvedVisible: false, passedHidden: false }),
      result({ stop: 'infrastructure', solvedVisible: false, passedHidden: null }),
    ]);
    assert.equal(table.all.solvedVisible.of, 2);
    assert.equal(table.all.solvedVisible.count, 1);
    assert.equal(table.infrastructure, 1);
    assert.deepEqual(table.byStop, { solved: 1, candidatesUsed: 1, infrastructure: 1 });
  });

  it('groups by language and by kind of fault', () => {
    const table = evaluationTable([result({}, 'boolean'), result({}, 'comparison'), result({})]);
    assert.deepEqual(
      table.byFault.map(({ group, tasks }) => [group, tasks]),
      [
        ['boolean', 1],
        ['comparison', 2],
      ],
    );
  });

  it('prints shares with intervals and never a bare 100 %', () => {
    const text = reportText(evaluationTable([result({}), result({})]));
    assert.match(text, /2 {2}100 % \[16–100\]/);
    assert.match(text, /Stopped because: solved 2/);
  });
});

describe('rates by turn', () => {
  it('are cumulative and follow the answer that stood at each turn', () => {
    const passed = aVerdict('passed');
    const failed = aVerdict('failed');
    const rates = ratesByTurn([
      { outcome: outcome({ turns: 1 }), hasVisible: true, scores: new Map([[1, passed]]) },
      {
        outcome: outcome({ turns: 3 }),
        hasVisible: true,
        scores: new Map([
          [1, failed],
          [3, passed],
        ]),
      },
      { outcome: outcome({ stop: 'infrastructure' }), hasVisible: true, scores: new Map() },
    ]);
    assert.deepEqual(rates, [
      { turn: 1, attempted: 2, solvedVisible: 1, passedHidden: 1 },
      { turn: 2, attempted: 2, solvedVisible: 1, passedHidden: 1 },
      { turn: 3, attempted: 2, solvedVisible: 2, passedHidden: 2 },
    ]);
  });

  it('count a task as solved from the first turn that passed, whatever came behind it', () => {
    const passed = aVerdict('passed');
    const rates = ratesByTurn([
      {
        ...{ outcome: outcome({ turns: 4 }), hasVisible: true, passedAt: 2 },
        scores: new Map([
          [1, aVerdict('failed')],
          [2, passed],
        ]),
      },
      { outcome: outcome({ turns: 3, solvedVisible: false }), hasVisible: true, scores: new Map() },
    ]);
    assert.deepEqual(
      rates.map(({ solvedVisible, passedHidden }) => [solvedVisible, passedHidden]),
      [0, 1, 1, 1].map((count) => [count, count]),
    );
  });

  it('have no share of visible tests where there are none', () => {
    const rates = ratesByTurn([
      {
        outcome: outcome({ turns: 1, solvedVisible: false }),
        hasVisible: false,
        scores: new Map(),
      },
    ]);
    assert.equal(rates[0]?.solvedVisible, null);
  });
});

describe('generated inputs', () => {
  const given = [
    { args: [[1, 2, 3], 'abc'], kwargs: null },
    { args: [[{ $: 'tuple', v: [1, 2] }], 'x'], kwargs: null },
  ];

  it('are the same for the same seed and others for another', () => {
    const make = (seed: number) => JSON.stringify(mutateInputs(given, 20, seed, 'k'));
    assert.equal(make(1), make(1));
    assert.notEqual(make(1), make(2));
  });

  it('keep the number and the types of arguments, and repeat nothing', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const made = mutateInputs(given, 30, seed, 'k');
        const texts = [...given, ...made].map((input) => JSON.stringify(input));
        assert.equal(new Set(texts).size, texts.length);
        for (const { args } of made) {
          assert.ok(Array.isArray(args) && args.length === 2);
          assert.ok(Array.isArray(args[0]));
          assert.equal(typeof args[1], 'string');
        }
      }),
      { numRuns: 30 },
    );
  });
});
