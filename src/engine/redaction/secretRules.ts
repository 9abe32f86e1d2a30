/** What a text may hold that must not leave the machine with it. */
export type PrivateKind = 'secret' | 'email' | 'homePath';

export interface PrivateFinding {
  readonly kind: PrivateKind;
  /** Which rule found it. Never the text itself. */
  readonly rule: string;
  /** UTF-16 offset of its start. */
  readonly at: number;
}

interface Rule {
  readonly name: string;
  readonly kind: PrivateKind;
  readonly pattern: RegExp;
  /** Says no to what only looks like it. Given the whole match and its first group. */
  readonly holds?: (found: string, group: string) => boolean;
}

/** Below this a value is a word or a placeholder, not a key: bits for each character. */
const minEntropy = 3;
const maxFindings = 20;

/**
 * Our own rules, for what secretlint's recommended set does not find: passwords and keys given to
 * names, JSON web tokens, private keys of any length, identifiers of AWS keys, e-mail addresses
 * and paths into somebody's home. At most 20 findings of a text.
 */
export function findByRules(text: string): PrivateFinding[] {
  const found: PrivateFinding[] = [];
  for (const { name, kind, pattern, holds } of rules) {
    for (const match of text.matchAll(pattern)) {
      if (holds && !holds(match[0], match[1] ?? '')) continue;
      found.push({ kind, rule: name, at: match.index });
      if (found.length >= maxFindings) return found;
    }
  }
  return found;
}

/** A text with each secret that the rules find replaced, as far as a rule tells where it stands. */
export function replaceSecrets(text: string, by: string): string {
  let clean = text;
  for (const { kind, pattern, holds } of rules) {
    if (kind !== 'secret') continue;
    clean = clean.replace(pattern, (found: string, group: unknown) => {
      const value = typeof group === 'string' ? group : '';
      if (holds && !holds(found, value)) return found;
      return value === '' ? by : found.replace(value, by);
    });
  }
  return clean;
}

/** Names after which a literal is taken for a secret. */
const secretNames =
  'pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key|apikey|access[_-]?key|auth[_-]?key|private[_-]?key|credentials?|client[_-]?secret';

const rules: readonly Rule[] = [
  {
    name: 'password',
    kind: 'secret',
    pattern: new RegExp(
      `\\b[\\w-]{0,40}(?:${secretNames})["']?\\]?\\s{0,4}(?::\\s{0,4}\\w{1,20}\\s{0,4})?(?:=|:|=>|:=)\\s{0,4}["'\`]([^"'\`\\s]{6,256})["'\`]`,
      'gi',
    ),
    holds: (_, value) => isLikeSecret(value),
  },
  {
    // Without quotes, as in a shell or a settings file; then only what mixes letters and digits.
    name: 'password-setting',
    kind: 'secret',
    pattern: new RegExp(
      `^\\s{0,20}(?:export\\s+)?[\\w.-]{0,40}(?:${secretNames})=([^\\s"'\`(){}\\[\\],;]{8,256})$`,
      'gim',
    ),
    holds: (_, value) => isLikeSecret(value) && /\d/.test(value) && /[a-z]/i.test(value),
  },
  {
    name: 'json-web-token',
    kind: 'secret',
    pattern: /\beyJ[\w-]{10,2048}\.eyJ[\w-]{10,4096}\.[\w-]{10,1024}/g,
  },
  {
    name: 'private-key',
    kind: 'secret',
    pattern: /-----BEGIN (?:[A-Z]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g,
  },
  { name: 'aws-key-id', kind: 'secret', pattern: /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/g },
  {
    name: 'url-with-password',
    kind: 'secret',
    pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"']{1,64}:([^\s/@"']{3,128})@[\w.-]+/gi,
    holds: (_, value) => !isPlaceholder(value),
  },
  {
    name: 'email',
    kind: 'email',
    pattern: /\b[a-z0-9][\w.%+-]{0,63}@((?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24})\b/gi,
    holds: (_, domain) => !reservedDomain.test(domain),
  },
  {
    // As written there: a route such as /users/1 is no path.
    name: 'home-path',
    kind: 'homePath',
    pattern: /(?<![\w.])\/(?:home|Users)\/\w[\w.-]{0,63}(?=[/\s"'`:;,)]|$)/g,
  },
  {
    name: 'home-path-windows',
    kind: 'homePath',
    pattern: /\b[a-z]:(?:\\{1,2}|\/)Users(?:\\{1,2}|\/)\w[\w.-]{0,63}/gi,
  },
];

/** Domains that belong to nobody (RFC 2606 and 6761): what stands there is an example. */
const reservedDomain =
  /(?:^|\.)(?:example\.(?:com|org|net|edu)|example|test|invalid|localhost|local)$/i;

function isLikeSecret(value: string): boolean {
  return !isPlaceholder(value) && (entropy(value) >= minEntropy || /\d/.test(value));
}

function isPlaceholder(value: string): boolean {
  return (
    /^(?:x+|\*+|\.+|<[^>]*>|\$\{?[^}]*\}?|\{+[^}]*\}+|%\(?\w*\)?s?|your[\w-]*|change-?me|placeholder|example|none|null|undefined|true|false|redacted)$/i.test(
      value,
    ) || /^(?:pass(?:word)?|secret|token|key)$/i.test(value)
  );
}

/** Shannon entropy, in bits for each character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values())
    bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
