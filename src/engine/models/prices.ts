import { z } from 'zod';
import { readTable } from './table';

/** US dollars per million tokens. */
export interface Price {
  readonly inputUsdPerMillion: number;
  readonly outputUsdPerMillion: number;
  /** The day on which it was true. */
  readonly asOf: string;
}

const usd = z.number().min(0).max(100_000);
const pricesSchema = z.strictObject({
  format: z.literal(1),
  asOf: z.string().optional(),
  note: z.string().optional(),
  prices: z.array(
    z.strictObject({
      provider: z.string(),
      model: z.string(),
      input: usd,
      output: usd,
      asOf: z.iso.date(),
    }),
  ),
});

export type PriceTable = z.infer<typeof pricesSchema>['prices'];

/**
 * The prices of `prices.json` in the assets, those of a person's own file before them. A file
 * that cannot be used is a UserError that names the place.
 */
export async function loadPrices(assetsFolder: string, ownFile?: string): Promise<PriceTable> {
  const shipped = await readTable(`${assetsFolder}/prices.json`, pricesSchema);
  const own = ownFile === undefined ? null : await readTable(ownFile, pricesSchema);
  return [...(own?.prices ?? []), ...shipped.prices];
}

/**
 * The price of a model, or null: an unknown price is never zero. A row is for the model that it
 * names and its dated snapshots (`name-2026-03-01`); `*` in a person's own file stands for all
 * models of a provider.
 */
export function priceOf(table: PriceTable, provider: string, model: string): Price | null {
  const plain = model.replace(/-\d{4}-\d{2}-\d{2}$/, '');
  const row = [model, plain, '*']
    .map((name) => table.find((item) => item.provider === provider && item.model === name))
    .find((found) => found !== undefined);
  if (!row) return null;
  return { inputUsdPerMillion: row.input, outputUsdPerMillion: row.output, asOf: row.asOf };
}

/** Dollars are counted in billionths, whole and rounded up, so that sums are exact. */
export const nanoPerUsd = 1e9;

export function costNanoUsd(
  price: Price | null,
  usage: { readonly promptTokens: number; readonly completionTokens: number },
): number | null {
  if (price === null) return null;
  const microPerToken =
    usage.promptTokens * price.inputUsdPerMillion +
    usage.completionTokens * price.outputUsdPerMillion;
  // A thousandth is taken off before rounding up: 0.1 + 0.2 must not become one more.
  return Math.ceil(microPerToken * 1000 - 1e-3);
}
