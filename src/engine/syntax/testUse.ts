import type { Language } from '../domain/task';
import { isDataMember } from './dataMembers';
import { isIdentifier, roleOf } from './identifiers';
import { functionTypes, isCall } from './kinds';
import { readTree, type Node } from './node';
import type { Syntax } from './parser';
import { unprovenUse } from './plainUse';
import { fieldOf, within } from './walk';

/** How a test uses the program that it tests. */
export interface TestUse {
  /** Names that the test takes from the program: read, and bound nowhere in test or support. */
  readonly names: readonly string[];
  /** Why the test needs the program in its own process; null where calls with data are enough. */
  readonly together: string | null;
  /** Why calls with data are not proven to be enough, for tasks with no reference to try it on. */
  readonly unproven: string | null;
}

/**
 * Reads from a test and its support code whether it can be judged apart from the program: by
 * calls that carry plain data. Decided from the test alone, so that no program has a say in it.
 * `isKnown` tells names that the language itself has.
 */
export function testUse(
  syntax: Syntax,
  language: Language,
  code: { readonly support: string; readonly test: string; readonly isCheck: boolean },
  isKnown: (name: string) => boolean,
): TestUse {
  const root = readTree(syntax, language, `${code.support}\n${code.test}`);
  const identifiers = [...within(root)].filter(isIdentifier);
  const bound = new Set(
    identifiers.filter((node) => roleOf(node) === 'binding').map(({ text }) => text),
  );
  const callables = callableNames(root);
  const parameter = code.isCheck ? checkParameter(root) : null;
  const isFromProgram = (node: Node): boolean =>
    node.text === parameter || (!bound.has(node.text) && !isKnown(node.text));
  const used = identifiers.filter((node) => roleOf(node) === 'read' && isFromProgram(node));
  const names = new Set(used.map(({ text }) => text).filter((name) => name !== parameter));
  const watched = identifiers.find(({ text }) => watchers.has(text));
  const reasons = [
    watched ? `watches the process (${watched.text})` : null,
    ...used.map((node) => reasonFor(node, language, callables, node.text === parameter)),
    ...resultsOf(language, root, used),
  ];
  const calls = used.flatMap(({ parent, field }) =>
    parent && isCall(parent) && field === 'function' ? [parent] : [],
  );
  return {
    names: [...names],
    together: reasons.find((reason) => reason !== null && !canCross(language, reason)) ?? null,
    unproven:
      reasons.find((reason) => reason !== null) ??
      unprovenUse(language, root, calls, (name) => isKnown(name) || callables.has(name)),
  };
}

/** Functions of JavaScript cross as what calls them on the other side; the reference shows whether that does. */
function canCross(language: Language, reason: string): boolean {
  return language !== 'python' && /^(?:passes|calls what|uses \S+ of what it gives)/.test(reason);
}

/** Why what a call of the program gives is more than data to the test. */
function resultsOf(language: Language, root: Node, used: readonly Node[]): (string | null)[] {
  const calls = used.flatMap(({ parent, field }) =>
    parent && isCall(parent) && field === 'function' ? [parent] : [],
  );
  const holders = new Set(calls.map(nameGivenTo).filter((name) => name !== null));
  const held = [...within(root)].filter(
    (node) => isIdentifier(node) && holders.has(node.text) && roleOf(node) === 'read',
  );
  return [...calls, ...held].map((node) => {
    const { parent, field } = node;
    if (!parent) return null;
    if (isCall(parent) && field === 'function') {
      return carriesFunctions(language) ? null : 'calls what the program gives';
    }
    if (!/^(?:attribute|member_expression)$/.test(parent.type) || field !== 'object') return null;
    const member = fieldOf(parent, 'attribute') ?? fieldOf(parent, 'property');
    const isCalled = parent.parent !== null && isCall(parent.parent) && parent.field === 'function';
    // A property of a JavaScript object is data; an attribute of a Python object is the object's.
    if (!member || (language !== 'python' && !isCalled)) return null;
    return isDataMember(language, member.text) ? null : `uses ${member.text} of what it gives`;
  });
}

