import { replaceSecrets } from './secretRules';

/** Keys by the marks that their makers put before them, and what a header carries. */
const keys = [
  /\b(?:sk|pk|rk|gsk|xai|hf|ghp|gho|ghs|github_pat|glpat|r8|nvapi|pplx|AIza|ya29)[-_.]?[\w-]*[\w*.-]{12,}/g,
  /\b(?:bearer|basic|token)\s+[\w+/=.~-]{8,}/gi,
  /\b(?:authorization|proxy-authorization|x-api-key|api-key|cookie|set-cookie)["']?\s*[:=]\s*["']?[^\s"',;}]{6,}(?:\s+[^\s"',;}]{6,})?/gi,
];
const mark = '[secret]';

/** A text that others wrote without what looks like a key, a password or a token in it. */
export function withoutSecrets(text: string): string {
  let clean = replaceSecrets(text, mark);
  for (const pattern of keys) clean = clean.replace(pattern, mark);
  return clean;
}
