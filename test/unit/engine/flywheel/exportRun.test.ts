import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DatasetRecord, Refusal } from '../../../../src/engine/datasets/pair';
import { HeldOut } from '../../../../src/engine/datasets/curation/heldOut';
import { usualCuration } from '../../../../src/engine/datasets/curation/settings';
import { formats } from '../../../../src/engine/datasets/formats/formats';
import { trl } from '../../../../src/engine/datasets/formats/trl';
import { rowKinds } from '../../../../src/engine/datasets/row';
import { usualRows } from '../../../../src/engine/datasets/rows';
import { readVersion } from '../../../../src/engine/datasets/version';
import type { Program } from '../../../../src/engine/domain/ports';
import type { Task, Test } from '../../../../src/engine/domain/task';
import type { Verdict } from '../../../../src/engine/domain/verdict';
import { exportRun, type ExportOptions } from '../../../../src/engine/flywheel/exportRun';
import { textOf } from '../../../../src/engine/flywheel/exportVerify';
import { solveTasks } from '../../../../src/engine/flywheel/solveTasks';
import type { ExportPreview } from '../../../../src/engine/flywheel/workbench';
import { Journal } from '../../../../src/engine/journal/journal';
import { findPrivate } from '../../../../src/engine/redaction/findPrivate';
import { ChatSolver } from '../../../../src/engine/solvers/chatSolver';
import { loadSyntax } from '../../../../src/engine/syntax/parser';
import { assetsFolder } from '../../../support/assets';
import { aTask } from '../../../support/builders';
import { asks, block, FakeChatModel } from '../../../support/chat';
import { CommentJudge, saying } from '../../../support/comments';
import { aRecord } from '../../../support/records';
import { temporaryFolder } from '../../../support/temporary';

const never = new AbortController().signal;

/** A judge whose verdicts on chosen programs can be changed at export. */
class ChangingJudge extends CommentJudge {
  change: (program: string, found: Verdict) => Verdict = (_, found) => found;

  override async judge(program: Program, tests: readonly Test[]): Promise<Verdict> {
    return this.change(program.source, await super.judge(program, tests));
  }
}

/** Programs of the two families here differ in a number only. */
const curation = { ...usualCuration, similarity: 1 };

