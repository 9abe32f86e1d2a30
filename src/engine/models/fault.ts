import { z } from 'zod';

/** Why a call gave nothing, and so what is to be done. */
export type Fault =
  /** At its limit: tried again after a while, and with fewer calls in flight. */
  | { readonly kind: 'busy'; readonly reason: string; readonly waitMs: number | null }
  /** A passing trouble: tried again a few times. */
  | {
      readonly kind: 'broken';
      readonly reason: string;
      readonly waitMs: number | null;
      /** It may come of what this request says: a 500, of which many servers make a bad prompt. */
      readonly mayBeOfRequest?: boolean;
      /** Nothing answered at the address. */
      readonly isUnreached?: boolean;
    }
  /** A reply that is of no use, to this request alone: asked again once. */
  | { readonly kind: 'unusable'; readonly reason: string }
  /** Trying again gives the same. */
  | { readonly kind: 'final'; readonly reason: string; readonly mend: string }
  /** The endpoint does not take this request, or the model will not answer it. */
  | {
      readonly kind: 'refused';
      readonly reason: string;
      readonly detail: ErrorDetail;
      /** It speaks of policy or of what the request says, or the model itself would not answer. */
      readonly isOfContent: boolean;
      /** It is longer than the model reads. */
      readonly tooLong?: TooLong;
    };

/** Tokens of prompt and reply together that the endpoint says it reads; null where it does not say. */
export interface TooLong {
  readonly contextTokens: number | null;
}

/** What an endpoint says of an error, from any of the shapes that are about. */
export interface ErrorDetail {
  readonly message: string;
  readonly code: string;
  /** Parameters that it names apart from the message. */
  readonly parameters: readonly string[];
}

/** Longer messages are cut: they may be whole pages. */
const mostMessageChars = 500;

const text = z.union([z.string(), z.number()]).transform(String).catch('');
const errorSchema = z.object({
  message: text.optional(),
  code: text.optional(),
  type: text.optional(),
  param: text.optional(),
  status: text.optional(),
  innererror: z.object({ code: text.optional() }).optional().catch(undefined),
});
const detailSchema = z.array(
  z.object({
    loc: z.array(z.union([z.string(), z.number()])).optional(),
    msg: text.optional(),
    type: text.optional(),
  }),
);

/** Reads what stands in an error body: OpenAI's, FastAPI's (`detail`), Ollama's, or plain text. */
export function errorDetail(body: unknown): ErrorDetail {
  const whole = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const error = whole['error'] ?? body;
  if (typeof error === 'string') return detailOf(error, '', []);
  const items = detailSchema.safeParse(whole['detail'] ?? whole['message']);
  if (items.success) {
    const parameters = items.data.flatMap(({ loc }) => (loc ?? []).slice(-1).map(String));
    const message = items.data.map(({ msg, loc }) => `${(loc ?? []).join('.')}: ${msg ?? ''}`);
    return detailOf(message.join('; '), items.data[0]?.type ?? '', parameters);
  }
  if (typeof whole['detail'] === 'string') return detailOf(whole['detail'], '', []);
  const known = errorSchema.safeParse(error);
  if (!known.success) return detailOf('', '', []);
  const { message, code, type, param, innererror } = known.data;
  const codes = [innererror?.code, code, type].filter((item) => item !== undefined && item !== '');
  return detailOf(
    message ?? '',
    codes.join(' '),
    param === undefined || param === '' ? [] : [param],
  );
}

function detailOf(message: string, code: string, parameters: readonly string[]): ErrorDetail {
  const isPage = /^\s*<(!doctype|html|head|body)/i.test(message);
  const shown = isPage
    ? 'a web page'
    : message.replace(/\s+/g, ' ').trim().slice(0, mostMessageChars);
  return { message: shown, code, parameters };
}

