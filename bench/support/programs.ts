import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { randomOf } from '../../src/engine/domain/random';
import { findPython } from '../../src/engine/sandbox/python/findPython';
import { functionsOf } from '../../src/engine/syntax/functions';
import { loadSyntax } from '../../src/engine/syntax/parser';
import { readTasks } from '../../src/engine/tasks/readTasks';

const leastChars = 150;
const mostChars = 3000;

/** Functions of Python's own library, and the canonical programs of a published file where there is one. */
export async function realPrograms(tasksFile: string | null): Promise<string[]> {
  const python = await findPython();
  if (!python) throw new Error('there is no Python 3');
  const syntax = await loadSyntax(path.resolve('dist/assets'));
  const folder = readdirSync(path.join(python.prefix, 'lib')).find((name) =>
    /^python3\.\d+$/.test(name),
  );
  const library = path.join(python.prefix, 'lib', folder ?? '');
  const found = new Set<string>();
  const names = readdirSync(library, { recursive: true, encoding: 'utf8' });
  for (const name of names.sort()) {
    if (!name.endsWith('.py') || name.includes('site-packages') || name.includes('test')) continue;
    const source = readFileSync(path.join(library, name), 'utf8');
    for (const { start, end } of functionsOf(syntax, 'python', source)) {
      const text = source.slice(start, end);
      if (text.length >= leastChars && text.length <= mostChars) found.add(text);
    }
  }
  if (tasksFile !== null) {
    const { tasks } = await readTasks(tasksFile, syntax);
    for (const { reference } of tasks) if (reference !== undefined) found.add(reference);
  }
  return [...found];
}

/**
 * So many programs: the real ones, then variants of any that stand already, each with one to a dozen
 * changes, as people and models make them of one program. Drawn by a seed.
 */
export function variantsOf(real: readonly string[], count: number): string[] {
  const next = randomOf(1, 'variants');
  const below = (most: number): number => Math.floor(next() * most);
  const all = real.slice(0, count);
  while (all.length < count) {
    let text = all[below(all.length)] ?? '';
    const changes = 1 + Math.floor(12 * next() ** 2);
    for (let change = 0; change < changes; change++) {
      text = changed(text, real[below(real.length)] ?? '', below);
    }
    all.push(text.length > 2 * mostChars ? text.slice(0, mostChars) : text);
  }
  return all;
}

function changed(text: string, other: string, below: (most: number) => number): string {
  const lines = text.split('\n');
  const place = below(lines.length);
  switch (below(7)) {
    case 0: {
      const names = [...new Set(text.match(/\b[a-z_]{3,}\b/g))];
      const name = names[below(names.length)] ?? 'x';
      return text.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), `${name}_${String(below(50))}`);
    }
    case 1:
      return text.replace(/\b\d+\b/, String(below(1000)));
    case 2:
      return lines.filter((_, at) => at !== place || lines.length < 4).join('\n');
    case 3: {
      const theirs = other.split('\n');
      return lines.toSpliced(place, 0, theirs[below(theirs.length)] ?? '').join('\n');
    }
    case 4:
      return lines
        .toSpliced(place, 0, `    # ${other.slice(0, 30).replaceAll('\n', ' ')}`)
        .join('\n');
    case 5:
      return text.replace(/ (?:==|<|>|\+|-) /, [' != ', ' <= ', ' >= ', ' * '][below(4)] ?? '');
    default:
      return text.replaceAll(/ +/g, (spaces) => (spaces.length > 1 ? spaces.repeat(2) : spaces));
  }
}
