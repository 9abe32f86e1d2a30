import { unhurried } from '../../domain/pause';
import { isOurs } from '../../domain/task';
import { sha256 } from '../../domain/hash';
import { SimilarityIndex } from '../../similarity/nearDuplicates';
import { skeletonOf } from '../../similarity/skeleton';
import { shapeOf } from '../../syntax/shape';
import type { Syntax } from '../../syntax/parser';
import { answerOf, failingOf, isPair, type DatasetRecord, type Pair, type Refusal } from '../pair';
import { partition, refusalOf } from './refuse';
import type { StepResult } from './settings';

const atATime = 200;

interface Working {
  readonly signal: AbortSignal;
  readonly told: (done: number) => void;
}

/**
 * Leaves out pairs whose program has the syntax tree of another of the same task, and pairs that
 * mend the same failing program in the same way in any task. The shortest stays, the first among
 * equals; one of an earlier version gives way. Records without a verified program stay.
 */
export async function withoutDuplicates<T extends DatasetRecord>(
  records: readonly T[],
  syntax: Syntax,
  { signal, told }: Working,
): Promise<StepResult<T>> {
  const shapes = new Shapes(syntax);
  const groups = new Map<string, Pair[]>();
  for await (const some of unhurried(records, signal, atATime, told)) {
    for (const record of some) {
      if (!isPair(record)) continue;
      for (const key of blocksOf(record)) {
        const group = groups.get(key);
        if (group) group.push(record);
        else groups.set(key, [record]);
      }
    }
  }
  const duplicateOf = new Map<string, string>();
  const shared = [...groups].filter(([, group]) => group.length > 1);
  for await (const some of unhurried(shared, signal, atATime)) {
    for (const [key, group] of some) {
      const whole = key.startsWith('repair');
      const first = new Map<string, Pair>();
      for (const pair of [...group].sort(newAndShort)) {
        if (duplicateOf.has(pair.id)) continue;
        const shape = shapes.of(pair, answerOf(pair).program);
        const failing = whole ? shapes.of(pair, failingOf(pair)?.program ?? '') : '';
        const before = first.get(shape + failing);
        if (before) duplicateOf.set(pair.id, before.id);
        else first.set(shape + failing, pair);
      }
    }
  }
  return partition(records, (record) => {
    const of = duplicateOf.get(record.id);
    return of === undefined ? null : refusalOf(record, 'duplicate', `as ${of}`);
  });
}

/** Where records could be duplicates of each other: equal trees have equal skeletons. */
function blocksOf(pair: Pair): string[] {
  const answer = sha256(skeletonOf(answerOf(pair).program));
  const failing = failingOf(pair);
  const inTask = `task ${pair.task.hash} ${answer}`;
  if (failing === null) return [inTask];
  return [inTask, `repair ${answer} ${sha256(skeletonOf(failing.program))}`];
}

function newAndShort(a: Pair, b: Pair): number {
  return (
    Number(a.isReplay) - Number(b.isReplay) ||
    answerOf(a).program.length - answerOf(b).program.length
  );
}

class Shapes {
  private readonly known = new Map<string, string>();

  constructor(private readonly syntax: Syntax) {}

  of({ task }: Pair, program: string): string {
    const { language } = task;
    if (!isOurs(language)) return sha256(program.replace(/[ \t]+$/gm, '').trim());
    const key = sha256(`${language}\n${program}`);
    const shape = this.known.get(key) ?? shapeOf(this.syntax, language, program);
    this.known.set(key, shape);
    return shape;
  }
}

/**
 * Leaves out pairs whose program is a near duplicate of one of another family: it could stand in
 * another split. Inside a family programs are alike by nature, and only equal ones are left out.
 */
export async function withoutNearDuplicates<T extends DatasetRecord>(
  records: readonly T[],
  similarity: number,
  { signal, told }: Working,
): Promise<StepResult<T>> {
  const index = new SimilarityIndex(similarity);
  const kept: T[] = [];
  const refused: Refusal[] = [];
  for await (const some of unhurried(records.entries(), signal, atATime, told)) {
    for (const [place, record] of some) {
      const { family } = record.task;
      const familyOf = (id: number): string | undefined => records[id]?.task.family;
      const program = isPair(record) ? answerOf(record).program : null;
      const like =
        program === null ? null : index.nearest(program, (id) => familyOf(id) !== family);
      if (like) {
        const other = records[like.id]?.id ?? '';
        const detail = `${like.similarity.toFixed(2)} like ${other}`;
        refused.push(refusalOf(record, 'nearDuplicate', detail));
        continue;
      }
      kept.push(record);
      if (program === null || index.nearest(program, (id) => familyOf(id) === family)) continue;
      index.add(place, program);
    }
  }
  return { kept, refused };
}
