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

/** Of an option that takes a number, which is checked already. */
export function numberOf(values: Values, option: string): number | undefined {
  const value = values[option];
  return value === undefined ? undefined : Number(value);
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
