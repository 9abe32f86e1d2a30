import { builtinModules } from 'node:module';
import type { Sandbox } from '../../domain/ports';
import type { CodeTest } from '../../domain/task';
import { isIdentifier, roleOf } from '../../syntax/identifiers';
import { importsIn } from '../../syntax/imports';
import { readTree } from '../../syntax/node';
import type { Syntax } from '../../syntax/parser';
import { within } from '../../syntax/walk';
import type { CodeProgram } from '../languageJudge';

/** The sandbox that has Node; `missing` says why there is none here, and what to do. */
export type NodeRunner = Sandbox & { missing(): Promise<string | null> };

/** Globals of Node that QuickJS and what runs before a program there do not offer. */
export const nodeGlobals: ReadonlySet<string> = new Set(
  `
  AbortController AbortSignal Blob BroadcastChannel Buffer ByteLengthQueuingStrategy
  CompressionStream CountQueuingStrategy Crypto CryptoKey CustomEvent DOMException
  DecompressionStream Event EventTarget File FormData Headers Intl MessageChannel MessageEvent
  MessagePort Navigator Performance PerformanceObserver ReadableStream Request Response
  SubtleCrypto TextDecoder TextDecoderStream TextEncoder TextEncoderStream TransformStream URL
  URLPattern URLSearchParams WebAssembly WebSocket WritableStream __dirname __filename atob btoa
  clearImmediate crypto fetch global navigator performance process setImmediate
`
    .split(/\s+/)
    .filter(Boolean),
);

/** Members that QuickJS lacks or does otherwise; what only looks like one costs time, no verdict. */
const localeOrConsole =
  /\.\s*(?:localeCompare|toLocale\w+|fromAsync)\b|\bconsole\s*\.\s*(?:table|time\w*|group\w*|count\w*|dir\w*|trace)\b/;

/** What the prelude of QuickJS has of Node's modules. */
const offered = /^(?:node:)?assert(?:\/strict)?$/;
const builtins = new Set(builtinModules);
/** A quick look first: most code holds none of these words. */
const maybe = new RegExp(`\\b(?:require|import|from|${[...nodeGlobals].join('|')})\\b`);

/** Files, variables and children: what a test sets up for its program in their common process. */
const sharedModules = /^(?:node:)?(?:fs|fs\/promises|process|child_process|worker_threads|os)$/;

interface Needs {
  readonly node: boolean;
  readonly shares: boolean;
  /** Files beside the program that it asks for, which are never there. */
  readonly otherFile: string | null;
}

/** Where a program is judged: QuickJS, Node, or nowhere although its tests need Node. */
export type Place =
  | { readonly kind: 'quickjs' }
  | { readonly kind: 'node'; readonly sandbox: Sandbox }
  | { readonly kind: 'missing'; readonly why: string };

/**
 * Whether a program or its tests need Node's own API, and so run there and not in QuickJS. What is
 * in the program may decide: tests and program are kept as far apart in the one as in the other,
 * so that no program finds a weaker judge by asking for it.
 */
export class NodeNeeds {
  private readonly known = new WeakMap<CodeTest, { support: string; needs: Needs }>();
  private lastRead: { readonly key: string; readonly needs: Needs } | null = null;

  constructor(
    private readonly syntax: Syntax,
    private readonly runner: NodeRunner | undefined,
  ) {}

  async place(program: CodeProgram, tests: readonly CodeTest[]): Promise<Place> {
    const byTests = tests.some((test) => this.ofTest(test, program).node);
    if (!byTests && !this.read(program.source, program.entryPoint).node) return { kind: 'quickjs' };
    const missing = this.runner ? await this.runner.missing() : 'there is no sandbox with Node';
    if (missing === null && this.runner) return { kind: 'node', sandbox: this.runner };
    // What the program alone asks for must not take it out of the shares: it is judged without.
    return byTests
      ? { kind: 'missing', why: `the tests need Node's own API: ${missing ?? ''}` }
      : { kind: 'quickjs' };
  }

  /**
   * Whether tests set files or the process up, which a program elsewhere would not see: with no
   * reference to try it on, they run together.
   */
  share(program: CodeProgram, tests: readonly CodeTest[]): boolean {
    return program.judging !== 'apart' && tests.some((test) => this.ofTest(test, program).shares);
  }

  /** Why a program is no single file, in words; null where it is one. */
  otherFile({ source, entryPoint }: CodeProgram): string | null {
    return this.read(source, entryPoint).otherFile;
  }

  private ofTest(test: CodeTest, { support = '', entryPoint }: CodeProgram): Needs {
    const known = this.known.get(test);
    if (known?.support === support) return known.needs;
    const needs = this.read(`${support}\n${test.source}`, entryPoint);
    this.known.set(test, { support, needs });
    return needs;
  }

  private read(source: string, entryPoint: string): Needs {
    // Asked twice of each program: where it is judged, and whether it is one file.
    const key = `${entryPoint}\n${source}`;
    if (this.lastRead?.key !== key)
      this.lastRead = { key, needs: this.readAnew(source, entryPoint) };
    return this.lastRead.needs;
  }

  private readAnew(source: string, entryPoint: string): Needs {
    const isLocal = localeOrConsole.test(source);
    if (!isLocal && !maybe.test(source)) return { node: false, shares: false, otherFile: null };
    const root = readTree(this.syntax, 'typescript', source);
    const imported = importsIn(root).filter(({ isTypeOnly }) => !isTypeOnly);
    const other = imported.find(({ module }) => /^\.{0,2}\//.test(module));
    const identifiers = [...within(root)].filter(isIdentifier);
    const bound = new Set(
      identifiers.filter((node) => roleOf(node) === 'binding').map(({ text }) => text),
    );
    const usesGlobal = identifiers.some(
      (node) =>
        nodeGlobals.has(node.text) &&
        node.text !== entryPoint &&
        !bound.has(node.text) &&
        node.type !== 'type_identifier' &&
        roleOf(node) !== 'label',
    );
    const usesModule = imported.some(
      ({ module }) => !offered.test(module) && (module.startsWith('node:') || builtins.has(module)),
    );
    return {
      node: usesGlobal || usesModule || isLocal,
      shares:
        imported.some(({ module }) => sharedModules.test(module)) ||
        (!bound.has('process') && identifiers.some(({ text }) => text === 'process')),
      otherFile:
        other === undefined
          ? null
          : `the program imports ${other.module}, which is not there: a program is one file`,
    };
  }
}
