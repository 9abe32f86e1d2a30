import OpenAI from 'openai';
import { Agent, EnvHttpProxyAgent, fetch as undiciFetch, type RequestInit } from 'undici';
import { keyRemover } from './apiKey';
import { isLoopback } from './baseUrl';
import { errorDetail, type Fault, faultOfStatus } from './fault';

/** Error pages are not read further. */
const mostErrorBytes = 64 * 1024;
const connectMs = 10_000;
const longestTimerMs = 2 ** 31 - 1;

/** The bytes of a reply that began well, as they come. */
export interface Reply {
  readonly headers: (name: string) => string | null;
  /** Null at the end. Throws what the connection throws. */
  read(): Promise<Uint8Array | null>;
}

export type Sent =
  | { readonly kind: 'reply'; readonly reply: Reply }
  /** `wasTaken` where the endpoint may have begun to work on it. */
  | {
      readonly kind: 'fault';
      readonly fault: Fault;
      readonly wasTaken: boolean;
      readonly headers: (name: string) => string | null;
      /** Of HTTP, and how its body begins; null and empty where the connection failed. */
      readonly status: number | null;
      readonly body: string;
    };

export interface Transport {
  /** Posts a chat completion. Throws nothing but what `signal` brings about. */
  send(body: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<Sent>;
  /** A JSON document beside the chat route; null where there is none. */
  get(url: string, signal: AbortSignal, body?: unknown): Promise<unknown>;
  close(): Promise<void>;
}

/**
 * Calls through the `openai` package, with its own retries, limits of time, logs and readings of
 * the environment switched off. Redirects are not followed: the key is for this host alone.
 * Proxies of the environment are used, for hosts other than this machine.
 */
export function openTransport(baseUrl: URL, apiKey: string | null): Transport {
  // Slow models may be silent for longer than undici's five minutes; the caller bounds it.
  const agent = { headersTimeout: 0, bodyTimeout: 0, connect: { timeout: connectMs } };
  const dispatcher = isLoopback(baseUrl.hostname) ? new Agent(agent) : new EnvHttpProxyAgent(agent);
  const removeKey = keyRemover(apiKey);
  const send = async (url: string, init: RequestInit): Promise<Response> => {
    const response = await undiciFetch(url, { ...init, dispatcher, redirect: 'manual' });
    if (!response.ok)
      throw new StatusError(response.status, response.headers, removeKey(await start(response)));
    return response as unknown as Response;
  };
  const client = new OpenAI({
    apiKey: apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: baseUrl.href,
    maxRetries: 0,
    timeout: longestTimerMs,
    logLevel: 'off',
    fetch: async (url, init) =>
      await send(url instanceof Request ? url.url : url.toString(), (init ?? {}) as RequestInit),
    ...(apiKey === null ? { defaultHeaders: { Authorization: null } } : {}),
  });
  return {
    send: async (body, signal) => {
      try {
        const response = await client.chat.completions
          .create(body as unknown as OpenAI.ChatCompletionCreateParamsStreaming, { signal })
          .asResponse();
        return { kind: 'reply', reply: replyOf(response) };
      } catch (error) {
        signal.throwIfAborted();
        return faultOfError(error);
      }
    },
    get: async (url, signal, body) => {
      const authorization = apiKey === null ? {} : { authorization: `Bearer ${apiKey}` };
      const post = { method: 'POST', body: JSON.stringify(body) };
      const headers = { ...authorization, 'content-type': 'application/json' };
      const response = await send(url, { headers, signal, ...(body === undefined ? {} : post) });
      return JSON.parse(await start(response, mostDocumentBytes)) as unknown;
    },
    close: () => dispatcher.destroy(),
  };
}

/** A list of models may be long. */
const mostDocumentBytes = 8 * 1024 * 1024;

/** The package drops error bodies of shapes that it does not know, so they do not go through it. */
class StatusError extends Error {
  constructor(
    readonly status: number,
    readonly headers: { get(name: string): string | null },
    readonly body: string,
  ) {
    super(`status ${String(status)}`);
  }
}

function replyOf(response: Response): Reply {
  const reader = response.body?.getReader();
  return {
    headers: (name) => response.headers.get(name),
    read: async () => {
      const next = await reader?.read();
      return next === undefined || next.done ? null : next.value;
    },
  };
}

/** The first part of a body as text. */
async function start(
  response: { readonly body: { getReader(): unknown } | null },
  most = mostErrorBytes,
): Promise<string> {
  const reader = response.body?.getReader() as ReadableStreamDefaultReader<Uint8Array> | undefined;
  if (!reader) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size < most) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks).toString('utf8');
    chunks.push(value);
    size += value.byteLength;
  }
  await reader.cancel().catch(() => undefined);
  return Buffer.concat(chunks).subarray(0, most).toString('utf8');
}

function faultOfError(error: unknown): Sent {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof StatusError) {
      const { status, headers, body } = at;
      const header = (name: string): string | null => headers.get(name);
      const fault = faultOfStatus(status, errorDetail(parsed(body)), header);
      return { kind: 'fault', fault, wasTaken: false, headers: header, status, body };
    }
  }
  const nothing = { headers: () => null, status: null, body: '' };
  return { kind: 'fault', ...faultOfConnection(error), ...nothing };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

/** What `fetch` says of an address that it will not send to (WHATWG Fetch, 2.9: port blocking). */
const refusedByClient = /^(bad port|unknown scheme|URL scheme must be a HTTP)/i;

/** What went wrong below HTTP, from the codes that Node gives. */
export function faultOfConnection(error: unknown): { fault: Fault; wasTaken: boolean } {
  const codes: string[] = [];
  let message = 'the connection failed';
  for (let at = error; at instanceof Error; at = at.cause) {
    const inner = at instanceof AggregateError ? [at, ...(at.errors as unknown[])] : [at];
    for (const item of inner) {
      if (!(item instanceof Error && 'code' in item)) continue;
      const { code } = item;
      if (typeof code === 'string' || typeof code === 'number') codes.push(String(code));
    }
    message = at.message === '' ? message : at.message;
  }
  const code = codes.join(' ');
  const unsaid = codes.filter((one, at) => !message.includes(one) && codes.indexOf(one) === at);
  const reason = [message, unsaid.join(' ')].filter(Boolean).join(', ');
  if (/CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL/.test(code)) {
    const mend =
      'Check the certificate of the endpoint; NODE_EXTRA_CA_CERTS names further authorities.';
    return { fault: { kind: 'final', reason, mend }, wasTaken: false };
  }
  // Nothing was sent, and nothing would be another time.
  if (refusedByClient.test(message)) {
    const mend = 'Use another port or address: web clients send nothing to this one.';
    return { fault: { kind: 'final', reason, mend }, wasTaken: false };
  }
  const neverSent =
    /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT/;
  const isUnreached = neverSent.test(code);
  const fault: Fault = {
    kind: 'broken',
    reason,
    waitMs: null,
    ...(isUnreached ? { isUnreached } : {}),
  };
  return { fault, wasTaken: !isUnreached };
}
