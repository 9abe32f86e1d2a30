import type { Language } from '../domain/task';
import { isDataMember } from './dataMembers';
import { isIdentifier, roleOf } from './identifiers';
import { functionTypes, isCall } from './kinds';
import type { Node } from './node';
import { ancestors, fieldOf, within } from './walk';

/**
 * Why it is not proven that data alone goes into the given calls and comes out of them; null where
 * it is. Only positions that are known to treat a value as data prove it: a comparison with
 * something that no call gave, an assertion of equality, `len`, an element of such a thing.
 */
export function unprovenUse(
  language: Language,
  root: Node,
  calls: readonly Node[],
  isKnown: (name: string) => boolean,
): string | null {
  const ofProgram = new Set(calls);
  const holders = new Set(calls.flatMap((call) => holdersOf(call)));
  const held = [...within(root)].filter(
    (node) => isIdentifier(node) && holders.has(node.text) && roleOf(node) === 'read',
  );
  for (const call of calls) {
    const reason = argumentsProblem(language, call, isKnown);
    if (reason !== null) return reason;
  }
  for (const node of [...calls, ...held]) {
    const reason = positionProblem(language, node, ofProgram);
    if (reason !== null) return reason;
  }
  return null;
}

/** Functions of Python that give data. */
const dataMakers: ReadonlySet<string> = new Set(
  `abs bool bytearray bytes chr complex dict divmod float frozenset hex int len list max min ord pow
   range repr reversed round set sorted str sum tuple Counter Decimal Fraction OrderedDict date datetime
   deque time timedelta`
    .split(/\s+/)
    .filter(Boolean),
);

const madeOfData = new Set(['Date', 'Map', 'Set', 'Array', 'Error', 'RegExp']);

function argumentsProblem(
  language: Language,
  call: Node,
  isKnown: (name: string) => boolean,
): string | null {
  const passed = fieldOf(call, 'arguments');
  for (const node of passed ? within(passed) : []) {
    const isCallee = node.field === 'function' || node.field === 'constructor';
    if (/^(?:attribute|member_expression)$/.test(node.type) && !isCallee) {
      if (node.parent?.type !== 'attribute' && node.parent?.type !== 'member_expression') {
        return `passes ${node.text}`;
      }
    }
    if (functionTypes.has(node.type)) return 'passes a function';
    if (language === 'python' && isCallee && isIdentifier(node) && !dataMakers.has(node.text)) {
      return `passes what ${node.text} gives`;
    }
    if (node.type === 'new_expression') {
      const made = fieldOf(node, 'constructor')?.text ?? '';
      if (!madeOfData.has(made) && !/Array$/.test(made)) return `passes a new ${made}`;
    }
    if (!isIdentifier(node) || roleOf(node) !== 'read' || isCallee) continue;
    if (node.parent && /^(?:attribute|member_expression)$/.test(node.parent.type)) continue;
    if (isKnown(node.text) && !/^(?:undefined|NaN|Infinity)$/.test(node.text)) {
      return `passes ${node.text}`;
    }
  }
  return null;
}

/** What stands between a value and where it is used without making it anything else. */
const transparent =
  /^(?:parenthesized_expression|await|await_expression|not_operator|unary_operator|unary_expression|list|tuple|set|array|pair|dictionary|object|list_comprehension|set_comprehension|dictionary_comprehension|generator_expression|keyword_argument|list_splat|spread_element|expression_list|boolean_operator|conditional_expression|ternary_expression|non_null_expression|as_expression)$/;
const comparison = /^(?:comparison_operator|binary_expression|binary_operator)$/;
const statement =
  /^(?:assert_statement|expression_statement|if_statement|while_statement|elif_clause|module|program|lexical_declaration|variable_declaration)$/;
