import type { Attempt } from '../domain/chat';
import { withoutSecrets } from '../redaction/withoutSecrets';
import type { AttemptEnd } from './attempt';
import { nanoPerUsd } from './prices';
import type { Settlement } from './settlement';

const maxReasonChars = 1_000;
const maxBodyChars = 4_000;
const maxPartialChars = 20_000;

/**
 * What is told of a request that brought no usable reply, or not all of it: bounded, without the
 * key that was sent and without what else looks like a secret.
 */
export function attemptOf(
  end: (
    | Exclude<AttemptEnd, { kind: 'stopped' }>
    | (Extract<AttemptEnd, { kind: 'stopped' }> & { readonly reason: string })
  ) & { readonly durationMs: number; readonly settled: Settlement },
  removeKey: (text: string) => string,
): Omit<Attempt, 'choices' | 'decision' | 'waitMs'> {
  const { durationMs, settled } = end;
  // The key goes before anything is cut: half of it would not be found.
  const clean = (text: string, most: number): string =>
    withoutSecrets(removeKey(text)).slice(0, most);
  const fault = end.kind === 'stopped' ? null : end.fault;
  const reason = end.kind === 'stopped' ? end.reason : (fault?.reason ?? '');
  const body = end.kind === 'fault' && end.received === '' ? end.body.trim() : '';
  const { nanoUsd, unpricedCalls } = settled.spend;
  return {
    end: fault?.kind ?? 'stopped',
    status: end.kind === 'fault' ? end.status : end.kind === 'whole' ? 200 : null,
    reason: clean(reason, maxReasonChars),
    ...(body === '' ? {} : { body: clean(body, maxBodyChars) }),
    ...(end.received === '' ? {} : { partial: clean(end.received, maxPartialChars) }),
    durationMs,
    usage: settled.usage,
    costUsd: unpricedCalls > 0 ? null : nanoUsd / nanoPerUsd,
  };
}
