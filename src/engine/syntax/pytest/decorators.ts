import type { Node } from '../node';
import { fieldOf, named } from '../walk';
import { tableOf, type Row, type Table } from './tables';

/** What the decorators of a test say: its tables, or why it is not read. */
export type Marks = { readonly tables: readonly Table[] } | { readonly reason: string };

/** Marks that ask for nothing of whoever runs the test. */
const harmless = /^(?:asyncio|anyio|slow|fast|unit|smoke|regression|timeout|order|flaky)$/;

export function marksOf(decorators: readonly Node[], listOf: (name: string) => Node | null): Marks {
  const tables: Table[] = [];
  // As pytest does: the one nearest to the function comes first.
  for (const decorator of [...decorators].reverse()) {
    const name = nameOf(decorator);
    const mark = /^(?:pytest\.)?mark\.(\w+)$/.exec(name)?.[1];
    if (mark === 'parametrize') {
      const table = tableOf(decorator, listOf);
      if (typeof table === 'string') return { reason: table };
      tables.push(table);
    } else if (mark === undefined || !harmless.test(mark)) {
      return { reason: mark === undefined ? 'has a decorator' : `is marked ${mark}` };
    }
  }
  return { tables };
}

/** Every row of one table with every row of the next; one empty row where there is no table. */
export function rowsOf(tables: readonly Table[]): readonly Row[] {
  const [first, ...more] = tables;
  return more.reduce<readonly Row[]>(
    (rows, table) =>
      rows.flatMap((row) =>
        table.rows.map((other) => ({
          id: `${row.id}-${other.id}`,
          source: `${row.source}\n${other.source}`,
          nodes: [...row.nodes, ...other.nodes],
        })),
      ),
    first?.rows ?? [{ id: '', source: '', nodes: [] }],
  );
}

/** `pytest.mark.parametrize`, without what it is called with. */
export function nameOf(decorator: Node): string {
  const [what] = named(decorator);
  return (what?.type === 'call' ? fieldOf(what, 'function') : what)?.text ?? '';
}

/** The decorators of a definition as the tree has it: those of a function, a method or a class. */
export function decoratorsOf(statement: Node): readonly Node[] {
  if (statement.type !== 'decorated_definition') return [];
  return statement.children.filter(({ type }) => type === 'decorator');
}
