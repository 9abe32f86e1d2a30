import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { messageOf, UserError } from '../engine/domain/errors';
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

/** What those options say of how models are reached. Throws bad usage. */
export function modelAccess(values: Values) {
  const bound = (option: string): number | undefined => {
    const value = values[option];
    if (value === undefined) return undefined;
    const number = Number(value);
    if (Number.isFinite(number) && number > 0) return number;
    throw badUsage(`--${option} takes a number above 0, not ${String(value)}`);
  };
  const [maxUsd, maxTokens] = [bound('max-usd-per-day'), bound('max-tokens-per-day')];
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
  for (const [name, least] of Object.entries({ workers: 1, ...command.numbers })) {
    const value = values[name];
    if (value === undefined) continue;
    const number = Number(value);
    const most = mostOf[name] ?? mostOfAny;
    if (!Number.isInteger(number) || number < least || number > most) {
      const range = `from ${String(least)} to ${String(most)}`;
      throw badUsage(`--${name} takes a whole number ${range}, not ${String(value)}`);
    }
  }
  const [fewest, most] = command.names ?? [0, 0];
  if (positionals.length < fewest) throw badUsage(`${command.name}: a name is missing`);
  if (positionals.length > most) {
    throw badUsage(`${command.name}: ${positionals[most] ?? ''} is too much`);
  }
  return { command, values, names: positionals };
}

function parse(command: Command, args: readonly string[]) {
  try {
    const options = { ...common, ...command.options };
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true });
    return { values: parsed.values as Values, positionals: parsed.positionals };
  } catch (error) {
    throw badUsage(messageOf(error));
  }
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
