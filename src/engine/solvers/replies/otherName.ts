import type { Language } from '../../domain/task';
import { isIdentifier, roleOf } from '../../syntax/identifiers';
import { readTree, type Node } from '../../syntax/node';
import type { Syntax } from '../../syntax/parser';
import { Scopes } from '../../syntax/scopes';
import { fieldOf, named, within } from '../../syntax/walk';
import { readingOf } from './reading';

interface TopFunction {
  readonly name: string;
  readonly parameters: number;
}

/**
 * A program whose one function has another name than the one asked for (`add_numbers` for `add`),
 * with the name mended where it is defined and where it calls itself. Null where it holds another
 * function or a class, takes another number of parameters than `base` or the calls in `tests` do,
 * or has a name that speaks of something else.
 */
export function underItsName(
  text: string,
  of: {
    readonly syntax: Syntax;
    readonly language: Language;
    readonly entryPoint: string;
    readonly base: string;
    readonly tests: readonly string[];
  },
): string | null {
  const { syntax, language, entryPoint } = of;
  const reading = readingOf(syntax, language, text);
  if (!reading.parses || reading.gives.has(entryPoint)) return null;
  const root = readTree(syntax, language, text);
  if (root.children.some((one) => /class_/.test(unwrappedNode(one).type))) return null;
  const functions = functionsIn(root).filter(
    ({ name }) => !/^(?:test|check|main$|run_)/.test(name),
  );
  const [only] = functions;
  if (functions.length !== 1 || !only || !namesTheSame(only.name, entryPoint)) return null;
  if (only.parameters !== parametersAsked(of)) return null;
  return renamed(root, text, only.name, entryPoint);
}

function parametersAsked(of: Parameters<typeof underItsName>[1]): number | null {
  const { syntax, language, entryPoint, base, tests } = of;
  const treeOf = (text: string): Node | null =>
    readingOf(syntax, language, text).parses ? readTree(syntax, language, text) : null;
  const own = treeOf(base);
  const known = own && functionsIn(own).find(({ name }) => name === entryPoint);
  if (known) return known.parameters;
  const counts = tests.flatMap((test) => {
    const calls = [...within(treeOf(test) ?? emptyNode)].filter(
      (node) => fieldOf(node, 'function')?.text === entryPoint,
    );
    return calls.map((call) => named(fieldOf(call, 'arguments') ?? emptyNode).length);
  });
  return new Set(counts).size === 1 ? (counts[0] ?? null) : null;
}

const emptyNode: Node = {
  ...{ type: '', named: false, field: null, start: 0, end: 0, line: 1, endLine: 1 },
  ...{ parent: null, children: [], text: '' },
};

function functionsIn(root: Node): TopFunction[] {
  return named(root).flatMap((statement) => {
    const node = unwrappedNode(statement);
    const declared = /^(?:lexical|variable)_declaration$/.test(node.type) ? named(node)[0] : node;
    const made = declared && (fieldOf(declared, 'value') ?? declared);
    const isFunction = /^(?:function_|generator_function|arrow_function)/.test(made?.type ?? '');
    const name = declared && fieldOf(declared, 'name')?.text;
    if (!made || !isFunction || name === undefined) return [];
    const parameters = fieldOf(made, 'parameters');
    return [{ name, parameters: parameters ? named(parameters).length : 1 }];
  });
}

function unwrappedNode(statement: Node): Node {
  return fieldOf(statement, 'definition') ?? fieldOf(statement, 'declaration') ?? statement;
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
