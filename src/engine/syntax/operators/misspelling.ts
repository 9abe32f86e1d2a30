import { isIdentifier, roleOf } from '../identifiers';
import type { Language } from '../../domain/task';
import type { Node } from '../node';
import { within } from '../walk';
import { none, replace, type Family } from './operator';

const mostNames = 4;
const mostLetters = 2;
const shortest = 3;

const pythonBuiltins =
  'abs all any bool dict divmod enumerate filter float format frozenset input int isinstance iter len list map max min next ord chr pow print range repr reversed round set sorted str sum tuple type zip True False None';
const pythonMethods =
  'append extend insert remove pop clear index count sort reverse copy get keys values items update setdefault add discard union intersection difference split rsplit join strip lstrip rstrip replace find rfind lower upper title capitalize startswith endswith isdigit isalpha isalnum isupper islower isspace zfill ljust rjust center format splitlines partition swapcase';
const scriptGlobals =
  'Math Number String Array Object Boolean Set Map JSON Infinity NaN undefined null true false parseInt parseFloat isNaN Date RegExp Error';
const scriptMethods =
  'push pop shift unshift splice slice concat join reverse sort map filter reduce forEach find findIndex indexOf lastIndexOf includes some every keys values entries flat flatMap fill split trim trimStart trimEnd toLowerCase toUpperCase charAt charCodeAt substring startsWith endsWith repeat replace replaceAll padStart padEnd match length size get set has add delete floor ceil round abs min max sqrt pow toString toFixed';

const known = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const builtins = { python: known(pythonBuiltins), script: known(scriptGlobals) };
const methods = { python: known(pythonMethods), script: known(scriptMethods) };

/**
 * A name that means nothing here for a known one that is spelt almost so. The faults it mends:
 * typing errors in names and methods, and a type's name in the place of a value's (`list` for
 * `lists`).
 */
export const misspelling: Family = (node, { language, scopes, source }) => {
  const kind = kindOf(language);
  if (isMember(node)) {
    const isKnown = methods[kind].has(node.text) || defines(source, node.text);
    return isKnown ? none : near(node, methods[kind]);
  }
  if (!isIdentifier(node) || roleOf(node) !== 'read') return none;
  if (scopes.scopeOf(node.text, node) !== null) return none;
  const isCalled = node.field === 'function';
  const isBuiltin = builtins[kind].has(node.text);
  // A builtin function that is called, or a value of the language, is meant.
  if (isBuiltin && (isCalled || !/^[a-z]/.test(node.text))) return none;
  const inScope = [...namesAround(node)].filter((name) => scopes.scopeOf(name, node) !== null);
  return near(node, new Set(isBuiltin ? inScope : [...inScope, ...builtins[kind]]));
};

function kindOf(language: Language): 'python' | 'script' {
  return language === 'python' ? 'python' : 'script';
}

/** The `x` of `a.x`. */
function isMember(node: Node): boolean {
  return (
    node.type === 'property_identifier' ||
    (node.type === 'identifier' && node.field === 'attribute')
  );
}

/** A class or an object of the program may have a member of that name. */
function defines(source: string, name: string): boolean {
  return (source.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0) > 1;
}

function namesAround(node: Node): ReadonlySet<string> {
  let root = node;
  while (root.parent !== null) root = root.parent;
  return new Set(
    [...within(root)]
      .filter((other) => isIdentifier(other) && roleOf(other) === 'binding')
      .map(({ text }) => text),
  );
}

function near(node: Node, names: ReadonlySet<string>): ReturnType<Family> {
  const { text } = node;
  if (text.length < shortest) return none;
  return [...names]
    .filter((name) => name !== text && name.length >= shortest)
    .map((name) => ({ name, letters: lettersBetween(text, name) }))
    .filter(({ name, letters }) => letters <= Math.min(mostLetters, name.length / 3))
    .sort((a, b) => a.letters - b.letters)
    .slice(0, mostNames)
    .map(({ name }) => replace(node, name));
}

/** Letters put in, left out, replaced, or swapped with their neighbour (Damerau). */
function lettersBetween(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, at) => at)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= a.length; row++) {
    const now = [row];
    rows.push(now);
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      now.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + (isSame ? 0 : 1),
          isSwapped ? at(row - 2, column - 2) + 1 : Infinity,
        ),
      );
    }
  }
  return at(a.length, b.length);
}
