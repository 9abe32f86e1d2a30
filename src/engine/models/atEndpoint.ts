import { findApiKey } from './apiKey';
import { checkBaseUrl } from './baseUrl';
import { listModels } from './facts';
import { loadPrices, priceOf, type Price } from './prices';
import { loadProviders, providerFor } from './providers';
import { openTransport } from './transport';

export interface EndpointPlace {
  readonly assetsFolder: string;
  readonly baseUrl: string;
  /** Null for none; where left out, that of the environment. */
  readonly apiKey?: string | null;
  readonly providersFile?: string;
  readonly pricesFile?: string;
}

/** Names of the models at an endpoint; none where it tells none. Throws UserError for a bad address. */
export async function modelsAt(
  place: EndpointPlace,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const apiKey = place.apiKey === undefined ? findApiKey(undefined, process.env) : place.apiKey;
  const hasKey = apiKey !== null;
  const baseUrl = checkBaseUrl(place.baseUrl, { hasKey, allowPlainHttp: false });
  const transport = openTransport(baseUrl, apiKey);
  try {
    return await listModels(transport, baseUrl, signal);
  } catch {
    return [];
  } finally {
    await transport.close().catch(() => undefined);
  }
}

/** The price of a model by the tables; null where it is not known. */
export async function knownPrice(place: EndpointPlace, model: string): Promise<Price | null> {
  const baseUrl = checkBaseUrl(place.baseUrl, { hasKey: false, allowPlainHttp: true });
  const table = await loadProviders(place.assetsFolder, place.providersFile);
  const prices = await loadPrices(place.assetsFolder, place.pricesFile);
  return priceOf(prices, providerFor(table, baseUrl).name, model);
}
