import type { AssertTest, Language } from '../../domain/task';
import { functionsOf } from '../../syntax/functions';
import { isIdentifier, roleOf } from '../../syntax/identifiers';
import { readTree, type Node } from '../../syntax/node';
import type { Syntax } from '../../syntax/parser';
import { fieldOf, named, within } from '../../syntax/walk';

const maxExamples = 32;
const prompt = '>>>';

/**
 * The examples of a documentation (`>>> call`, and what it gives on the next lines) as visible
 * tests. Taken are those alone that parse as a call of the entry point, perhaps inside a plain
 * builtin, that is given literals, and a literal that it gives.
 */
export function docExamples(
  syntax: Syntax,
  language: Language,
  source: string,
  entryPoint: string,
): AssertTest[] {
  const helpers = functionsOf(syntax, language, source).map(({ name }) => name);
  const names = new Set([entryPoint, ...helpers, ...(language === 'python' ? builtins : [])]);
  const tests: AssertTest[] = [];
  for (const { call, result } of examplesIn(source)) {
    const expression = onlyExpression(syntax, language, call);
    const value = onlyExpression(syntax, language, result);
    if (expression === null || value === null) continue;
    if (!isCallOf(expression, entryPoint, names) || !isLiteral(value)) continue;
    const id = `example-${String(tests.length + 1)}`;
    const [left, right] = [expression.text, value.text];
    const assertion =
      language === 'python'
        ? `assert ${left} == ${right}`
        : `assert.deepStrictEqual(${left}, ${right});`;
    tests.push({ kind: 'assert', id, role: 'visible', source: assertion });
    if (tests.length >= maxExamples) break;
  }
  return tests;
}

const builtins = ['round', 'abs', 'len', 'sorted', 'list', 'tuple', 'set', 'dict', 'str'];

interface Example {
  readonly call: string;
  readonly result: string;
}

function examplesIn(source: string): Example[] {
  const lines = source.split(/\r?\n/).map(unmarked);
  const examples: Example[] = [];
  for (let at = 0; at < lines.length; at++) {
    const { text: line = '', mark } = lines[at] ?? {};
    if (!line.startsWith(prompt)) continue;
    const call = [line.slice(prompt.length)];
    const next = (): string => {
      const { text = '', mark: its } = lines[at + 1] ?? {};
      return its === mark ? text : '';
    };
    for (; next().startsWith('...'); at++) call.push(next().slice('...'.length));
    const result: string[] = [];
    for (; isResult(next()); at++) result.push(next());
    const text = result.join('\n').replace(/\s*(?:"""|'''|\*\/)$/, '');
    examples.push({ call: call.join('\n').trim(), result: text.trim() });
  }
  return examples;
}

/** A line without what marks it as one of a comment; the code below a comment has no mark. */
function unmarked(line: string): { readonly text: string; readonly mark: string } {
  const mark = /^\s*(\/\/|\*(?!\/))/.exec(line);
  const text = line.slice(mark?.[0].length ?? 0).trim();
  return { text, mark: mark?.[1] ?? '' };
}

function isResult(line: string): boolean {
  return line !== '' && !/^(?:>>>|"""$|'''$|\*\/)/.test(line);
}

/** The expression that a text is, whole; null where it is anything else or does not parse. */
function onlyExpression(syntax: Syntax, language: Language, text: string): Node | null {
  if (text === '') return null;
  // In parentheses a brace begins an object, not a block; a comment may stand behind.
  const root = readTree(syntax, language, language === 'python' ? text : `(${text}\n)`);
  const [statement, ...others] = named(root);
  if (statement?.type !== 'expression_statement' || others.length > 0) return null;
  if ([...within(root)].some(({ type, start, end }) => type === 'ERROR' || start === end)) {
    return null;
  }
  const [expression, ...more] = named(statement);
  if (expression === undefined || more.length > 0) return null;
  if (language === 'python') return expression;
  const [inside, ...rest] = named(expression);
  return inside === undefined || rest.length > 0 ? null : inside;
}

function isCallOf(expression: Node, entryPoint: string, names: ReadonlySet<string>): boolean {
  if (!/^call(?:_expression)?$/.test(expression.type)) return false;
  const nodes = [...within(expression)];
  if (nodes.some(({ type }) => /^(?:lambda|await|attribute|member|interpolation)/.test(type))) {
    return false;
  }
  const read = nodes.filter((node) => isIdentifier(node) && roleOf(node) === 'read');
  return (
    read.every(({ text }) => names.has(text)) &&
    nodes.some((node) => fieldOf(node, 'function')?.text === entryPoint)
  );
}

const literals: ReadonlySet<string> = new Set(
  `string string_start string_content string_end string_fragment escape_sequence integer float
   number true false none null undefined list tuple dictionary pair set array object
   property_identifier unary_operator unary_expression parenthesized_expression
   concatenated_string`.split(/\s+/),
);

function isLiteral(value: Node): boolean {
  return [...within(value)].every((node) => !node.named || literals.has(node.type));
}
