import type { Node } from '../node';
import { dedentedText, mentionsIn, runAtOnce } from '../testBody';
import { partsOf } from '../testParts';
import { fieldOf, named, within } from '../walk';
import { missingFromContext } from './contextStandIn';
import { isSetting, takesParameters, type Piece, type ScriptCase } from './scriptCases';

/** A test as statements for the body of an async function, with what its groups do before it. */
export function scriptSource(
  test: ScriptCase,
  text: string,
  hasContext: boolean,
): (ScriptSource & { readonly parts: readonly ScriptSource[] }) | { readonly reason: string } {
  const { action, around } = test;
  if (test.reason !== null) return { reason: test.reason };
  const body = action === null ? null : fieldOf(action, 'body');
  if (action === null || body === null) return { reason: 'has no body' };
  const isBlock = body.type === 'statement_block';
  const statements = (isBlock ? named(body) : [body]).filter((one) => !isSetting(one));
  if (statements.length === 0) return { reason: 'tests nothing' };
  const isRow = around.some(({ kind }) => kind === 'row');
  const parameter = takesParameters(action) && !isRow ? onlyParameter(action) : null;
  const done = parameter !== null && callbacks.test(parameter) ? parameter : null;
  const given = hasContext && parameter !== null && done === null ? parameter : null;
  if (takesParameters(action) && !isRow && done === null && given === null) {
    return { reason: 'takes a parameter' };
  }
  const needed = neededPieces(around, mentionsIn(statements));
  const missing = given === null ? null : missingIn(statements, given);
  if (missing !== null) return { reason: `uses ${missing}` };
  const reason = needed.find((piece) => piece.reason !== null)?.reason;
  if (reason !== undefined && reason !== null) return { reason };
  const pieces = needed.flatMap((piece) => piece.nodes);
  const nodes = [...pieces, ...statements];
  if (nodes.some((node) => [...runAtOnce(node)].some(({ type }) => type === 'this'))) {
    return { reason: 'uses this' };
  }
  const own = ownText(statements, isBlock, text);
  const code = done === null ? own : waitFor(done, own);
  const before = needed.map(({ source }) => source).filter((source) => source !== '');
  if (given !== null) before.unshift(`const ${given} = testContext;`);
  const whole = (code: string, own: readonly Node[]): ScriptSource => ({
    // In a block of its own it may name anew what its group names.
    source: before.length === 0 ? code : [...before, '{', code, '}'].join('\n'),
    mentions: [
      ...mentionsIn([...pieces, ...own]).filter((name) => name !== done && name !== given),
      ...(given === null ? [] : ['testContext']),
    ],
    nodes: [...pieces, ...own],
  });
  const parts = isBlock && done === null ? (partsOf(statements, text) ?? []) : [];
  return {
    ...whole(code, statements),
    parts: parts.map((part) => whole(part.source, part.nodes)),
  };
}

interface ScriptSource {
  readonly source: string;
  readonly mentions: readonly string[];
  readonly nodes: readonly Node[];
}

/** What a test needs of the pieces around it: declarations that it reaches, and all that is done. */
function neededPieces(around: readonly Piece[], mentions: readonly string[]): readonly Piece[] {
  const wanted = new Set(mentions);
  const kept = new Set(around.filter(({ kind }) => kind !== 'statement'));
  for (const piece of kept) for (const name of mentionsIn(piece.nodes)) wanted.add(name);
  for (let isSettled = false; !isSettled;) {
    isSettled = true;
    for (const piece of around) {
      if (kept.has(piece)) continue;
      const isDeclared = piece.gives.some((name) => wanted.has(name));
      // A statement that declares nothing may change what others declare.
      if (!isDeclared && piece.gives.length > 0) continue;
      kept.add(piece);
      isSettled = false;
      for (const name of mentionsIn(piece.nodes)) wanted.add(name);
    }
  }
  return around.filter((piece) => kept.has(piece));
}

/** Names of the function that a test calls when it is done. */
const callbacks = /^(?:done|cb|callback|next)$/;

function onlyParameter(action: Node): string | null {
  const list = fieldOf(action, 'parameters');
  const [only, ...more] = list ? named(list) : [fieldOf(action, 'parameter')];
  const name = only && (fieldOf(only, 'pattern') ?? only);
  return name?.type === 'identifier' && more.length === 0 ? name.text : null;
}

/** A member of the context of a test that nothing stands in for. */
function missingIn(statements: readonly Node[], given: string): string | null {
  for (const node of statements.flatMap((one) => [...within(one)])) {
    if (node.type !== 'identifier' || node.text !== given || node.field === 'pattern') continue;
    if (node.parent?.type !== 'member_expression') return given;
    const missing = missingFromContext.exec(node.parent.text);
    if (missing) return missing[0];
  }
  return null;
}

function waitFor(done: string, code: string): string {
  return [
    'await new Promise((resolve, reject) => {',
    `const ${done} = (error) => (error ? reject(error) : resolve());`,
    code,
    '});',
  ].join('\n');
}

function ownText(statements: readonly Node[], isBlock: boolean, source: string): string {
  const text = dedentedText(statements, source);
  if (isBlock) return text;
  // What an arrow function returns is waited for by the framework.
  return /[rR]eject|resolves|Promise|async|\.then\b/.test(text) ? `await ${text};` : `${text};`;
}