describe('exporting runs', () => {
  const folder = temporaryFolder();
  const tasks = ['a', 'b'].map((name): Task => {
    const { starter: _, ...task } = aTask({ prompt: `Write double(x). ${name}` });
    return { ...task, id: name, family: `family ${name}` };
  });

  /** Wrong first, right after it was told; each sample writes a program of its own. */
  const drive = async (journal: Journal, run = 'r', modelName = 'fake@test', first = 0) => {
    const model = new FakeChatModel((request, call) => {
      if (asks(request) === 'explanation') return 'It returns x.';
      const own = `n${String(first + call)} = ${String(first + call)}\n`;
      const isRight = asks(request) === 'correction';
      const text = isRight ? saying('v1 v2 v3 h1 h2') : saying('v1', `x${String(call)}`);
      return block(`${own}${text}`);
    });
    const { contextTokens } = model;
    const settings = { seed: 1, temperature: null, samples: 2, maxReplyTokens: 1000 };
    const driven = journal.drive({
      id: run,
      kind: 'solve',
      title: 't',
      solver: 'chat@1',
      settings,
    });
    driven.setTasks(tasks);
    await solveTasks({
      ...{ tasks, samples: 2, concurrency: 1, judge: new CommentJudge(), journal: driven },
      solver: new ChatSolver({
        model: {
          name: modelName,
          contextTokens,
          complete: (request, signal) => model.complete(request, signal),
        },
        ...{ syntax: await loadSyntax(assetsFolder), settings },
      }),
      settings: {
        ...{ maxTurns: 3, maxCandidates: 100 },
        debugging: { feedback: 'explain', strategy: 'chain', breadth: 1, seed: 1 },
      },
      signal: new AbortController().signal,
      onChange: () => undefined,
    });
    driven.release('finished');
  };

  const exporting = async (journal: Journal, parts: Partial<ExportOptions> = {}) =>
    exportRun({
      ...{ journal, judge: new ChangingJudge(), syntax: await loadSyntax(assetsFolder) },
      ...{ countTokens: (text: string) => text.length, runs: ['r'], folder: folder.file('d') },
      ...{ format: trl, version: '0', curation },
      ...{ rows: { ...usualRows, kinds: rowKinds }, isolation: 'any', heldOut: new HeldOut([]) },
      ...{ heldOutFiles: [], parent: null, editorModels: false, concurrency: 2 },
      ...{ progress: () => undefined, signal: new AbortController().signal },
      ...parts,
    });

  const linesOf = <T>(file: string): T[] =>
    readFileSync(folder.file(file), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as T);

  const withJournal = async (work: (journal: Journal) => Promise<void>): Promise<void> => {
    const journal = Journal.open(folder.file('journal.db'));
    try {
      await work(journal);
    } finally {
      journal.close();
    }
  };

  it('takes every sample with all its turns, and the failing turn where there is no starter', () =>
    withJournal(async (journal) => {
      await drive(journal);
      const result = await exporting(journal);
      assert.equal(result.pairs, 4);
      const records = linesOf<DatasetRecord>('d/records.jsonl');
      assert.deepEqual(records.map(({ sample }) => sample).sort(), [0, 0, 1, 1]);
      for (const { attempts, answer } of records) {
        assert.deepEqual([attempts.map(({ status }) => status), answer], [['failed', 'passed'], 1]);
        assert.equal(attempts[0]?.explanation, 'It returns x.');
      }
      assert.equal(result.byKind.repair, 4);
      assert.equal(result.byKind.explained, 4);
      assert.match(readFileSync(folder.file('d/README.md'), 'utf8'), /trl sft --config/);
    }));

  it('gives the same bytes for the same journal and settings, for every format', () =>
    withJournal(async (journal) => {
      await drive(journal);
      for (const format of formats) {
        const [first, second] = [folder.file(`${format.name}-1`), folder.file(`${format.name}-2`)];
        const { files } = await exporting(journal, { format, folder: first });
        await exporting(journal, { format, folder: second });
        for (const file of files) {
          const [a, b] = [first, second].map((place) => readFileSync(path.join(place, file)));
          assert.ok(a && b?.equals(a), `${format.name}: ${file}`);
        }
      }
    }));

  const changes: readonly (readonly [string, (program: string, found: Verdict) => Verdict])[] = [
    ['notVerifiedAgain', (_, found) => ({ ...found, status: 'failed' })],
    ['infrastructure', (_, found) => ({ ...found, status: 'infrastructure' })],
    ['nearLimit', (_, found) => ({ ...found, durationMs: 2900 })],
    ['nearLimit', (_, found) => ({ ...found, output: 'x'.repeat(60_000) })],
  ];
  for (const [reason, change] of changes) {
    it(`refuses what at export is ${reason}, counts it and tells of it`, () =>
      withJournal(async (journal) => {
        await drive(journal);
        const judge = new ChangingJudge();
        judge.change = change;
        const result = await exporting(journal, { judge });
        assert.deepEqual([result.pairs, result.dropped], [0, { [reason]: 4 }]);
        const refused = linesOf<Refusal>('d/refused.jsonl');
        assert.deepEqual(
          refused.map(({ task }) => task),
          ['a', 'a', 'b', 'b'],
        );
      }));
  }

  it('refuses as flaky what passes once of two times', () =>
    withJournal(async (journal) => {
      await drive(journal);
      const judge = new ChangingJudge();
      const seen = new Set<string>();
      judge.change = (program, found) => {
        const isFirst = !seen.has(program);
        seen.add(program);
        return isFirst ? found : { ...found, status: 'failed' };
      };
      assert.deepEqual((await exporting(journal, { judge })).dropped, { flaky: 4 });
    }));

  it('keeps out held-out families, shared verdicts and the models of the editor', () =>
    withJournal(async (journal) => {
      await drive(journal);
      await drive(journal, 'lent', 'vscode-lm:copilot/x');
      const heldOut = new HeldOut([{ ...aTask({ prompt: 'z' }), family: 'family a' }]);
      assert.deepEqual((await exporting(journal, { heldOut })).dropped['heldOut'], 2);
      const separate = await exporting(journal, { isolation: 'separate' });
      assert.deepEqual(separate.dropped, { sharedIsolation: 4 });
      const lent = await exporting(journal, { runs: ['lent'] });
      assert.deepEqual([lent.pairs, lent.dropped], [0, { editorModel: 4 }]);
      const allowed = await exporting(journal, { runs: ['lent'], editorModels: true });
      assert.equal(allowed.pairs, 4);
      assert.match(readFileSync(folder.file('d/README.md'), 'utf8'), /may forbid training/);
    }));

  it('mixes in verified pairs of an earlier version, keeps its splits, and tells what changed', () =>
    withJournal(async (journal) => {
      await drive(journal);
      await drive(journal, 'later', 'fake@test', 100);
      await exporting(journal, { folder: folder.file('v1') });
      const parent = await readVersion(folder.file('v1'));
      const few = { ...curation, seed: 5, perTask: 3, replayShare: 0.5 };
      const result = await exporting(journal, { runs: ['later'], parent, curation: few });
      assert.equal(result.version, '1.1.0');
      const records = linesOf<DatasetRecord & { split: string }>('d/records.jsonl');
      assert.ok(records.some(({ isReplay }) => isReplay));
      for (const { task, split } of records) {
        assert.equal(split, parent.families.get(task.family));
      }
      const { comparison } = result;
      assert.ok(comparison && comparison.moved === 0);
      assert.equal(comparison.added + comparison.same, records.length);
    }));

  it('mixes in nothing that the filters of this dataset would refuse', () =>
    withJournal(async (journal) => {
      await drive(journal);
      await drive(journal, 'later', 'fake@test', 100);
      await exporting(journal, { folder: folder.file('v1'), curation: { ...curation, seed: 5 } });
      const parent = await readVersion(folder.file('v1'));
      const replaying = { ...curation, seed: 5, perTask: 3, replayShare: 0.5 };
      const mixed = async (parts: Partial<ExportOptions>) => {
        await exporting(journal, { runs: ['later'], parent, curation: replaying, ...parts });
        return linesOf<DatasetRecord>('d/records.jsonl').filter(({ isReplay }) => isReplay);
      };
      const usual = await mixed({});
      assert.ok(usual.length > 0 && usual.every(({ run }) => run === 'r'));
      const [first] = usual;
      assert.ok(first);
      // A held-out set that has one of its programs, of another family.
      const program = `${first.attempts[1]?.program ?? ''}${'# held out words beside '.repeat(4)}`;
      const held = { ...aTask({ prompt: 'z' }), reference: program, family: 'bench', hash: 'x' };
      const parentWithText = {
        ...parent,
        records: parent.records.map((record) => ({
          ...record,
          attempts: record.attempts.map((attempt) => ({ ...attempt, explanation: program })),
        })),
      };
      assert.deepEqual(await mixed({ heldOut: new HeldOut([held]), parent: parentWithText }), []);
      assert.deepEqual(await mixed({ curation: { ...replaying, licences: ['other'] } }), []);
      // With two programs of a task there is room for one more, with three for none.
      const perTask = Map.groupBy(usual, ({ task }) => task.hash);
      assert.ok([...perTask.values()].every((some) => some.length <= 1));
      assert.deepEqual(await mixed({ curation: { ...replaying, perTask: 2 } }), []);
    }));

  it('shows what goes in and what is dropped, and writes nothing where that is declined', () =>
    withJournal(async (journal) => {
      await drive(journal);
      const judge = new ChangingJudge();
      let refused = 0;
      const seen = new Map<string, boolean>();
      judge.change = (program, found) => {
        const isBad = seen.get(program) ?? refused++ < 1;
        seen.set(program, isBad);
        return isBad ? { ...found, status: 'failed' } : found;
      };
      let shown: ExportPreview | undefined;
      const declined = await exporting(journal, {
        judge,
        confirm: (preview) => Promise.resolve(((shown = preview), false)),
      });
      assert.ok(shown);
      assert.deepEqual([shown.pairs, shown.dropped], [3, { notVerifiedAgain: 1 }]);
      assert.deepEqual(
        shown.refused.map(({ reason }) => reason),
        ['notVerifiedAgain'],
      );
      assert.match(shown.examples.find(({ file }) => file.includes('prompt'))?.row ?? '', /^{"pro/);
      assert.deepEqual([declined.written, declined.files], [false, []]);
      assert.ok(!existsSync(folder.file('d')));
      const confirmed = await exporting(journal, { judge, confirm: () => Promise.resolve(true) });
      assert.deepEqual([confirmed.written, confirmed.rows], [true, shown.rows]);
      assert.ok(existsSync(folder.file('d/manifest.json')));
    }));

  it('prefers each answer to a wrong edit of it, and to none that its tests let pass', () =>
    withJournal(async (journal) => {
      await drive(journal);
      const judge = new ChangingJudge();
      const own = new Set<string>();
      judge.change = (program, found) =>
        own.has(program) || !/^n\d+ = 0$/m.test(program) ? found : { ...found, status: 'failed' };
      // Without a wrong edit there is no row; the edits of these programs pass, but for one kind.
      const none = await exporting(journal);
      assert.equal(none.byKind.injected, undefined);
      for (const { attempts, answer } of linesOf<DatasetRecord>('d/records.jsonl')) {
        own.add(attempts[answer ?? 0]?.program ?? '');
      }
      const result = await exporting(journal, { judge });
      const records = linesOf<DatasetRecord>('d/records.jsonl');
      const wrong = records.flatMap(({ injected }) => injected ?? []);
      assert.ok(wrong.length > 0);
      assert.equal(result.byKind.injected, wrong.length);
      for (const { program } of wrong) assert.ok(/^n\d+ = 0$/m.test(program) && !own.has(program));
      const kinds = rowKinds.filter((kind) => kind !== 'injected');
      const before = judge.judged.length;
      await exporting(journal, { judge, rows: { ...usualRows, kinds } });
      assert.equal(judge.judged.length - before, 8, 'each answer twice, and no edit');
    }));

  it('judges nothing for a folder that it may not write to', () =>
    withJournal(async (journal) => {
      await drive(journal);
      const judge = new ChangingJudge();
      judge.change = () => assert.fail('judged');
      await assert.rejects(exporting(journal, { judge, folder: folder.path }), {
        code: 'folderInUse',
      });
    }));

  const privateParts: readonly (readonly [string, Partial<Task>])[] = [
    ['secret', { reference: "password = 'hunter2-b8Kq91zL'\n" }],
    ['homePath', { family: '/home/ada/work/x.py' }],
    ['email', { source: { ...aTask().source, author: 'ada@lovelace.org' } }],
    [
      'homePath',
      { tests: [{ kind: 'io', id: 'h', role: 'hidden', stdin: '/Users/ada/x', stdout: '' }] },
    ],
  ];
  for (const [reason, parts] of privateParts) {
    it(`finds ${reason} in ${Object.keys(parts).join()} of a task, which its record holds`, async () => {
      const found = await findPrivate([textOf(aRecord({ task: aTask(parts) }))], never);
      assert.equal(found[0]?.kind, reason);
      const models = textOf(aRecord({ models: ['gpt@api.openai.com'] }));
      assert.deepEqual(await findPrivate([models], never), [null]);
    });
  }

  it('takes no earlier version that was changed since it was written', () =>
    withJournal(async (journal) => {
      await drive(journal);
      await exporting(journal);
      const file = folder.file('d/records.jsonl');
      writeFileSync(file, readFileSync(file, 'utf8').replace('return x', 'return y'));
      await assert.rejects(readVersion(folder.file('d')), { code: 'notADataset' });
    }));

  it('writes into a folder of its own only, and leaves no file of an earlier format there', () =>
    withJournal(async (journal) => {
      await drive(journal);
      await exporting(journal);
      const openai = formats.find(({ name }) => name === 'openai');
      assert.ok(openai);
      await exporting(journal, { format: openai });
      assert.throws(() => readFileSync(folder.file('d/recipes/sft.yaml')));
      writeFileSync(folder.file('other.txt'), 'mine');
      await assert.rejects(exporting(journal, { folder: folder.path }), { code: 'folderInUse' });
    }));
});
