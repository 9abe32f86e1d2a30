import type { Language } from '../../../domain/task';
import type { ScreenedOutcome } from '../../../domain/trajectory';
import type { Mend } from '../../../syntax/mends';
import { readTree, type Node } from '../../../syntax/node';
import type { Syntax } from '../../../syntax/parser';
import type { RankedMend } from '../ranking';
import type { PlaceOf } from '../placeWeight';
import { kindOf, loopsAround, statementKind } from './syntaxKinds';

/** Where a search stands when it chooses its next edit. */
export interface EditState {
  readonly language: Language;
  /** The program that is edited. */
  readonly program: string;
  /** What judging it on the visible tests showed. */
  readonly outcome: Pick<ScreenedOutcome, 'status' | 'passed' | 'symptom'>;
  /** The edits that made it, first to last. */
  readonly steps: readonly { readonly operator: string; readonly line: number }[];
  /** How much speaks for the place of an edit. */
  readonly placeOf: (edit: Mend) => PlaceOf;
}

/** Names and values side by side: most are 1. */
export interface Features {
  readonly names: readonly string[];
  readonly values: readonly number[];
}

/** True for a feature that says something of edits of every operator. */
export function isGeneral(name: string): boolean {
  return /^(?:hand$|crowd$|suspicion=|distance=|outside entry$)/.test(name);
}

const knownSymptoms = new Set(
  'nothing kind value timedOut NameError ReferenceError UnboundLocalError KeyError ZeroDivisionError IndexError ValueError TypeError AttributeError RecursionError RangeError SyntaxError IndentationError notCompiled crashed failed'.split(
    ' ',
  ),
);

/**
 * The features of edits of a state, in their order; `all` are those that they stand among: the operator, what it changes into what,
 * the syntax around it, the kind of failure, how suspicious its line is and what came before. Names
 * of the program never stand in them, so that what was learned holds elsewhere too.
 */
export function featuresOf(
  syntax: Syntax,
  state: EditState,
  ranked: readonly RankedMend[],
  all: readonly RankedMend[] = ranked,
): readonly Features[] {
  const root = readTree(syntax, state.language, state.program);
  const crowds = new Map<string, number>();
  for (const { edit } of all) crowds.set(edit.operator, (crowds.get(edit.operator) ?? 0) + 1);
  const about = aboutState(state);
  const contexts = new Map<string, readonly [string, string, string, number]>();
  return ranked.map(({ edit, rank }) => {
    const { operator, start, end } = edit;
    const key = `${String(start)} ${String(end)}`;
    let context = contexts.get(key);
    if (context === undefined) {
      const node = covering(root, start, end);
      const { parent } = node;
      context = [kindOf(node), kindOf(parent), statementKind(node), loopsAround(node)];
      contexts.set(key, context);
    }
    const [kind, parent, statement, loops] = context;
    const place = state.placeOf(edit);
    const old = state.program.slice(start, end);
    const names = [
      `operator=${operator}`,
      `operator=${operator} symptom=${about.symptom}`,
      `operator=${operator} node=${kind}`,
      `operator=${operator} parent=${parent}`,
      `operator=${operator} statement=${statement}`,
      `operator=${operator} passing=${about.passing}`,
      `change=${operator}: ${abstract(old)} to ${abstract(edit.replacement)}`,
      `statement=${statement} loops=${String(loops)}`,
      `suspicion=${suspicionBucket(place.suspicion)}`,
      `size=${sizeBucket(old.length)} to ${sizeBucket(edit.replacement.length)}`,
    ];
    if (!place.inEntry) names.push('outside entry');
    if (about.after !== null) {
      names.push(`after=${about.after} operator=${operator}`);
      names.push(`distance=${distanceBucket(edit.line - about.line)}`);
    }
    const values = names.map(() => 1);
    names.push('hand', 'crowd');
    values.push(Math.log(rank), Math.log(crowds.get(operator) ?? 1));
    return { names, values };
  });
}

function aboutState({ outcome, steps }: EditState): {
  symptom: string;
  passing: string;
  after: string | null;
  line: number;
} {
  const passed = outcome.passed.split('1').length - 1;
  const share = outcome.passed === '' ? 0 : passed / outcome.passed.length;
  const last = steps.at(-1);
  return {
    symptom: knownSymptoms.has(outcome.symptom) ? outcome.symptom : 'other',
    passing: share === 0 ? 'none' : share < 0.5 ? 'few' : 'most',
    after: last?.operator ?? null,
    line: last?.line ?? 0,
  };
}

/** The smallest named node that holds a stretch. */
function covering(root: Node, start: number, end: number): Node {
  let found = root;
  for (let next: Node | undefined = root; next !== undefined;) {
    found = next;
    next = found.children.find(
      (child) =>
        child.named &&
        child.start <= start &&
        end <= child.end &&
        (start < child.end || start === end),
    );
  }
  return found;
}

const token = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`|\d+(?:\.\d+)?|[A-Za-z_$][\w$]*|\S/g;
const telling =
  /^(?:and|or|not|in|is|if|else|elif|for|while|return|break|continue|pass|range|len|min|max|sum|any|all|abs|int|str|list|float|round|sorted|sort|reversed|lower|upper|append|extend|get|True|False|None|null|undefined|true|false|length|push|Math|floor|slice|const|let)$/;
const mostTokens = 6;

/** The text without names and rare literals: `x <= n` is `name <= name`. Long texts say only that. */
function abstract(text: string): string {
  const tokens = text.match(token) ?? [];
  if (tokens.length === 0) return 'nothing';
  if (tokens.length > mostTokens) return 'more';
  return tokens
    .map((one) => {
      if (/^['"`]/.test(one)) return one.length === 2 ? "''" : "'text'";
      if (/^\d/.test(one)) return /^[0-2]$/.test(one) ? one : 'number';
      return /^[A-Za-z_$]/.test(one) && !telling.test(one) ? 'name' : one;
    })
    .join(' ');
}

function suspicionBucket(suspicion: number | null): string {
  if (suspicion === null) return 'unknown';
  if (suspicion >= 0.999) return 'all';
  return suspicion >= 0.7 ? 'high' : suspicion >= 0.4 ? 'middle' : 'low';
}

function sizeBucket(length: number): string {
  if (length === 0) return '0';
  return length <= 2 ? '2' : length <= 8 ? '8' : length <= 24 ? '24' : 'more';
}

function distanceBucket(lines: number): string {
  if (lines === 0) return 'same line';
  return Math.abs(lines) <= 2 ? 'near' : 'far';
}
