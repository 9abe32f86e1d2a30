/**
 * Milliseconds until an endpoint has room again, where its headers say that none is left
 * (`x-ratelimit-remaining-*` and `x-ratelimit-reset-*`, as OpenAI, Azure and others send them);
 * 0 where they do not.
 */
export function pauseOf(header: (name: string) => string | null): number {
  return Math.max(
    ...['requests', 'tokens'].map((what) => {
      if (header(`x-ratelimit-remaining-${what}`)?.trim() !== '0') return 0;
      return durationMs(header(`x-ratelimit-reset-${what}`) ?? '');
    }),
  );
}

const units: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };

/** `6m0s`, `1.5s`, `20ms`; a plain number is seconds. 0 for anything else. */
function durationMs(text: string): number {
  const plain = Number(text);
  if (text.trim() !== '' && plain >= 0 && plain < 86_400) return plain * 1000;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|[hms])/g)];
  return parts.reduce((sum, [, value, unit]) => sum + Number(value) * (units[unit ?? ''] ?? 0), 0);
}
