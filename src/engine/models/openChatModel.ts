import { UserError } from '../domain/errors';
import { Admission, type RateLimits } from './admission';
import { findApiKey, keyRemover } from './apiKey';
import type { Budgets } from './budgets';
import { Capabilities } from './capabilities';
import { EndpointModel } from './endpointModel';
import { checkBaseUrl, isLoopback } from './baseUrl';
import { modelFacts } from './facts';
import { loadPrices, type Price, priceOf } from './prices';
import { loadProviders, type Provider, providerFor } from './providers';
import type { ToldWait } from '../domain/chat';
import { WaitTeller } from './toldWait';
import { Remembered } from './remembered';
import { type RetrySettings, usualRetry } from './retry';
import { loadTokenCounter } from './tokens';
import { openTransport } from './transport';

export interface ChatModelOptions {
  /** With its version: `http://127.0.0.1:11434/v1`, `https://NAME.openai.azure.com/openai/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  /** The key; null for none. Where it is left out, that of the environment. */
  readonly apiKey?: string | null;
  /** A row of the provider table; found by the address where it is left out. */
  readonly provider?: string;
  /** Files of a person's own over the shipped tables. */
  readonly providersFile?: string;
  readonly pricesFile?: string;
  /** Tokens of prompt and reply together, where a person knows better than the endpoint. */
  readonly contextTokens?: number;
  readonly budgets: Budgets;
  readonly rateLimits?: RateLimits;
  readonly retry?: Partial<RetrySettings>;
  /** Silence after which a call is given up; 10 minutes. Keep-alive comments are no silence. */
  readonly idleMs?: number;
  /** One call at most; an hour. */
  readonly longestMs?: number;
  /** Told of waits of more than 3 s for an endpoint at its limit. */
  readonly onWait?: (wait: ToldWait) => void;
  /** Sends the key over plain http to a host that is not this machine. */
  readonly allowPlainHttp?: boolean;
  /** Where the build put the tables; the tokenizer stands beside it. */
  readonly assetsFolder: string;
  /** The person's own folder: what endpoints refuse is remembered in it. */
  readonly stateFolder: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export interface OpenChatModel extends EndpointModel {
  readonly price: Price | null;
}

const usualIdleMs = 10 * 60_000;
const usualLongestMs = 60 * 60_000;

/**
 * A chat model at an OpenAI-compatible endpoint. Asks the endpoint what the model can read, and
 * nothing else: an endpoint that is down is told by the first call. Throws a UserError for
 * options that cannot be: a bad address, an unknown provider, a bound in dollars without a price.
 */
export async function openChatModel(
  options: ChatModelOptions,
  signal: AbortSignal = new AbortController().signal,
): Promise<OpenChatModel> {
  const { assetsFolder, budgets, model } = options;
  if (model.trim() === '') {
    throw new UserError({ code: 'noModel', message: 'The name of the model is empty' });
  }
  const { apiKey: given, environment = process.env } = options;
  const apiKey = given === null ? null : findApiKey(given, environment);
  const baseUrl = checkBaseUrl(options.baseUrl, {
    hasKey: apiKey !== null,
    allowPlainHttp: options.allowPlainHttp === true,
  });
  const table = await loadProviders(assetsFolder, options.providersFile);
  const provider = providerFor(table, baseUrl, options.provider);
  const prices = await loadPrices(assetsFolder, options.pricesFile);
  const transport = openTransport(baseUrl, apiKey);
  try {
    const facts = await modelFacts(transport, provider, baseUrl, model, signal);
    const price = priceOf(prices, provider.name, model) ?? facts.price;
    budgets.checkPrice(price, model);
    const remembered = new Remembered(options.stateFolder, baseUrl.href, model);
    const capabilities = new Capabilities(provider, remembered.read(), (learned) =>
      remembered.write(learned),
    );
    const opened = new EndpointModel({
      name: `${model}@${baseUrl.host}`,
      model,
      contextTokens: options.contextTokens ?? facts.contextTokens,
      transport,
      capabilities,
      admission: new Admission(
        concurrencyAt(provider.concurrency, isLoopback(baseUrl.hostname)),
        options.rateLimits,
      ),
      budgets,
      price,
      tokens: loadTokenCounter(assetsFolder),
      retry: { ...usualRetry, ...options.retry },
      idleMs: options.idleMs ?? usualIdleMs,
      longestMs: options.longestMs ?? usualLongestMs,
      removeKey: keyRemover(apiKey),
      waits: new WaitTeller(options.onWait),
    });
    return Object.assign(opened, { price });
  } catch (error) {
    await transport.close().catch(() => undefined);
    throw error;
  }
}

/** A server on this machine is mostly one model on one graphics card. */
function concurrencyAt(
  { start, startLocal, most }: Provider['concurrency'],
  isLocal: boolean,
): { readonly start: number; readonly most: number } {
  return { start: isLocal ? Math.min(start, startLocal ?? start) : start, most };
}
