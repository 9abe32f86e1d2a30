import type { Language } from '../../domain/task';
import { isIdentifier, roleOf } from '../../syntax/identifiers';
import { readTree, type Node } from '../../syntax/node';
import type { Syntax } from '../../syntax/parser';
import { Scopes } from '../../syntax/scopes';
import { fieldOf, named, within } from '../../syntax/walk';
import { readingOf } from './reading';
import { parametersAsked, topFunctions, unwrappedNode, type TopFunction } from './topFunctions';

/** What was asked for, by which a function is known under another name. */
export interface Asked {
  readonly syntax: Syntax;
  readonly language: Language;
  readonly entryPoint: string;
  /** The program that a task gives, with the function in it, or empty. */
  readonly base: string;
  readonly tests: readonly string[];
}

/**
 * A program that defines the function under another name than the one asked for (`add_numbers` for
 * `add`), with the name mended where it is defined and where it calls itself, and what it was.
 * Null where it cannot be told which function is meant: of those that take as many arguments as
 * `base` or the calls in `tests` give, and that no other one calls, there must be one alone, or one
 * alone of a name like it.
 */
export function underItsName(
  text: string,
  asked: Asked,
): { readonly program: string; readonly was: string } | null {
  const { syntax, language, entryPoint } = asked;
  const reading = readingOf(syntax, language, text);
  if (!reading.parses || reading.gives.has(entryPoint)) return null;
  const root = readTree(syntax, language, text);
  const functions = topFunctions(root);
  if (functions.length === 0) return methodUnderItsName(root, text, asked);
  const only = meantAmong(functions, asked);
  if (only === null) return null;
  const program = renamed(root, text, only.name, entryPoint);
  return program === null ? null : { program, was: only.name };
}

function meantAmong(functions: readonly TopFunction[], asked: Asked): TopFunction | null {
  const given = readingOf(asked.syntax, asked.language, asked.base).gives;
  const own = functions.filter(
    ({ name }) => !/^(?:test|check|main$|run_|_)/.test(name) && !given.has(name),
  );
  const count = parametersAsked(asked);
  const fitting = own.filter(({ fewest, most }) =>
    count === null ? own.length === 1 : fewest <= count && count <= most,
  );
  const free = fitting.filter(
    ({ name }) => !own.some((other) => other.name !== name && other.calls.has(name)),
  );
  const alike = free.filter(({ name }) => namesTheSame(name, asked.entryPoint));
  for (const some of [free, alike]) if (some.length === 1) return some[0] ?? null;
  return null;
}

/** The one method of a class that needs nothing to be made (`class Solution`), as a function. */
function methodUnderItsName(
  root: Node,
  text: string,
  asked: Asked,
): { readonly program: string; readonly was: string } | null {
  const classes = named(root)
    .map(unwrappedNode)
    .filter((one) => /class_/.test(one.type));
  const [only] = classes;
  if (asked.language !== 'python' || classes.length !== 1 || !only) return null;
  const name = fieldOf(only, 'name')?.text;
  const body = fieldOf(only, 'body');
  if (name === undefined || body === null) return null;
  const methods = topFunctions(body);
  if (methods.some((one) => one.name === '__init__')) return null;
  const withSelf = methods.map((one) => ({
    ...one,
    ...(one.hasSelf ? { fewest: one.fewest - 1, most: one.most - 1 } : {}),
  }));
  const meant = meantAmong(withSelf, asked);
  if (meant === null) return null;
  const owner = meant.hasSelf ? `${name}()` : name;
  const program = `${text.trimEnd()}\n\n\n${asked.entryPoint} = ${owner}.${meant.name}\n`;
  return { program, was: `${name}.${meant.name}` };
}

/** Names for whatever was asked for. */
const anything = /^(?:solution|solve|solver|answer|my_?func(?:tion)?|func(?:tion)?|f)$/i;

/** True where all words of one name are words of the other. */
function namesTheSame(one: string, other: string): boolean {
  if (anything.test(one)) return true;
  const [a, b] = [wordsOf(one), wordsOf(other)];
  if (a.join('') === b.join('')) return true;
  return a.every((word) => b.includes(word)) || b.every((word) => a.includes(word));
}

function wordsOf(name: string): string[] {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[_$\d]+/);
  return words.filter((word) => word !== '');
}

function renamed(root: Node, text: string, name: string, to: string): string | null {
  const scopes = new Scopes(root);
  const all = [...within(root)].filter(isIdentifier).filter((node) => roleOf(node) !== 'label');
  const own = all.filter((node) => {
    const scope = node.text === name ? scopes.scopeOf(name, node) : undefined;
    return scope === null || scope === root;
  });
  // A variable of the new name would hide the function from its own calls.
  const isTaken = all.some((node) => node.text === to && roleOf(node) === 'binding');
  if (own.length === 0 || (isTaken && own.length > 1)) return null;
  let made = '';
  let at = 0;
  for (const { start, end } of own) {
    made += text.slice(at, start) + to;
    at = end;
  }
  return made + text.slice(at);
}
