import type { Language } from '../domain/task';
import { editsBy, families, type Edit } from './edits';
import { readTree, type Node } from './node';
import { argumentsApart } from './operators/argumentsApart';
import { compose } from './operators/compose';
import { conversion } from './operators/conversion';
import { countedCall } from './operators/countedCall';
import { donor } from './operators/donor';
import { emptyGuard } from './operators/emptyGuard';
import { equalityGuard } from './operators/equalityGuard';
import { exchange } from './operators/exchange';
import { indentation } from './operators/indentation';
import { initialValue } from './operators/initialValue';
import { letterCase } from './operators/letterCase';
import { localCall } from './operators/localCall';
import { lookupDefault } from './operators/lookupDefault';
import { missingImport } from './operators/missingImport';
import { missingReturn } from './operators/missingReturn';
import { misspelling } from './operators/misspelling';
import { missingStatement } from './operators/missingStatement';
import { missingStep } from './operators/missingStep';
import { mutator } from './operators/mutator';
import type { Family, MendOperator, Operator, Words } from './operators/operator';
import { order } from './operators/order';
import { rangeDirection } from './operators/rangeDirection';
import { regroup } from './operators/regroup';
import { returnedTruth } from './operators/returnedTruth';
import { separator } from './operators/separator';
import { sortKey } from './operators/sortKey';
import { synthesis } from './operators/synthesis';
import { wordsOfTask } from './operators/wordsOfTask';
import type { Syntax } from './parser';

export type Mend = Edit<Operator | MendOperator>;

/** What mends and is never put in as a fault. */
export const mendFamilies: readonly (readonly [MendOperator, Family])[] = [
  ['missingImport', missingImport],
  ['misspelling', misspelling],
  ['missingReturn', missingReturn],
  ['mutator', mutator],
  ['emptyGuard', emptyGuard],
  ['indentation', indentation],
  ['lookupDefault', lookupDefault],
  ['wordsOfTask', wordsOfTask],
  ['initialValue', initialValue],
  ['missingStep', missingStep],
  ['countedCall', countedCall],
  ['argumentsApart', argumentsApart],
  ['letterCase', letterCase],
  ['separator', separator],
  ['exchange', exchange],
  ['sortKey', sortKey],
  ['rangeDirection', rangeDirection],
  ['returnedTruth', returnedTruth],
  ['localCall', localCall],
  ['regroup', regroup],
  ['compose', compose],
  ['order', order],
  ['conversion', conversion],
  ['equalityGuard', equalityGuard],
  ['donor', donor],
  ['missingStatement', missingStatement],
  ['synthesis', synthesis],
];

const mostTwins = 6;
const longestTwin = 400;

/**
 * All edits that may mend a module, by position: those of `editsOf`, those above, and the same edit
 * at all the places of one function where the same stands. The same source and words give the same.
 */
export function mendsOf(
  syntax: Syntax,
  language: Language,
  source: string,
  words: Words,
): readonly Mend[] {
  const root = readTree(syntax, language, source);
  const of = { root, language, source, words };
  const plain = editsBy<Operator | MendOperator>([...families, ...mendFamilies], of);
  return [...plain, ...twins(plain, source, root)];
}

/** The fault that it mends: a wrong expression that was copied to every branch. */
function twins(edits: readonly Mend[], source: string, root: Node): readonly Mend[] {
  const groups = new Map<string, Mend[]>();
  for (const edit of edits) {
    const old = source.slice(edit.start, edit.end);
    if (old === '' || edit.operator === 'synthesis' || edit.operator === 'donor') continue;
    const place = topLevelOf(root, edit.start);
    const key = JSON.stringify([place, edit.operator, old, edit.replacement]);
    const group = groups.get(key);
    if (group) group.push(edit);
    else groups.set(key, [edit]);
  }
  return [...groups.values()].flatMap((group): Mend[] => {
    const [first] = group;
    const last = group.at(-1);
    if (!first || !last || group.length < 2 || group.length > mostTwins) return [];
    if (last.end - first.start > longestTwin) return [];
    let replacement = '';
    let at = first.start;
    for (const edit of group) {
      if (edit.start < at) return [];
      replacement += source.slice(at, edit.start) + edit.replacement;
      at = edit.end;
    }
    const note = `${first.note}, at ${String(group.length)} places`;
    return [{ ...first, end: last.end, replacement, operator: 'twins', note }];
  });
}

function topLevelOf(root: Node, offset: number): number {
  return root.children.findIndex(({ start, end }) => start <= offset && offset < end);
}
