import { functionTypes } from './kinds';
import { insertAll, type Insertion } from './insertions';
import { changesOf, namesOf, type Changes } from './changes';
import { readTree, type Node } from './node';
import { isBareBody, isDirective, isExecuted, isListed } from './instrument';
import type { Syntax } from './parser';
import { ancestors, fieldOf, named, within } from './walk';

/**
 * The same JavaScript or TypeScript program with calls that tell its steps: `__trace` after each
 * statement with what it changed and before each that branches, `__traceReturn` and `__traceRaise`
 * around what is returned and thrown. Line n stays line n, and the program does what it did.
 */
export function instrumentTrace(
  syntax: Syntax,
  language: 'javascript' | 'typescript',
  source: string,
): string {
  const root = readTree(syntax, language, source);
  const bound = new Set([...within(root)].flatMap((node) => namesOf(node)));
  const insertions: Insertion[] = [];
  const tracer = new Tracer(bound, (offset, side, text) => {
    insertions.push({ offset, side, text });
  });
  tracer.visit(root);
  return insertAll(source, insertions);
}

type Insert = (offset: number, side: Insertion['side'], text: string) => void;

const straight =
  /^(?:expression_statement|lexical_declaration|variable_declaration|export_statement)$/;
const loops = /^(?:for|for_in|while|do)_statement$/;
const noChanges: Changes = { assigned: [], touched: [] };

class Tracer {
  constructor(
    private readonly bound: ReadonlySet<string>,
    private readonly insert: Insert,
  ) {}

  visit(node: Node): void {
    if (node.type === 'ambient_declaration') return;
    const isBare = isBareBody(node);
    const isStatement = (isBare || isListed(node)) && isExecuted(node);
    if (isBare) this.insert(node.start, 'opening', '{');
    if (isStatement && !straight.test(node.type) && !/^(?:return|throw|try)_/.test(node.type)) {
      if (!loops.test(node.type)) this.insert(node.start, 'opening', `${step(node, noChanges)};`);
    }
    const closers = this.open(node);
    for (const child of node.children) this.visit(child);
    for (const [offset, text] of closers) this.insert(offset, 'closing', text);
    if (isStatement && straight.test(node.type)) {
      this.insert(node.end, 'closing', `;${step(node, changesOf(node, this.bound))};`);
    }
    if (isBare) this.insert(node.end, 'closing', '}');
  }

  /** Opens what stands around a node; what must be closed after its children were visited. */
  private open(node: Node): (readonly [number, string])[] {
    if (functionTypes.has(node.type) || node.type === 'method_definition')
      return this.function(node);
    if (loops.test(node.type)) return this.loop(node);
    if (node.type === 'return_statement' || node.type === 'throw_statement') return this.end(node);
    if (node.type === 'if_statement' && node.parent?.type === 'else_clause') {
      const condition = fieldOf(node, 'condition');
      const inner = condition ? named(condition)[0] : undefined;
      if (!inner) return [];
      this.insert(inner.start, 'opening', `(${step(node, noChanges)}, `);
      return [[inner.end, ')']];
    }
    return [];
  }

  /** What is returned or thrown is told on its way. */
  private end(node: Node): (readonly [number, string])[] {
    const isReturn = node.type === 'return_statement';
    const called = `${isReturn ? '__traceReturn' : '__traceRaise'}(${place(node)}, `;
    const [value] = named(node);
    if (value) {
      this.insert(value.start, 'opening', `${called}(`);
      return [[value.end, '))']];
    }
    const word = node.children[0];
    if (isReturn && word) this.insert(word.end, 'closing', ` ${called}void 0)`);
    return [];
  }

