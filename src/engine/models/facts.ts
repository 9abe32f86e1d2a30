import { z } from 'zod';
import type { Price } from './prices';
import type { Provider } from './providers';
import type { Transport } from './transport';

/** What an endpoint tells of a model. */
export interface ModelFacts {
  /** Tokens of prompt and reply together, as the endpoint is set up now. */
  readonly contextTokens: number | null;
  readonly price: Price | null;
}

const factsMs = 5_000;
/** Ollama's own when a model says nothing else, whatever the model could read. */
const ollamaContextTokens = 4096;

const count = z.coerce.number().int().positive();
const perToken = z.coerce.number().min(0);
const entrySchema = z.object({
  id: z.string(),
  // vLLM, OpenRouter, Mistral; LM Studio tells what is loaded before what could be.
  max_model_len: count.optional().catch(undefined),
  context_length: count.optional().catch(undefined),
  max_context_length: count.optional().catch(undefined),
  loaded_context_length: count.optional().catch(undefined),
  pricing: z.object({ prompt: perToken, completion: perToken }).optional().catch(undefined),
});
const listSchema = z.object({ data: z.array(z.unknown()) });
const propsSchema = z.object({ default_generation_settings: z.object({ n_ctx: count }) });
const showSchema = z.object({
  parameters: z.string().optional(),
  model_info: z.record(z.string(), z.unknown()).optional(),
});
const runningSchema = z.object({
  models: z.array(
    z.object({ name: z.string(), context_length: count.optional().catch(undefined) }),
  ),
});

/** Names of the models at an endpoint. Fails where it tells none. */
export async function listModels(
  transport: Transport,
  baseUrl: URL,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const entries = await entriesOf(transport, `${baseUrl.href}/models`, signal);
  return entries.map(({ id }) => id);
}

/** Asks an endpoint once what it knows of a model. What it does not tell is null. */
export async function modelFacts(
  transport: Transport,
  provider: Provider,
  baseUrl: URL,
  model: string,
  signal: AbortSignal,
): Promise<ModelFacts> {
  const soon = AbortSignal.any([signal, AbortSignal.timeout(factsMs)]);
  const unknown: ModelFacts = { contextTokens: null, price: null };
  try {
    switch (provider.window) {
      case 'none':
        return unknown;
      case 'modelList':
        return ofEntry(await entryOf(transport, `${baseUrl.href}/models`, model, soon));
      case 'lmstudio':
        return ofEntry(await entryOf(transport, `${baseUrl.origin}/api/v0/models`, model, soon));
      case 'llamacpp': {
        const props = propsSchema.parse(await transport.get(`${baseUrl.origin}/props`, soon));
        return { ...unknown, contextTokens: props.default_generation_settings.n_ctx };
      }
      case 'ollama':
        return { ...unknown, contextTokens: await ollamaWindow(transport, baseUrl, model, soon) };
    }
  } catch {
    // Many endpoints lack these routes; a call tells better what is wrong with one.
    signal.throwIfAborted();
    return unknown;
  }
}

async function entriesOf(transport: Transport, url: string, signal: AbortSignal) {
  const list = listSchema.parse(await transport.get(url, signal));
  return list.data.flatMap((item) => {
    const entry = entrySchema.safeParse(item);
    return entry.success ? [entry.data] : [];
  });
}

async function entryOf(transport: Transport, url: string, model: string, signal: AbortSignal) {
  return (await entriesOf(transport, url, signal)).find(({ id }) => id === model);
}

function ofEntry(entry: z.infer<typeof entrySchema> | undefined): ModelFacts {
  if (!entry) return { contextTokens: null, price: null };
  const { loaded_context_length: loaded, max_model_len: served, pricing } = entry;
  const contextTokens = loaded ?? served ?? entry.context_length ?? entry.max_context_length;
  const price = pricing && {
    inputUsdPerMillion: pricing.prompt * 1e6,
    outputUsdPerMillion: pricing.completion * 1e6,
    asOf: new Date().toISOString().slice(0, 10),
  };
  return { contextTokens: contextTokens ?? null, price: price ?? null };
}

/** What is loaded; else what its model file says; else the usual, bounded by the model's own. */
async function ollamaWindow(
  transport: Transport,
  baseUrl: URL,
  model: string,
  signal: AbortSignal,
): Promise<number> {
  const running = runningSchema.safeParse(
    await transport.get(`${baseUrl.origin}/api/ps`, signal).catch(() => null),
  );
  const loaded = running.data?.models.find(({ name }) => name === model)?.context_length;
  if (loaded !== undefined) return loaded;
  const shown = showSchema.parse(
    await transport.get(`${baseUrl.origin}/api/show`, signal, { model }),
  );
  const set = Number(/^num_ctx\s+(\d+)/m.exec(shown.parameters ?? '')?.[1]);
  if (set > 0) return set;
  const own = Object.entries(shown.model_info ?? {}).find(([key]) =>
    key.endsWith('.context_length'),
  );
  return Math.min(ollamaContextTokens, Number(own?.[1] ?? ollamaContextTokens));
}
