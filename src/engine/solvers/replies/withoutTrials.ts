import type { ModuleStatement } from '../../syntax/moduleStatements';
import type { Node } from '../../syntax/node';
import { named, within } from '../../syntax/walk';
import { trimBlank } from './cleanings';
import type { Reading } from './reading';

/**
 * A program for tests of its functions, without what a model wrote below them to try it out: a loop
 * that asks for input, arguments of a command line, an exit. Definitions and imports stay, and
 * whatever the names asked for reach, and what the base has too.
 */
export function withoutTrials(
  reading: Reading,
  keep: { readonly names: ReadonlySet<string>; readonly base: Reading },
): string {
  const { statements, text } = reading;
  const reached = reachedFrom(statements, keep.names);
  const ofBase = new Set(keep.base.statements.map(({ node }) => node.text));
  const trials = statements.filter(
    (one) => !reached.has(one) && !ofBase.has(one.node.text) && isTrial(one),
  );
  if (trials.length === 0) return text;
  const stay = statements.filter((one) => !trials.includes(one));
  // An import that only the trials used goes with them.
  const idle = stay.filter(
    ({ isImport, gives }) =>
      isImport &&
      trials.some(({ takes }) => gives.some((name) => takes.has(name))) &&
      !stay.some(({ takes, isImport: other }) => !other && gives.some((name) => takes.has(name))),
  );
  let left = '';
  let at = 0;
  for (const one of statements.filter((some) => trials.includes(some) || idle.includes(some))) {
    left += text.slice(at, one.start);
    at = one.end;
  }
  left += text.slice(at);
  return trimBlank(left.replace(/\n{4,}/g, '\n\n\n').replace(/^[ \t;]+$/gm, ''));
}

function reachedFrom(
  statements: readonly ModuleStatement[],
  names: ReadonlySet<string>,
): ReadonlySet<ModuleStatement> {
  const wanted = new Set(names);
  const variables = new Set<string>();
  const reached = new Set<ModuleStatement>();
  for (let size = -1; size < reached.size;) {
    size = reached.size;
    for (const one of statements) {
      if (reached.has(one)) continue;
      const gives = one.gives.some((name) => wanted.has(name));
      // A loop or a call may fill a table that is needed.
      const fills = [...one.takes].some((name) => variables.has(name));
      if (isGuard(one.node) || (!gives && !(fills && !isTryOut(one.node)))) continue;
      reached.add(one);
      for (const name of one.takes) wanted.add(name);
      if (!one.isImport && !isDefinition(one.node)) {
        for (const name of one.gives) variables.add(name);
      }
    }
  }
  return reached;
}

function isGuard(node: Node): boolean {
  return node.type === 'if_statement' && /^if\s*\(?\s*__name__\s*==/.test(node.text);
}

function isDefinition({ type }: Node): boolean {
  return /_definition$|^(?:function|generator_function|class|interface|type_alias|enum|abstract_class)_(?:declaration|signature)$|^export_statement$/.test(
    type,
  );
}

/** A loop that prints, asks or asserts fills nothing. */
function isTryOut({ type, text }: Node): boolean {
  return (
    /^(?:for|for_in|while|if|with|try)_statement$/.test(type) &&
    /\b(?:assert|print\(|input\(|console\.|sys\.exit|exit\()/.test(text)
  );
}

function isTrial({ node, isImport }: ModuleStatement): boolean {
  if (isImport || isDefinition(node) || isGuard(node)) return false;
  const inner = [...within(node, isLater)];
  if (inner.some(({ type }) => /^import(?:_from)?_statement$/.test(type))) return false;
  if (/^(?:for|for_in|while|do|assert|raise|throw)_statement$/.test(node.type)) return true;
  const calls = inner.filter(({ type }) => /^(?:call|call_expression|new_expression)$/.test(type));
  const readsArguments = /\bsys\.argv\b|\bprocess\.argv\b/.test(node.text);
  if (node.type === 'expression_statement') {
    const [value] = named(node);
    if (value && settings.test(value.text)) return false;
  }
  if (calls.every((call) => /^require\(/.test(call.text)) && calls.length > 0) return false;
  return calls.length > 0 || readsArguments;
}

/** What runs only when it is called. */
function isLater({ type }: Node): boolean {
  return /^(?:lambda|function_definition|function_declaration|function_expression|function|arrow_function|method_definition)$/.test(
    type,
  );
}

/** Calls that set how the rest runs. */
const settings =
  /^(?:sys\.set\w+|(?:np\.|numpy\.)?random\.seed|warnings\.\w+|logging\.\w+|threading\.stack_size|resource\.setrlimit|locale\.setlocale|(?:decimal\.)?(?:getcontext|setcontext)\b.*|Object\.\w+|Reflect\.\w+)\b/;
