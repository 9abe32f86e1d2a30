import { docstringOf } from '../documentation';
import type { Node } from '../node';
import { mentionsIn } from '../testBody';
import { fieldOf, hasToken, named } from '../walk';
import { namesInClass, type Case, type Owner } from './cases';
import { fixtureOf } from './fixtures';

/**
 * The class of a test with that test alone, and the statements that run it: set up first, as its
 * framework would. A text says why that cannot be.
 */
export function classCut(
  test: Case,
  owner: Owner,
  parameters: readonly string[],
  text: string,
): { source: string; nodes: readonly Node[]; also: readonly string[] } | string {
  if (owner.isNested) return 'its class stands in another';
  const body = fieldOf(owner.definition, 'body');
  if (body === null) return 'has no body';
  const members = named(body);
  if (members.some((member) => fixtureOf(member) !== null)) return 'its class has fixtures';
  if (!owner.isCase && hasToken(test.definition, 'async')) return 'is async';
  const docstring = docstringOf(body);
  const left = members.filter(
    (member) =>
      member === docstring || (isTest(member) && definitionOf(member) !== test.definition),
  );
  const kept = members.filter((member) => !left.includes(member));
  const ranges = left.map((member) => lineRange(member, text));
  const own = kept.find((member) => definitionOf(member) === test.definition);
  // Its decorators were read; those of other members belong to them.
  if (own && own !== test.definition) ranges.push([own.start, test.definition.start]);
  return {
    source: `${without(owner.definition, ranges, text)}\n\n\n${runText(test, owner, parameters)}`,
    nodes: kept,
    also: [...owner.bases.map((base) => base.split('.')[0] ?? base), ...mentionsIn(kept)],
  };
}

function isTest(member: Node): boolean {
  const definition = definitionOf(member);
  const name = fieldOf(definition, 'name')?.text ?? '';
  return definition.type === 'function_definition' && name.startsWith('test');
}

function definitionOf(member: Node): Node {
  return member.type === 'decorated_definition'
    ? (fieldOf(member, 'definition') ?? member)
    : member;
}

function lineRange(member: Node, text: string): [number, number] {
  const start = text.lastIndexOf('\n', member.start - 1) + 1;
  const newline = text.indexOf('\n', member.end);
  return [start, newline < 0 ? text.length : newline + 1];
}

function without(definition: Node, ranges: readonly (readonly [number, number])[], text: string) {
  let source = '';
  let at = definition.start;
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    source += text.slice(at, start);
    at = Math.max(at, end);
  }
  source += text.slice(at, Math.max(at, definition.end));
  return source
    .replace(/\n(?:[ \t]*\n){2,}/g, '\n\n')
    .replace(/:\n(?:[ \t]*\n)+/, ':\n')
    .trimEnd();
}

function runText({ definition }: Case, owner: Owner, parameters: readonly string[]): string {
  const { name } = owner;
  const method = fieldOf(definition, 'name')?.text ?? '';
  const own = new Set(namesInClass(owner.definition));
  if (owner.isCase) {
    const classSetUp = own.has('setUpClass') ? [`${name}.setUpClass()`] : [];
    // Behind it nothing is left that a runner would run once more.
    return [...classSetUp, `${name}('${method}').debug()`, `del ${name}`].join('\n');
  }
  const takesMethod = (setUp: string): boolean => {
    const found = named(fieldOf(owner.definition, 'body') ?? owner.definition)
      .map(definitionOf)
      .find((member) => fieldOf(member, 'name')?.text === setUp);
    const list = found ? fieldOf(found, 'parameters') : null;
    return list !== null && named(list).length > 1;
  };
  const lines = own.has('setup_class') ? [`${name}.setup_class()`] : [];
  lines.push(`_case = ${name}()`);
  for (const setUp of ['setup_method', 'setup']) {
    if (own.has(setUp)) lines.push(`_case.${setUp}(${takesMethod(setUp) ? 'None' : ''})`);
  }
  return [...lines, `_case.${method}(${parameters.join(', ')})`].join('\n');
}
