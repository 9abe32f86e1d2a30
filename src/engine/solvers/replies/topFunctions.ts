import type { Language } from '../../domain/task';
import { readTree, type Node } from '../../syntax/node';
import type { Syntax } from '../../syntax/parser';
import { fieldOf, named, within } from '../../syntax/walk';
import { readingOf } from './reading';

/** A function among the statements of a program or of a class. */
export interface TopFunction {
  readonly name: string;
  /** Arguments by place that it must be given, and those that it can be given. */
  readonly fewest: number;
  readonly most: number;
  /** Names that it calls. */
  readonly calls: ReadonlySet<string>;
  /** True for a method that is given its object first. */
  readonly hasSelf: boolean;
}

export function topFunctions(block: Node): TopFunction[] {
  return named(block).flatMap((statement): TopFunction[] => {
    const node = unwrappedNode(statement);
    const declared = /^(?:lexical|variable)_declaration$/.test(node.type) ? named(node)[0] : node;
    const made = declared && (fieldOf(declared, 'value') ?? declared);
    const isFunction = /^(?:function_|generator_function|arrow_function)/.test(made?.type ?? '');
    const name = declared && fieldOf(declared, 'name')?.text;
    if (!made || !isFunction || name === undefined) return [];
    const list = fieldOf(made, 'parameters');
    const parameters = list ? named(list).filter(({ type }) => type !== 'comment') : [];
    return [
      {
        name,
        ...countsOf(parameters, list !== null),
        calls: calledIn(made),
        hasSelf: isMethod(parameters),
      },
    ];
  });
}

/** A statement without the decorators or the `export` around it. */
export function unwrappedNode(statement: Node): Node {
  return fieldOf(statement, 'definition') ?? fieldOf(statement, 'declaration') ?? statement;
}

/**
 * How many arguments the function is given: as many as the program that the task gives has
 * parameters for it, else as the calls in tests have. Null where that is not one number.
 */
export function parametersAsked(of: {
  readonly syntax: Syntax;
  readonly language: Language;
  readonly entryPoint: string;
  readonly base: string;
  readonly tests: readonly string[];
}): number | null {
  const { syntax, language, entryPoint, base, tests } = of;
  const treeOf = (text: string): Node | null =>
    readingOf(syntax, language, text).parses ? readTree(syntax, language, text) : null;
  const own = treeOf(base);
  const known = own && topFunctions(own).find(({ name }) => name === entryPoint);
  if (known && Number.isFinite(known.most)) return known.most;
  const counts = tests.flatMap((test) => {
    const tree = treeOf(test);
    const calls = (tree ? [...within(tree)] : []).filter(
      (node) => fieldOf(node, 'function')?.text === entryPoint,
    );
    return calls.map((call) => {
      const given = fieldOf(call, 'arguments');
      return given ? named(given).length : 0;
    });
  });
  return new Set(counts).size === 1 ? (counts[0] ?? null) : null;
}

function isMethod([first]: readonly Node[]): boolean {
  return first !== undefined && /^(?:self|cls)$/.test(first.text);
}

function countsOf(
  parameters: readonly Node[],
  hasList: boolean,
): Pick<TopFunction, 'fewest' | 'most'> {
  // An arrow function may have one parameter without a list.
  if (!hasList) return { fewest: 1, most: 1 };
  let [fewest, most] = [0, 0];
  for (const { type, text } of parameters) {
    if (/^(?:list_splat_pattern|rest_pattern)$/.test(type) || /^(?:\*\w|\.\.\.)/.test(text)) {
      return { fewest, most: Infinity };
    }
    if (/^(?:dictionary_splat|keyword_separator)/.test(type) || text.startsWith('*')) break;
    if (type === 'positional_separator') continue;
    most += 1;
    const isOptional =
      /default|optional|assignment_pattern/.test(type) || /^[^()[\]{}]*=/.test(text);
    if (!isOptional) fewest += 1;
  }
  return { fewest, most };
}

function calledIn(node: Node): ReadonlySet<string> {
  const names = [...within(node)].flatMap((one) =>
    /^call(?:_expression)?$/.test(one.type) ? [fieldOf(one, 'function')?.text ?? ''] : [],
  );
  return new Set(names);
}
