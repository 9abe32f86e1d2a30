import { badUsage, type Values } from './options';

/** Only what was told: a key without a value means something else than no key. */
export function given<T extends object>(all: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const told = Object.entries(all).filter(([, value]) => value !== undefined);
  return Object.fromEntries(told) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

export function textOf(values: Values, option: string): string | undefined {
  const value = values[option];
  return value === undefined ? undefined : String(value);
}

/** Of an option that is checked already, as those are that a command names as `numbers`. */
export function numberOf(values: Values, option: string): number | undefined {
  const value = values[option];
  return value === undefined ? undefined : Number(value);
}

/** A number from 0 to `most`, not only whole ones. Throws bad usage. */
export function fractionOf(values: Values, option: string, most: number): number | undefined {
  const number = numberOf(values, option);
  if (number === undefined || (number >= 0 && number <= most)) return number;
  throw badUsage(
    `--${option} takes a number from 0 to ${String(most)}, not ${String(values[option])}`,
  );
}

/** One of the known words. Throws bad usage. */
export function wordOf<V extends string>(
  values: Values,
  option: string,
  known: readonly V[],
): V | undefined {
  const value = values[option];
  if (value === undefined) return undefined;
  const found = known.find((one) => one === value);
  if (found !== undefined) return found;
  throw badUsage(`--${option} is one of ${known.join(', ')}, not ${String(value)}`);
}
