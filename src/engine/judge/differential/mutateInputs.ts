import { randomOf } from '../../domain/random';
import type { CallInput } from '../languageJudge';

/** Named values: `{"$": "tuple", "v": […]}`, as the codecs of the judge write them. */
interface Named {
  readonly $: string;
  readonly v?: unknown;
}

const maxMutations = 3;
const millisecondsPerDay = 86_400_000;

/**
 * New inputs from inputs that tests gave, by type-aware mutation (EvalPlus, Liu et al. 2023,
 * 2305.01210): one to three changes each, none twice, none that was given. The same seed and key
 * give the same inputs.
 */
export function mutateInputs(
  given: readonly CallInput[],
  count: number,
  seed: number,
  key: string,
): CallInput[] {
  const random = randomOf(seed, key);
  const seen = new Set(given.map((input) => JSON.stringify(input)));
  const pool = given.flatMap(({ args }) => valuesIn(args));
  const made: CallInput[] = [];
  for (let tries = 0; made.length < count && tries < count * 10 && given.length > 0; tries++) {
    let input = pick(given, random);
    const changes = 1 + Math.floor(random() * maxMutations);
    for (let change = 0; change < changes; change++) {
      input = { args: mutateArguments(input.args, pool, random), kwargs: input.kwargs };
    }
    const text = JSON.stringify(input);
    if (seen.has(text)) continue;
    seen.add(text);
    made.push(input);
  }
  return made;
}

function mutateArguments(args: unknown, pool: readonly unknown[], random: () => number): unknown {
  if (!Array.isArray(args) || args.length === 0) return args;
  const place = Math.floor(random() * args.length);
  return args.map((item: unknown, index) => (index === place ? mutate(item, pool, random) : item));
}

/** One change of a value that keeps its type. */
function mutate(value: unknown, pool: readonly unknown[], random: () => number): unknown {
  if (random() < 0.2) {
    const same = pool.filter((item) => kindOf(item) === kindOf(value));
    if (same.length > 0) return pick(same, random);
  }
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return mutateNumber(value, random);
  if (typeof value === 'string') return mutateString(value, pool, random);
  if (Array.isArray(value)) return mutateList(value, pool, random);
  return isNamed(value) ? mutateNamed(value, pool, random) : value;
}

function mutateNumber(value: number, random: () => number): number {
  const steps = [1, -1, 2, -value, 10];
  const changed = value + pick(steps, random);
  return random() < 0.1 ? value * 2 : changed;
}

function mutateString(text: string, pool: readonly unknown[], random: () => number): string {
  const place = Math.floor(random() * (text.length + 1));
  const words = pool.filter((item): item is string => typeof item === 'string');
  switch (Math.floor(random() * 4)) {
    case 0:
      return text.slice(0, place) + text.slice(place + 1);
    case 1:
      return text.slice(0, place) + text.slice(Math.max(0, place - 1));
    case 2: {
      const word = words.length > 0 ? pick(words, random) : ' ';
      const from = Math.floor(random() * (word.length + 1));
      return text.slice(0, place) + word.slice(from, from + 3) + text.slice(place);
    }
    default:
      return random() < 0.5 ? text.toUpperCase() : text.slice(place) + text.slice(0, place);
  }
}

function mutateList(list: readonly unknown[], pool: readonly unknown[], random: () => number) {
  const place = Math.floor(random() * list.length);
  const item = list[place];
  if (list.length === 0 || item === undefined) return list;
  switch (Math.floor(random() * 4)) {
    case 0:
      return list.filter((_, index) => index !== place);
    case 1:
      return [...list.slice(0, place), item, ...list.slice(place)];
    case 2:
      return [...list.slice(0, place), mutate(item, pool, random), ...list.slice(place)];
    default:
      return list.map((old, index) => (index === place ? mutate(old, pool, random) : old));
  }
}

function mutateNamed(value: Named, pool: readonly unknown[], random: () => number): unknown {
  switch (value.$) {
    case 'float':
    case 'number':
      return typeof value.v === 'number' ? { ...value, v: mutateNumber(value.v, random) } : value;
    case 'tuple':
    case 'Set':
      // A tuple keeps its length: it often stands for a record.
      return { ...value, v: mutateArguments(value.v, pool, random) };
    case 'dict':
    case 'object':
    case 'Map': {
      const entries = value.v as readonly (readonly [unknown, unknown])[];
      const place = Math.floor(random() * entries.length);
      return {
        ...value,
        v: entries.map(([name, item], index) =>
          index === place ? [name, mutate(item, pool, random)] : [name, item],
        ),
      };
    }
    case 'date':
    case 'datetime':
    case 'Date': {
      const time =
        new Date(String(value.v)).getTime() + millisecondsPerDay * pick([1, -1, 30], random);
      if (Number.isNaN(time)) return value;
      const text = new Date(time).toISOString();
      if (value.$ === 'Date') return { ...value, v: text };
      return { ...value, v: value.$ === 'date' ? text.slice(0, 10) : text.slice(0, 19) };
    }
    default:
      return value;
  }
}

function valuesIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => [item, ...valuesIn(item)]);
  return isNamed(value) && Array.isArray(value.v) ? valuesIn(value.v) : [];
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  return isNamed(value) ? value.$ : value === null ? 'null' : typeof value;
}

function isNamed(value: unknown): value is Named {
  return typeof value === 'object' && value !== null && '$' in value;
}

function pick<T>(items: readonly T[], random: () => number): T {
  return items[Math.floor(random() * items.length)] as T;
}
