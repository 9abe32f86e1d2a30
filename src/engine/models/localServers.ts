import { listModels } from './facts';
import { loadProviders } from './providers';
import { openTransport } from './transport';

/** A server of models that answers on this machine. */
export interface LocalServer {
  /** The provider that usually listens there; the name is a guess. */
  readonly provider: string;
  readonly baseUrl: string;
  readonly models: readonly string[];
}

const probeMs = 1_500;

/**
 * Looks for servers of models on the usual ports of this machine (Ollama 11434, LM Studio 1234,
 * vLLM 8000, llama.cpp 8080), only when it is called. No key is sent. What does not answer like
 * one is left out. Ends within 1.5 seconds.
 */
export async function findLocalServers(
  options: { readonly assetsFolder: string; readonly providersFile?: string },
  signal: AbortSignal,
): Promise<readonly LocalServer[]> {
  const table = await loadProviders(options.assetsFolder, options.providersFile);
  const places = [...table.values()].flatMap(({ name, ports }) =>
    ports.map((port) => ({ provider: name, baseUrl: `http://127.0.0.1:${String(port)}/v1` })),
  );
  const found = await Promise.all(places.map((place) => probe(place, signal)));
  return found.flat();
}

async function probe(
  place: { readonly provider: string; readonly baseUrl: string },
  signal: AbortSignal,
): Promise<readonly LocalServer[]> {
  const baseUrl = new URL(place.baseUrl);
  const transport = openTransport(baseUrl, null);
  try {
    const soon = AbortSignal.any([signal, AbortSignal.timeout(probeMs)]);
    return [{ ...place, models: await listModels(transport, baseUrl, soon) }];
  } catch {
    return [];
  } finally {
    await transport.close().catch(() => undefined);
  }
}