/** The name that a call's result is given to, as in `queue = make()`. */
function nameGivenTo(call: Node): string | null {
  const { parent } = call;
  if (parent === null || !/^(?:assignment|variable_declarator)$/.test(parent.type)) return null;
  const target = fieldOf(parent, 'left') ?? fieldOf(parent, 'name');
  return target && isIdentifier(target) ? target.text : null;
}

/** Functions and classes that test or support define: what a call cannot carry as data. */
function callableNames(root: Node): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of within(root)) {
    const isDefinition = functionTypes.has(node.type) || /^class(?:_|$)/.test(node.type);
    const own = isDefinition ? fieldOf(node, 'name') : null;
    const holder =
      node.parent?.type === 'variable_declarator' ? fieldOf(node.parent, 'name') : null;
    const name = own ?? (isDefinition ? holder : null);
    if (name) names.add(name.text);
  }
  return names;
}

/** The parameter of `check`, under which a check test calls the entry point. */
function checkParameter(root: Node): string | null {
  for (const node of within(root)) {
    if (!functionTypes.has(node.type) || fieldOf(node, 'name')?.text !== 'check') continue;
    const parameters = fieldOf(node, 'parameters');
    const first = parameters ? [...within(parameters)].find(isIdentifier) : undefined;
    return first?.text ?? null;
  }
  return null;
}

/** What sees or changes the process itself, of which the other process has its own. */
const watchers: ReadonlySet<string> = new Set(
  `redirect_stdout redirect_stderr redirect_stdin capsys StringIO stdout stderr stdin globals vars
   modules importlib inspect mock patch seed setrecursionlimit gc weakref`.split(/\s+/),
);

/** Questions about the kind of a value, which a value that crossed cannot answer. */
const kindQuestions = /^(?:isinstance|issubclass|type|assertIsInstance|assertNotIsInstance)$/;

function reasonFor(
  node: Node,
  language: Language,
  callables: ReadonlySet<string>,
  isCheckName: boolean,
): string | null {
  const { parent, text } = node;
  if (parent === null) return null;
  const isTarget = node.field === 'object' || node.field === 'constructor';
  if (isTarget && /^(?:attribute|member_expression|new_expression)$/.test(parent.type)) {
    return `uses more of ${text} than calls`;
  }
  if (parent.parent?.type === 'class_definition') return `uses ${text} as a class`;
  if (/superclass|heritage|except|as_pattern|raise|throw|instanceof|type/.test(parent.type)) {
    return `uses ${text} as a class`;
  }
  if (parent.type === 'binary_expression' && /\binstanceof\b/.test(parent.text)) {
    return `uses ${text} as a class`;
  }
  if (
    parent.type === 'argument_list' &&
    parent.parent &&
    kindQuestions.test(calleeName(parent.parent))
  ) {
    return `asks for the kind of ${text}`;
  }
  if (!isCall(parent) || node.field !== 'function') {
    // A value that the program may change meanwhile; Python's side asks for it each time.
    return language === 'python' || isCheckName ? null : `reads ${text}`;
  }
  if (/^[A-Z][a-z]/.test(text)) return `makes an object of the class ${text}`;
  const passed = carriesFunctions(language) ? null : fieldOf(parent, 'arguments');
  for (const inner of passed ? within(passed) : []) {
    if (functionTypes.has(inner.type)) return `passes a function to ${text}`;
    const isName = isIdentifier(inner) && roleOf(inner) === 'read' && inner.field !== 'function';
    if (isName && callables.has(inner.text)) return `passes ${inner.text} to ${text}`;
  }
  return null;
}

/** Whether a function can be called from the other side; whether that is enough, a reference tells. */
function carriesFunctions(language: Language): boolean {
  return language === 'python';
}

function calleeName(call: Node): string {
  const callee = fieldOf(call, 'function');
  const last = callee ? (fieldOf(callee, 'attribute') ?? fieldOf(callee, 'property')) : null;
  return (last ?? callee)?.text ?? '';
}
