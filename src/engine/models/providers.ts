import { z } from 'zod';
import { UserError } from '../domain/errors';
import { isLoopback } from './baseUrl';
import { readTable } from './table';
import type { ThinkTag } from './thinkMarks';

/** How one kind of endpoint differs from the others. Rows are data: `providers.json`. */
export interface Provider {
  readonly name: string;
  /** Host names that tell it; `*.` stands for any part before. */
  readonly hosts: readonly string[];
  /** Ports that tell it on this machine. */
  readonly ports: readonly number[];
  readonly lengthParameter: LengthParameter;
  readonly seedParameter: string;
  /** `one`: more than one reply a request is not given, so requests are made side by side. */
  readonly choices: 'ask' | 'one';
  /** Parameters never sent. */
  readonly refuses: readonly string[];
  /** Where thoughts stand beside the reply. */
  readonly reasoningFields: readonly string[];
  /** How thoughts are set off in the reply: `think`, or a pair of marks of any text. */
  readonly thinkTags: readonly ThinkTag[];
  /** What its finish reasons mean. One that is not named here makes no choice. */
  readonly finish: Readonly<Record<string, 'stop' | 'length' | 'contentFilter'>>;
  /** Where it tells how much a model can read. */
  readonly window: 'modelList' | 'ollama' | 'llamacpp' | 'lmstudio' | 'none';
  /** Calls in flight at the beginning, and at most. */
  readonly concurrency: {
    readonly start: number;
    /** To start with on this machine, where that is fewer. */
    readonly startLocal?: number | undefined;
    readonly most: number;
  };
  /** Sent with every request as it stands. */
  readonly extra: Readonly<Record<string, unknown>>;
}

export type LengthParameter = 'max_tokens' | 'max_completion_tokens';

const basis = 'compatible';

/** A mark of spaces alone would stand everywhere. */
const markSchema = z.string().regex(/\S/);

const rowSchema = z.strictObject({
  hosts: z.array(z.string()),
  ports: z.array(z.int().min(1).max(65535)),
  lengthParameter: z.enum(['max_tokens', 'max_completion_tokens']),
  seedParameter: z.string(),
  choices: z.enum(['ask', 'one']),
  refuses: z.array(z.string()),
  reasoningFields: z.array(z.string()),
  thinkTags: z.array(z.union([z.string().regex(/^[\w:.-]+$/), z.tuple([markSchema, markSchema])])),
  finish: z.record(z.string(), z.enum(['stop', 'length', 'contentFilter'])),
  window: z.enum(['modelList', 'ollama', 'llamacpp', 'lmstudio', 'none']),
  concurrency: z.strictObject({
    start: z.int().min(1),
    startLocal: z.int().min(1).optional(),
    most: z.int().min(1).max(10_000),
  }),
  extra: z.record(z.string(), z.unknown()),
});

const tableSchema = z.strictObject({
  format: z.literal(1),
  asOf: z.string().optional(),
  providers: z.record(z.string(), rowSchema.partial()),
});

/**
 * The providers of `providers.json` in the assets, with the rows of a person's own file over
 * them: a row given again changes only the keys that it names, a new one builds on `compatible`.
 * A file that cannot be used is a UserError that names the place.
 */
export async function loadProviders(
  assetsFolder: string,
  ownFile?: string,
): Promise<ReadonlyMap<string, Provider>> {
  const shipped = await readTable(`${assetsFolder}/providers.json`, tableSchema);
  const own = ownFile === undefined ? null : await readTable(ownFile, tableSchema);
  const ground = { ...shipped.providers[basis], ...own?.providers[basis] };
  const names = new Set([...Object.keys(shipped.providers), ...Object.keys(own?.providers ?? {})]);
  return new Map(
    [...names].map((name) => {
      const merged = { ...ground, ...shipped.providers[name], ...own?.providers[name] };
      return [name, { name, ...rowSchema.parse(merged) }];
    }),
  );
}

/** The provider that is named, or that the address tells; `compatible` where nothing tells. */
export function providerFor(
  table: ReadonlyMap<string, Provider>,
  baseUrl: URL,
  name?: string,
): Provider {
  const found =
    name === undefined
      ? ([...table.values()].find((row) => isAt(row, baseUrl)) ?? table.get(basis))
      : table.get(name);
  if (found) return found;
  throw new UserError({
    code: 'unknownProvider',
    message: `There is no provider ${String(name)}`,
    mend: `Known are ${[...table.keys()].join(', ')}. More can be added in a file of your own.`,
  });
}

function isAt(row: Provider, url: URL): boolean {
  const host = url.hostname.toLowerCase();
  if (row.hosts.some((known) => known === host || isBelow(host, known))) return true;
  return isLoopback(host) && row.ports.includes(Number(url.port));
}

function isBelow(host: string, pattern: string): boolean {
  return pattern.startsWith('*.') && host.endsWith(pattern.slice(1));
}
