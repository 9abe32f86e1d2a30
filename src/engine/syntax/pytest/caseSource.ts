import { docstringOf } from '../documentation';
import type { Node } from '../node';
import { dedentedText, mentionsIn, runAtOnce } from '../testBody';
import { fieldOf, hasToken, named, within } from '../walk';
import { isTestCase, namesInClass, type Case, type Owner } from './cases';
import { classCut } from './classCut';
import { partsOf, type Part } from '../testParts';
import { marksOf, rowsOf } from './decorators';
import { fixtureSetUp, type Fixture } from './fixtures';
import type { Row } from './tables';

export interface CaseSource {
  /** What a table calls its row; empty where there is no table. */
  readonly row: string;
  readonly source: string;
  readonly mentions: readonly string[];
  /** Code of the test file that it was made from. */
  readonly nodes: readonly Node[];
  readonly parts: readonly Omit<CaseSource, 'row' | 'parts'>[];
}

export interface Around {
  readonly fixtures: ReadonlyMap<string, Fixture>;
  readonly listOf: (name: string) => Node | null;
  readonly text: string;
}

/** A test, or each row of its tables, as statements that run on their own; a text says why not. */
export function sourcesOf(test: Case, around: Around): readonly CaseSource[] | string {
  const marks = marksOf(test.decorators, around.listOf);
  if ('reason' in marks) return marks.reason;
  const { definition, owner } = test;
  const body = statementsOf(definition);
  const parameters = parametersOf(definition);
  if (parameters === null) return 'takes any number of parameters';
  if (owner !== null && parameters.shift() !== 'self') return 'is no plain method';
  if (body.every((node) => node.type === 'pass_statement')) return 'tests nothing';
  const rows = rowsOf(marks.tables);
  const given = marks.tables.flatMap(({ names }) => names);
  const setUp = fixtureSetUp(
    parameters.filter((name) => !given.includes(name)),
    around.fixtures,
  );
  if (typeof setUp === 'string') return setUp;
  const cut = cutOf(test, body, parameters, around);
  if (typeof cut === 'string') return cut;
  const whole = (row: Row, { source, nodes, also }: Omit<Cut, 'parts'>) => ({
    source: [row.source, ...setUp.lines, source].filter((part) => part !== '').join('\n'),
    mentions: [...new Set([...mentionsIn([...row.nodes, ...nodes]), ...setUp.mentions, ...also])],
    nodes: [...row.nodes, ...nodes],
  });
  return rows.map((row) => ({
    row: row.id,
    ...whole(row, cut),
    parts: cut.parts.map((part) => whole(row, { ...part, also: [] })),
  }));
}

interface Cut {
  readonly source: string;
  readonly nodes: readonly Node[];
  readonly also: readonly string[];
  readonly parts: readonly Part[];
}

function cutOf(
  test: Case,
  body: readonly Node[],
  parameters: readonly string[],
  { text }: Around,
): Cut | string {
  const { definition, owner } = test;
  const ran = body.flatMap((one) => [...runAtOnce(one)]);
  const patched = ran.find(
    ({ type, text }) => type === 'identifier' && /^(?:patch|mock)$/.test(text),
  );
  if (patched) return `uses ${patched.text}`;
  const isAsync = hasToken(definition, 'async');
  const hasDefaults = named(fieldOf(definition, 'parameters') ?? definition).some(({ type }) =>
    /default_parameter$/.test(type),
  );
  const needsFunction =
    isAsync || hasDefaults || ran.some(({ type }) => /^(?:return_statement|await)$/.test(type));
  if (ran.some(({ type }) => type === 'yield')) return 'contains yield outside a function';
  if (owner !== null && (needsFunction || reasonAgainstOwner(owner, body) !== null)) {
    const cut = classCut(test, owner, parameters, text);
    return typeof cut === 'string' ? cut : { ...cut, parts: [] };
  }
  if (!needsFunction) {
    const parts = partsOf(body, text) ?? [];
    return { source: dedentedText(body, text), nodes: body, also: [], parts };
  }
  const name = fieldOf(definition, 'name')?.text ?? '';
  const call = `${name}(${parameters.join(', ')})`;
  const run = isAsync ? `import asyncio\nasyncio.run(${call})` : call;
  return {
    source: `${dedentedText([definition], text)}\n\n${run}`,
    nodes: body,
    also: [],
    parts: [],
  };
}

function statementsOf(definition: Node): readonly Node[] {
  const body = fieldOf(definition, 'body');
  if (body === null) return [];
  const docstring = docstringOf(body);
  return named(body).filter((node) => node !== docstring);
}

/** Names of parameters without those that have defaults; null where one takes several values. */
function parametersOf(definition: Node): string[] | null {
  const names: string[] = [];
  for (const one of named(fieldOf(definition, 'parameters') ?? definition)) {
    if (/default_parameter$/.test(one.type)) continue;
    const name = one.type === 'typed_parameter' ? named(one)[0] : one;
    if (name?.type !== 'identifier') return null;
    names.push(name.text);
  }
  return names;
}

const setUps =
  /^(setUp|tearDown|setUpClass|tearDownClass|asyncSetUp|setup(_\w+)?|teardown(_\w+)?)$/;
const ownOfTestCase = /^(assert\w+|fail|subTest|maxDiff|longMessage|failureException)$/;

/** Why the statements of a method cannot stand without their class. */
function reasonAgainstOwner(owner: Owner, body: readonly Node[]): string | null {
  const own = new Set(namesInClass(owner.definition));
  if ([...own].some((name) => setUps.test(name))) return 'its class is set up';
  if (!owner.bases.every((base) => /^(?:unittest\.)?TestCase$/.test(base) || base === 'object')) {
    return 'its class derives from another';
  }
  if (owner.isCase && !owner.bases.some(isTestCase)) return 'its class derives from another';
  for (const node of body.flatMap((one) => [...within(one)])) {
    if (node.type !== 'identifier') continue;
    if (node.text === 'super') return 'uses super';
    if (node.text !== 'self') continue;
    const member =
      node.parent?.type === 'attribute' ? fieldOf(node.parent, 'attribute')?.text : undefined;
    if (member === undefined) return 'passes self on';
    if (!owner.isCase || own.has(member) || !ownOfTestCase.test(member))
      return `uses self.${member}`;
  }
  return null;
}