/** An HTTP status that is not 2xx, or one that stands inside a body that came with a 200. */
export function faultOfStatus(
  status: number,
  detail: ErrorDetail,
  headers: (name: string) => string | null,
): Fault {
  const reason = [`status ${String(status)}`, detail.message].filter(Boolean).join(': ');
  const waitMs = waitOf(headers);
  if (/insufficient_quota|billing_hard_limit|credit|exceeded_current_quota/.test(detail.code)) {
    return {
      kind: 'final',
      reason,
      mend: 'The account is out of quota. Add credit, or use another key.',
    };
  }
  if (status === 429) return { kind: 'busy', reason, waitMs };
  if (status === 503) return { kind: 'busy', reason, waitMs };
  if (status === 500) return { kind: 'broken', reason, waitMs, mayBeOfRequest: true };
  if ([408, 409, 425].includes(status) || status >= 500) return { kind: 'broken', reason, waitMs };
  if ([400, 413, 415, 422].includes(status)) {
    if (notLoaded.test(detail.message)) return { kind: 'final', reason, mend: loadIt };
    const tooLong = tooLongBy(detail);
    if (tooLong) return { kind: 'refused', reason, detail, isOfContent: true, tooLong };
    return { kind: 'refused', reason, detail, isOfContent: isOfContent(detail) };
  }
  const mends: Readonly<Record<number, string>> = {
    401: 'Check the API key.',
    402: 'The account is out of credit. Add some, or use another key.',
    403: 'The key may not use this model. Check the account, or use another model.',
    404: 'Check the model name, and the address: it mostly ends with /v1.',
    405: 'Check the address: it mostly ends with /v1.',
  };
  const isRedirect = status >= 300 && status < 400;
  const away =
    'The address answers with a redirect, which is not followed with a key. Use the address that it points to.';
  return {
    kind: 'final',
    reason,
    mend: isRedirect ? away : (mends[status] ?? 'Check the address of the endpoint.'),
  };
}

const loadIt = 'Load the model at the endpoint, or check its name, and try again.';
const notLoaded =
  /\bunloaded\b|\bnot (yet )?loaded\b|\bno models? (is |are )?loaded|\bmodel\b.{0,80}\bnot found\b|failed to load/i;
const contentCode =
  /content_?(filter|policy|management)|responsibleai|safety|moderation|policy_?violation|invalid_prompt/i;
const contentMessage =
  /content[ _](filter|policy|management)|safety|moderation|usage polic|flagged|violat|was filtered/i;

function isOfContent({ code, message }: ErrorDetail): boolean {
  return contentCode.test(code) || contentMessage.test(message);
}

const tooLongCode =
  /context_length|context_window|exceed_context|string_above_max|prompt_too_long/i;
const tooLongMessage =
  /context (?:length|window|size)|\bn_ctx\b|(?:prompt|input|request|messages?) (?:is|are|was) too (?:long|large)|too many (?:input )?tokens|(?:prompt|input).{0,60}(?:exceeds?|longer than).{0,60}(?:tokens|context|length|limit)|reduce the length/i;
const saidTokens = [
  /(?:context (?:length|window|size)|n_ctx|context limit)\D{0,40}?(\d{3,8})\b/i,
  /maximum (?:of |is |context )?\D{0,30}?(\d{3,8}) tokens/i,
  />\s*(\d{3,8})(?: maximum|\))/i,
];

/** Whether an endpoint says that a request is longer than its model reads, and how much that is. */
function tooLongBy({ code, message }: ErrorDetail): TooLong | null {
  if (!tooLongCode.test(code) && !tooLongMessage.test(message)) return null;
  const plain = message.replace(/(\d),(?=\d{3}\b)/g, '$1');
  const said = saidTokens.map((pattern) => pattern.exec(plain)?.[1]).find((one) => one);
  return { contextTokens: said === undefined ? null : Number(said) };
}

/** An error inside a reply that began well: with a status of its own, or a passing trouble. */
export function faultOfBody(body: unknown): Fault {
  const detail = errorDetail(body);
  const status = Number(/\b([45]\d\d)\b/.exec(detail.code)?.[1] ?? '502');
  return faultOfStatus(status, detail, () => null);
}

/** How long a response asks to wait: `retry-after-ms`, or `retry-after` in seconds or as a date. */
export function waitOf(headers: (name: string) => string | null): number | null {
  const inMs = Number(headers('retry-after-ms') ?? NaN);
  if (inMs >= 0) return inMs;
  const after = headers('retry-after');
  if (after === null || after.trim() === '') return null;
  if (Number(after) >= 0) return Number(after) * 1000;
  const until = Date.parse(after) - Date.now();
  return Number.isNaN(until) ? null : Math.max(0, until);
}
