import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { UserError } from '../engine/domain/errors';
import type { CommandContext, CommandResult } from './main';

export type Values = Readonly<Record<string, string | boolean | undefined>>;

export interface Command {
  /** As typed, one or two words: `tasks make`. */
  readonly name: string;
  readonly options: ParseArgsOptionsConfig;
  /** Option that take a whole number, with the smallest allowed. */
  readonly numbers?: Readonly<Record<string, number>>;
  readonly required?: readonly string[];
  /** Fewest and most names that follow the command. */
  readonly names?: readonly [number, number];
  /** What it did is in the journal, and the same command goes on from there. */
  readonly records?: boolean;
  readonly run: (context: CommandContext) => Promise<CommandResult>;
}

const mostOfAny = 1_000_000_000;
const mostOf: Readonly<Record<string, number>> = {
  workers: 256,
  concurrency: 4096,
  samples: 1000,
  'timeout-ms': 3_600_000,
};

/** Options that take a number with a fraction, wherever they stand; `above`: more than `least`. */
const amounts: Readonly<
  Record<string, { readonly least: number; readonly most: number; readonly above?: boolean }>
> = {
  temperature: { least: 0, most: 2 },
  similarity: { least: 0, most: 1 },
  replay: { least: 0, most: 1 },
  'max-usd': { least: 0, most: 1_000_000 },
  'max-usd-per-day': { least: 0, most: 1_000_000, above: true },
  'max-minutes': { least: 0, most: 1_000_000, above: true },
};
/** And those that take a whole one wherever they stand, with the smallest allowed. */
const wholeAnywhere: Readonly<Record<string, number>> = { workers: 1, 'max-tokens-per-day': 1 };

const common: ParseArgsOptionsConfig = {
  journal: { type: 'string' },
  python: { type: 'string' },
  workers: { type: 'string' },
  quiet: { type: 'boolean' },
  verbose: { type: 'boolean' },
  json: { type: 'boolean' },
};

/** Of the commands that judge. */
export const judgingOptions: ParseArgsOptionsConfig = { 'require-layers': { type: 'string' } };

/** Of the commands that call a chat model. */
export const modelOptions: ParseArgsOptionsConfig = {
  'max-usd-per-day': { type: 'string' },
  'max-tokens-per-day': { type: 'string' },
  prices: { type: 'string' },
  providers: { type: 'string' },
};

/** What those options, checked already, say of how models are reached. */
export function modelAccess(values: Values) {
  const [maxUsd, maxTokens] = ['max-usd-per-day', 'max-tokens-per-day'].map((option) =>
    values[option] === undefined ? undefined : Number(values[option]),
  );
  const { prices, providers } = values;
  return {
    perDay: {
      ...(maxUsd === undefined ? {} : { maxUsd }),
      ...(maxTokens === undefined ? {} : { maxTokens }),
    },
    ...(typeof prices === 'string' ? { pricesFile: prices } : {}),
    ...(typeof providers === 'string' ? { providersFile: providers } : {}),
  };
}

export interface Parsed {
  readonly command: Command;
  readonly values: Values;
  readonly names: readonly string[];
}

/** The command that was typed with its options checked; bad usage is a UserError. */
export function parseCommand(args: readonly string[], commands: readonly Command[]): Parsed {
  const command =
    commands.find(({ name }) => name === args.slice(0, 2).join(' ')) ??
    commands.find(({ name }) => name === args[0]);
  if (!command) throw badUsage(`there is no command ${args.slice(0, 2).join(' ')}`);
  const rest = args.slice(command.name.split(' ').length);
  const { values, positionals } = parse(command, rest);
  for (const name of command.required ?? []) {
    if (values[name] === undefined) throw badUsage(`${command.name} needs --${name}`);
  }
  for (const [name, value] of Object.entries(values)) {
    if (value === '') throw badUsage(`--${name} is empty`);
  }
  checkNumbers(command, values);
  const [fewest, most] = command.names ?? [0, 0];
  if (positionals.length < fewest) throw badUsage(`${command.name}: a name is missing`);
  if (positionals.length > most) {
    throw badUsage(`${command.name}: ${positionals[most] ?? ''} is too much`);
  }
  return { command, values, names: positionals };
}

function checkNumbers(command: Command, values: Values): void {
  for (const [name, least] of Object.entries({ ...wholeAnywhere, ...command.numbers })) {
    const value = values[name];
    if (value === undefined) continue;
    const most = mostOf[name] ?? mostOfAny;
    const number = decimal(value);
    if (number !== null && Number.isInteger(number) && number >= least && number <= most) continue;
    const range = `from ${String(least)} to ${String(most)}`;
    throw badUsage(`--${name} takes a whole number ${range}, not ${String(value)}`);
  }
  for (const [name, { least, most, above = false }] of Object.entries(amounts)) {
    const value = values[name];
    if (value === undefined) continue;
    const number = decimal(value);
    const isLow = number === null || number < least || (above && number === least);
    if (!isLow && number <= most) continue;
    const range = above
      ? `above ${String(least)}, at most ${String(most)}`
      : `from ${String(least)} to ${String(most)}`;
    throw badUsage(`--${name} takes a number ${range}, not ${String(value)}`);
  }
}

/** A number as people write one: no other base, no infinity, nothing around it. */
function decimal(value: string | boolean): number | null {
  const text = String(value);
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : null;
}

/** Names and values as they were typed. What does not fit the options is told in our own words. */
function parse(command: Command, args: readonly string[]) {
  const options: ParseArgsOptionsConfig = { ...common, ...command.options };
  const { tokens, positionals } = parseArgs({
    ...{ args: [...args], options, allowPositionals: true, strict: false, tokens: true },
  });
  const values: Record<string, string | boolean> = {};
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    const option = rawName.startsWith('--') ? options[name] : undefined;
    if (!option) throw badUsage(`${command.name} has no option ${rawName}`);
    if (option.type === 'boolean') {
      if (value !== undefined) throw badUsage(`${rawName} takes no value, and was given ${value}`);
      values[name] = true;
      continue;
    }
    // An option behind it is no value, and was not meant as one.
    const isNext = token.inlineValue === false && /^--[a-z]/.test(value ?? '');
    if (value === undefined || isNext) throw badUsage(`${rawName} needs a value`);
    values[name] = value;
  }
  return { values: values as Values, positionals };
}

/** The words of an option that takes several: `a,b`; undefined where it was not given. */
export function listOf(value: string | boolean | undefined): string[] | undefined {
  if (typeof value !== 'string') return undefined;
  return value
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

export function badUsage(what: string): UserError {
  return new UserError({ code: 'badUsage', message: what, mend: 'npx flywheel --help says more.' });
}