  /** Each round of a loop, with what its head set. */
  private loop(node: Node): (readonly [number, string])[] {
    const body = fieldOf(node, 'body');
    if (!body) return [];
    const parts = ['initializer', 'increment', 'left'].map((field) => fieldOf(node, field));
    const assigned = parts.flatMap((part) => (part ? headNames(part, this.bound) : []));
    const text = step(node, { assigned: [...new Set(assigned)], touched: [] });
    if (body.type === 'statement_block') this.insert(body.start + 1, 'opening', `${text};`);
    else if (body.type === 'empty_statement') this.insert(body.start, 'opening', text);
    else this.insert(body.start, 'opening', `{${text};`);
    return body.type === 'statement_block' || body.type === 'empty_statement'
      ? []
      : [[body.end, '}']];
  }

  /** A call with its arguments, and what is thrown inside of it. */
  private function(node: Node): (readonly [number, string])[] {
    const body = fieldOf(node, 'body');
    if (!body) return [];
    const parameters = fieldOf(node, 'parameters') ?? fieldOf(node, 'parameter');
    const assigned = parameters ? [...new Set(headNames(parameters, this.bound))] : [];
    const inside = { line: node.line, name: nameOf(node) };
    const entry = `${stepAt(inside, { assigned, touched: [] })};`;
    const caught = `catch(__error){throw __traceRaise(${placeAt(inside)}, __error, true)}`;
    if (body.type !== 'statement_block') {
      const told = `__traceReturn(${String(body.line)}, ${JSON.stringify(inside.name)}, (`;
      this.insert(body.start, 'opening', `{try{${entry}return ${told}`);
      return [[body.end, `))}${caught}}`]];
    }
    const start = afterDirectives(body);
    // On the closing side: in an empty body it stands before what closes it, at the same offset.
    this.insert(start, 'closing', `;try{${entry}`);
    return [[body.end - 1, `}${caught}`]];
  }
}

function afterDirectives(body: Node): number {
  let at = body.start + 1;
  for (const child of named(body)) {
    if (!isDirective(child)) break;
    at = child.end;
  }
  return at;
}

function headNames(part: Node, bound: ReadonlySet<string>): readonly string[] {
  const names = [...within(part)].flatMap((node) => namesOf(node));
  return [...names, ...changesOf(part, bound).assigned, ...loneName(part)];
}

/** `for (x of xs)` and `x => 1` have a name and nothing around it. */
function loneName(part: Node): readonly string[] {
  return part.type === 'identifier' ? [part.text] : [];
}

function step(node: Node, changes: Changes): string {
  return stepAt({ line: node.line, name: functionOf(node) }, changes);
}

interface Place {
  readonly line: number;
  readonly name: string | null;
}

function stepAt(at: Place, { assigned, touched }: Changes): string {
  const names = [...assigned, ...touched];
  if (names.length === 0) return `__trace(${placeAt(at)})`;
  const isLast = (index: number): boolean => index === names.length - 1;
  const reads = names.map((name, index) =>
    isLast(index) ? name : `__n===${String(index)}?${name}:`,
  );
  const lists = [assigned, touched].map((list) => JSON.stringify(list.join(',')));
  return `__trace(${placeAt(at)}, ${lists[0] ?? ''}, (__n)=>${reads.join('')}, ${lists[1] ?? ''})`;
}

function place(node: Node): string {
  return placeAt({ line: node.line, name: functionOf(node) });
}

function placeAt({ line, name }: Place): string {
  return `${String(line)}, ${JSON.stringify(name)}`;
}

/** The function that runs a node; null at the top of the program. */
function functionOf(node: Node): string | null {
  for (const outer of ancestors(node)) {
    if (functionTypes.has(outer.type) || outer.type === 'method_definition') return nameOf(outer);
    if (outer.type === 'class_static_block') return 'static';
  }
  return null;
}

function nameOf(node: Node): string {
  const holder = node.parent;
  const outer = holder
    ? (fieldOf(holder, 'name') ??
      fieldOf(holder, 'key') ??
      fieldOf(holder, 'property') ??
      fieldOf(holder, 'left'))
    : null;
  const given =
    holder &&
    /^(?:variable_declarator|pair|public_field_definition|field_definition|assignment_expression)$/.test(
      holder.type,
    );
  return (fieldOf(node, 'name') ?? (given ? outer : null))?.text.slice(0, 60) ?? 'anonymous';
}
