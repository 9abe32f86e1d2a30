/**
 * Text of programs, tests and models as it may be shown: nothing in it moves a cursor, writes a
 * title, hides or reorders what stands beside it. What is taken out leaves a visible mark. Lines
 * and tabs stay; joiners stay where a script or an emoji needs them. Idempotent.
 *
 * After "Trojan Source" (Boucher and Anderson 2021, CVE-2021-42574) and ECMA-48.
 */
export function plainText(text: string): string {
  if (!anyUnsafe.test(text)) return text;
  return text
    .replaceAll('\r\n', '\n')
    .replace(escapeSequences, '␛')
    .replace(unsafe, (found: string, kept?: string) => kept ?? markOf(found));
}

/** The same for each text in plain data; keys and the fields named in `kept` stay as they are. */
export function plainData<T>(data: T, kept: ReadonlySet<string> = nothing): T {
  if (typeof data === 'string') return plainText(data) as T;
  if (Array.isArray(data)) return data.map((item: unknown) => plainData(item, kept)) as T;
  if (typeof data !== 'object' || data === null) return data;
  const fields = Object.entries(data).map(([key, value]): [string, unknown] => [
    key,
    kept.has(key) ? value : plainData<unknown>(value, kept),
  ]);
  return Object.fromEntries(fields) as T;
}

/** JSON that says the same to a program and nothing to a terminal. */
export function plainJson(json: string): string {
  return json.replace(notInJson, (found) =>
    [...Array(found.length).keys()].map((place) => escapeOf(found.charCodeAt(place))).join(''),
  );
}

const nothing: ReadonlySet<string> = new Set();

/** Control strings with what they carry, control sequences, other escapes; 7-bit and 8-bit. */
const escapeSequences =
  /(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c\n]{0,4096}(?:\u0007|\u001b\\|\u009c)|(?:\u001b\[|\u009b)[0-?]{0,64}[ -/]{0,16}[@-~]|\u001b[ -/]{0,16}[0-Z\\^-~]/g;

const controls = '\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f';
/** Marks and overrides of direction, line separators, and what takes no room. */
const formats =
  '\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}';
const joiners = '\\u200c\\u200d';
/** A flag of a part of a country is spelled in tags after a black flag. */
const flags = '\\u{1f3f4}[\\u{e0020}-\\u{e007e}]{1,16}\\u{e007f}';
/** Letters of scripts in which a joiner changes the form of what it joins. */
const joining =
  '\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Mongolian}\\p{Script=Nko}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}\\p{Script=Khmer}\\p{Script=Myanmar}\\p{Script=Tibetan}';
const inScripts = `(?<=[${joining}])[${joiners}](?=[${joining}])`;
const inEmoji =
  '(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f])\\u200d(?=\\p{Extended_Pictographic})';

const anyUnsafe = new RegExp(`[${controls}${formats}${joiners}]`, 'u');
/** The forms that stay are matched first, as whole, so that nothing of them is marked. */
const unsafe = new RegExp(
  `(${flags}|${inScripts}|${inEmoji})|[${controls}${formats}${joiners}]`,
  'gu',
);
const notInJson = new RegExp(`[\\u007f-\\u009f${formats}${joiners}]`, 'gu');

function markOf(found: string): string {
  const code = found.codePointAt(0) ?? 0;
  // The pictures of controls: ␀ stands for 0, ␡ for 127.
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '␡';
  return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
}

function escapeOf(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
