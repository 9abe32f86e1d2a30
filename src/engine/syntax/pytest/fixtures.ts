import type { Node } from '../node';
import { fieldOf, hasToken, named, within } from '../walk';
import { decoratorsOf, nameOf } from './decorators';
import { plainText } from './tables';

/** A function of the tests that gives a test one of its parameters. */
export interface Fixture {
  /** The parameter that it stands behind, and the function. */
  readonly name: string;
  readonly functionName: string;
  readonly definition: Node;
  readonly parameters: readonly string[];
  readonly isGenerator: boolean;
  readonly isAutomatic: boolean;
  /** Why it is not read. */
  readonly reason: string | null;
}

/** The fixture that a statement defines; null where it is none. */
export function fixtureOf(statement: Node): Fixture | null {
  const decorators = decoratorsOf(statement);
  const decorator = decorators.find((one) => /^(?:pytest\.)?(?:yield_)?fixture$/.test(nameOf(one)));
  const definition = fieldOf(statement, 'definition');
  if (!decorator || definition?.type !== 'function_definition') return null;
  const options = optionsOf(decorator);
  const functionName = fieldOf(definition, 'name')?.text ?? '';
  const own = options.get('name');
  const isAsync = hasToken(definition, 'async');
  const asked = options.has('params') ? 'the fixture has values of its own' : null;
  const parameters = named(fieldOf(definition, 'parameters') ?? definition);
  return {
    name: (own && plainText(own)) ?? functionName,
    functionName,
    definition,
    parameters: parameters.map(({ text }) => text),
    isGenerator: [...within(definition)].some(({ type }) => type === 'yield'),
    isAutomatic: options.get('autouse')?.text === 'True',
    reason: decorators.length > 1 ? 'the fixture has decorators' : isAsync ? 'is async' : asked,
  };
}

function optionsOf(decorator: Node): ReadonlyMap<string, Node> {
  const [call] = named(decorator);
  const list = call?.type === 'call' ? fieldOf(call, 'arguments') : null;
  return new Map(
    (list ? named(list) : []).flatMap((one) => {
      const value = fieldOf(one, 'value');
      return value ? [[fieldOf(one, 'name')?.text ?? '', value] as const] : [];
    }),
  );
}

/**
 * Statements that give parameters their values as fixtures would, each before those that need it;
 * a text says why that cannot be. Fixtures are called anew for each test, whatever their scope.
 */
export function fixtureSetUp(
  asked: readonly string[],
  fixtures: ReadonlyMap<string, Fixture>,
): { readonly lines: readonly string[]; readonly mentions: readonly string[] } | string {
  const lines: string[] = [];
  const names: string[] = [];
  const open = new Set<string>();
  const give = (name: string): string | null => {
    if (names.includes(name)) return null;
    const fixture = fixtures.get(name);
    if (!fixture || open.has(name)) return `uses the fixture ${name}`;
    if (fixture.reason !== null) return `uses the fixture ${name}: ${fixture.reason}`;
    open.add(name);
    for (const parameter of fixture.parameters) {
      const problem = give(parameter);
      if (problem !== null) return problem;
    }
    const call = `${fixture.functionName}(${fixture.parameters.join(', ')})`;
    // A generator that nobody holds would be ended, and with it what it gave.
    if (fixture.isGenerator) lines.push(`_${name} = ${call}`, `${name} = next(_${name})`);
    else lines.push(`${name} = ${call}`);
    names.push(name);
    return null;
  };
  const automatic = [...fixtures.values()].filter(({ isAutomatic }) => isAutomatic);
  for (const name of [...automatic.map((one) => one.name), ...asked]) {
    const problem = give(name);
    if (problem !== null) return problem;
  }
  const functions = names.map((name) => fixtures.get(name)?.functionName ?? name);
  return { lines, mentions: [...names, ...functions] };
}
