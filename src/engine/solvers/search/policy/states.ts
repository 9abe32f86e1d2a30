import { randomOf } from '../../../domain/random';
import { mendsOf } from '../../../syntax/mends';
import { wordsOf } from '../../../syntax/operators/wordsOfTask';
import type { Syntax } from '../../../syntax/parser';
import { placesOf } from '../placeWeight';
import { byRank, handRanks, type RankedMend } from '../ranking';
import { exampleHash, type PolicyExample } from './example';
import { featuresOf, type EditState } from './features';
import { editTo } from './makeExamples';

/** A decision as the training sees it: the edits of a state, in numbers. */
export interface Decision {
  readonly task: string;
  readonly family: string;
  readonly reward: number;
  /** log of the hand rank of each edit, with the logarithm of how many it stands for. */
  readonly base: Float64Array;
  /** Features of edit i: from `starts[i]` up to `starts[i + 1]`, by number of a name. */
  readonly starts: Int32Array;
  readonly features: Int32Array;
  readonly values: Float64Array;
  /** Place of the edit that was right. */
  readonly right: number;
  readonly operators: readonly string[];
}

/** Reads examples into numbers, each once as long as it is among the last that were asked for. */
export class States {
  readonly names: string[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly known = new Map<string, Decision | null>();

  constructor(
    private readonly syntax: Syntax,
    private readonly mostKept = 5000,
  ) {}

  /** Null where no edit of the program leads to what the example says: it teaches nothing. */
  of(example: PolicyExample, editsPerState: number): Decision | null {
    const key = `${exampleHash(example)} ${String(editsPerState)}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const made = this.read(example, editsPerState);
    if (this.known.size >= this.mostKept) this.known.clear();
    this.known.set(key, made);
    return made;
  }

  private read(example: PolicyExample, editsPerState: number): Decision | null {
    const { syntax } = this;
    const state = stateOf(syntax, example);
    const all = rankedEdits(syntax, example, state);
    const right = editTo(syntax, example);
    const place = all.findIndex(
      ({ edit }) =>
        edit.start === right?.start &&
        edit.end === right.end &&
        edit.replacement === right.replacement,
    );
    const wanted = all[place];
    if (!wanted) return null;
    const { kept, standsFor } = thinned(all, wanted, editsPerState, exampleHash(example));
    const features = featuresOf(syntax, state, kept, all);
    const starts = new Int32Array(kept.length + 1);
    const ids: number[] = [];
    const values: number[] = [];
    for (const [at, of] of features.entries()) {
      for (const [index, name] of of.names.entries()) {
        ids.push(this.number(name));
        values.push(of.values[index] ?? 0);
      }
      starts[at + 1] = ids.length;
    }
    return {
      ...{ task: example.task, family: example.family, reward: example.reward },
      base: Float64Array.from(kept, ({ rank }, at) => Math.log(rank * (standsFor[at] ?? 1))),
      ...{ starts, features: Int32Array.from(ids), values: Float64Array.from(values) },
      right: kept.indexOf(wanted),
      operators: kept.map(({ edit }) => edit.operator),
    };
  }

  private number(name: string): number {
    let number = this.numbers.get(name);
    if (number === undefined) {
      number = this.names.length;
      this.numbers.set(name, number);
      this.names.push(name);
    }
    return number;
  }
}

/** The same decisions with the features that stand in them alone, numbered as they first come. */
export function compact(
  decisions: readonly Decision[],
  names: readonly string[],
): { readonly decisions: readonly Decision[]; readonly names: readonly string[] } {
  const numbers = new Map<number, number>();
  const numberOf = (feature: number): number => {
    const known = numbers.get(feature) ?? numbers.size;
    numbers.set(feature, known);
    return known;
  };
  const renumbered = decisions.map((decision) => ({
    ...decision,
    features: decision.features.map(numberOf),
  }));
  return { decisions: renumbered, names: [...numbers.keys()].map((at) => names[at] ?? '') };
}

/** The state that an example tells of. */
export function stateOf(syntax: Syntax, example: PolicyExample): EditState {
  const { language, program, entryPoint, outcome, steps, suspicion } = example;
  const placeOf = placesOf(syntax, {
    ...{ language, program, entryPoint, lineInStarter: (line) => line },
    suspicion: suspicion && new Map(suspicion),
    edits: steps.length,
  });
  return {
    ...{ language, program, steps, placeOf },
    outcome: { ...outcome, status: outcome.status as EditState['outcome']['status'] },
  };
}

/** All edits that were there to be tried, as the search has them. */
export function rankedEdits(
  syntax: Syntax,
  { language, program, prompt, outcome }: PolicyExample,
  { placeOf }: EditState,
): readonly RankedMend[] {
  const edits = mendsOf(syntax, language, program, wordsOf(prompt, language));
  return handRanks(edits, outcome.symptom, (edit) => placeOf(edit).weight);
}

/** The right edit, those that come first by hand, and of the others as many, drawn. */
function thinned(
  all: readonly RankedMend[],
  wanted: RankedMend,
  most: number,
  key: string,
): { readonly kept: readonly RankedMend[]; readonly standsFor: readonly number[] } {
  if (all.length <= most) return { kept: all, standsFor: all.map(() => 1) };
  const others = byRank(all).filter((one) => one !== wanted);
  const first = others.slice(0, Math.floor((most - 1) / 2));
  const rest = others.slice(first.length);
  const random = randomOf(0, key);
  const drawn = rest
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, most - 1 - first.length)
    .map(({ one }) => one);
  const share = drawn.length === 0 ? 1 : rest.length / drawn.length;
  return {
    kept: [wanted, ...first, ...drawn],
    standsFor: [1, ...first.map(() => 1), ...drawn.map(() => share)],
  };
}