const treatsAsData =
  /^(?:assert(?:Equal|NotEqual|ListEqual|DictEqual|TupleEqual|SetEqual|CountEqual|SequenceEqual|MultiLineEqual|AlmostEqual|NotAlmostEqual|True|False|IsNone|IsNotNone|In|NotIn|Greater|GreaterEqual|Less|LessEqual|Regex|Is|IsNot)?|equal|notEqual|strictEqual|notStrictEqual|deepEqual|notDeepEqual|deepStrictEqual|notDeepStrictEqual|ok|match|doesNotMatch|len|sorted|list|set|tuple|sum|min|max|abs|round|isclose|isnan|from|stringify|isNaN|append|push)$/;
/** In Python also an object of the program's own has a length and items, which only it can give. */
const comparesData =
  /^(?:assert(?:Equal|NotEqual|ListEqual|DictEqual|TupleEqual|SetEqual|CountEqual|SequenceEqual|MultiLineEqual|AlmostEqual|NotAlmostEqual|True|False|IsNone|IsNotNone|Greater|GreaterEqual|Less|LessEqual|Regex|Is|IsNot)?|isclose|isnan|append)$/;
const expectsError = /raises|throws|rejects/i;

function positionProblem(
  language: Language,
  value: Node,
  ofProgram: ReadonlySet<Node>,
): string | null {
  let at = value;
  for (let parent = at.parent; parent !== null; at = parent, parent = at.parent) {
    if (statement.test(parent.type)) return null;
    if (transparent.test(parent.type)) continue;
    if (comparison.test(parent.type)) return comparisonProblem(parent, at, ofProgram);
    if (/^(?:assignment|variable_declarator|augmented_assignment)$/.test(parent.type)) return null;
    if (/^(?:for_statement|for_in_statement|for_in_clause)$/.test(parent.type)) {
      return language === 'python' ? 'goes through what it got' : null;
    }
    // An object of the program's own may have elements too, which only it can give.
    if (/^subscript/.test(parent.type)) {
      if (language === 'python') return 'takes an element of what it got';
      continue;
    }
    if (parent.type === 'attribute' || parent.type === 'member_expression') {
      const member = fieldOf(parent, 'attribute') ?? fieldOf(parent, 'property');
      const isData = language !== 'python' && member && isDataMember(language, member.text);
      return isData ? null : `asks for ${parent.text}`;
    }
    if (/^arguments?(?:_list)?$/.test(parent.type) && parent.parent) {
      const name = calleeName(parent.parent);
      if (ofProgram.has(parent.parent)) continue;
      const isTaken = language === 'python' ? comparesData : treatsAsData;
      return isTaken.test(name) ? null : `gives what it got to ${name}`;
    }
    if (parent.type === 'arrow_function' || parent.type === 'lambda') {
      const taker = [...ancestors(parent)].find(isCall);
      return taker && expectsError.test(calleeName(taker)) ? null : 'calls it inside a function';
    }
    return `uses what it got in ${parent.type.replaceAll('_', ' ')}`;
  }
  return null;
}

/** Two values of the program may be equal as objects only it can compare. */
function comparisonProblem(parent: Node, side: Node, ofProgram: ReadonlySet<Node>): string | null {
  const others = parent.children.filter((child) => child !== side);
  const isGiven = others.some((other) => [...within(other)].some((node) => ofProgram.has(node)));
  return isGiven ? 'compares what two calls give' : null;
}

/** The names that a call's result, or an element of it, is given to. */
function holdersOf(call: Node): string[] {
  for (const outer of ancestors(call)) {
    if (
      /^(?:assignment|variable_declarator|for_statement|for_in_statement|for_in_clause)$/.test(
        outer.type,
      )
    ) {
      const target = fieldOf(outer, 'left') ?? fieldOf(outer, 'name');
      return target ? [...within(target)].filter(isIdentifier).map(({ text }) => text) : [];
    }
    if (statement.test(outer.type)) return [];
  }
  return [];
}

function calleeName(call: Node): string {
  const callee = fieldOf(call, 'function');
  const last = callee ? (fieldOf(callee, 'attribute') ?? fieldOf(callee, 'property')) : null;
  return (last ?? callee)?.text ?? '';
}
