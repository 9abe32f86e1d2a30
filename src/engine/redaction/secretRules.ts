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
  /** Stands in all that the pattern finds, and in few other texts: looked for first, for speed. */
  readonly needs?: string;
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
  for (const { name, kind, pattern, needs, holds } of rules) {
    if (needs !== undefined && !text.includes(needs)) continue;
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
  'pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key|apikey|(?:access|account|auth|encryption|private|secret|shared|signing)[_-]?key|credentials?|client[_-]?secret';
const quote = '["\'`]';
/** As programs open a text: prefixes of Python, three quotes, brackets around it. */
const opening = `\\(?\\s{0,4}[rbfu]{0,2}${quote}{1,3}`;

const rules: readonly Rule[] = [
  {
    name: 'password',
    kind: 'secret',
    pattern: new RegExp(
      `\\b[\\w-]{0,40}(?:${secretNames})["']?\\]?\\s{0,4}(?::\\s{0,4}\\w{1,20}\\s{0,4})?(?:=|:|=>|:=)\\s{0,4}${opening}([^"'\`\\s]{6,256})${quote}`,
      'gi',
    ),
    holds: (_, value) => isLikeSecret(value),
  },
  {
    // Of several words; then only with a digit, for most such texts are told to people.
    name: 'pass-phrase',
    kind: 'secret',
    pattern: new RegExp(
      `\\b[\\w-]{0,40}(?:pass(?:word|wd|phrase)|pwd|secret)["']?\\]?\\s{0,4}[=:]\\s{0,4}${opening}([^"'\`\\n{}%]{8,80})${quote}`,
      'gi',
    ),
    holds: (_, value) => /\s/.test(value) && /\d/.test(value) && isLikeSecret(value),
  },
  {
    // As a default beside the name: `get("API_KEY", "…")`. Names stand so too, and have no digits.
    name: 'secret-as-default',
    kind: 'secret',
    pattern: new RegExp(
      `${quote}[\\w-]{0,40}(?:${secretNames})${quote}\\s{0,4},\\s{0,4}${opening}([^"'\`\\s]{8,256})${quote}`,
      'gi',
    ),
    holds: (_, value) => isMixed(value) && isLikeSecret(value),
  },
  {
    // Without quotes, as in a shell or a settings file; then only what mixes letters and digits.
    name: 'password-setting',
    kind: 'secret',
    pattern: new RegExp(
      `^\\s{0,20}(?:export\\s+)?[\\w.-]{0,40}(?:${secretNames})(?:=|:[ \\t]{1,4})([^\\s"'\`(){}\\[\\],;]{8,256})$`,
      'gim',
    ),
    holds: (_, value) => isLikeSecret(value) && isMixed(value),
  },
  {
    // With spaces around the sign a name may follow as well: only what no name looks like.
    name: 'key-setting',
    kind: 'secret',
    pattern: new RegExp(
      `^\\s{0,20}[\\w.-]{0,40}(?:${secretNames})\\s{1,4}=\\s{1,4}([A-Za-z0-9+/=_-]{16,256})$`,
      'gim',
    ),
    holds: (_, value) =>
      /\d/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value) && isLikeSecret(value),
  },
  {
    name: 'password-told',
    kind: 'secret',
    pattern:
      /\b(?:pass(?:word|phrase)|pwd|api key|secret key)\s(?:is|was)\s["'`]?([^\s"'`]{8,80})/gi,
    holds: (_, value) => isMixed(value) && isLikeSecret(value),
  },
  {
    name: 'authorization',
    kind: 'secret',
    pattern: /\b(?:Bearer|Basic)\s{1,4}([A-Za-z0-9+/._~-]{16,2048}={0,2})/g,
    holds: (_, value) => isMixed(value) && isLikeSecret(value),
  },
  {
    name: 'json-web-token',
    kind: 'secret',
    needs: 'eyJ',
    pattern: /\beyJ[\w-]{10,2048}\.eyJ[\w-]{10,4096}\.[\w-]{10,1024}/g,
  },
  {
    name: 'private-key',
    kind: 'secret',
    needs: 'PRIVATE KEY',
    pattern: /-----BEGIN (?:[A-Z]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g,
  },
  { name: 'aws-key-id', kind: 'secret', pattern: /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/g },
  {
    // Keys of services that carry their own mark.
    name: 'marked-key',
    kind: 'secret',
    pattern:
      /\b(?:github_pat_\w{22,255}|gh[pousr]_[A-Za-z0-9]{30,255}|glpat-[\w-]{20,64}|sk-(?:proj-|svcacct-|admin-|ant-|or-v1-)?[\w-]{24,256}|AIza[\w-]{35}|pypi-AgE[\w-]{40,512}|SK[0-9a-f]{32}|hf_[A-Za-z]{30,64}|xox[abposr]-[\w-]{10,256}|npm_[A-Za-z0-9]{36}|[rs]k_live_\w{16,128}|SG\.[\w-]{16,32}\.[\w-]{16,64})(?![\w-])/g,
    holds: (found) => entropy(found) >= minEntropy,
  },
  {
    name: 'azure-key',
    kind: 'secret',
    needs: 'Key=',
    pattern: /\b(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{32,128}={0,2}/g,
  },
  {
    name: 'url-with-password',
    kind: 'secret',
    needs: '@',
    pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"']{1,64}:([^\s/@"']{3,128})@[\w.-]+/gi,
    holds: (_, value) => !isPlaceholder(value),
  },
  {
    // Not where it is called: `a@b.dot(c)` multiplies.
    name: 'email',
    kind: 'email',
    needs: '@',
    pattern:
      /(?<![\p{L}\p{N}_.%+-])[\p{L}\p{N}][\p{L}\p{N}_.%+-]{0,63}@((?:[\p{L}\p{N}-]{1,63}\.){1,5}\p{L}{2,24})(?![\p{L}\p{N}_]|\s?\()/gu,
    holds: (_, domain) => !reservedDomain.test(domain),
  },
  {
    // As written there: a route such as /users/1 is no path.
    name: 'home-path',
    kind: 'homePath',
    pattern:
      /(?<![\w.])(?:\/(?:var|export|usr|net|mnt\/[a-z]))?\/(?:home|Users)\/\w[\w.-]{0,63}(?=[/\s"'`:;,)]|$)/g,
  },
  // Of the root user only files that programs keep there: trees of exercises have a /root too.
  {
    name: 'home-path-root',
    kind: 'homePath',
    needs: '/root/.',
    pattern: /(?<![\w.])\/root\/\.\w[\w.-]{0,63}/g,
  },
  {
    name: 'home-path-tilde',
    kind: 'homePath',
    needs: '~',
    pattern: /["'`]~[a-z][\w-]{1,31}\/[\w.]/g,
  },
  {
    name: 'home-path-windows',
    kind: 'homePath',
    pattern:
      /(?:\b[a-z]:|\\{2,4}[\w.-]{1,63})(?:\\{1,2}|\/)(?:Users|Documents and Settings)(?:\\{1,2}|\/)\w[\w.-]{0,63}/gi,
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

function isMixed(value: string): boolean {
  return /\d/.test(value) && /[a-z]/i.test(value);
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
