import type { ChatFinish } from '../../domain/chat';
import { isCodeTest, type Language, type Problem } from '../../domain/task';
import type { Syntax } from '../../syntax/parser';

/** Why a reply holds no program. */
export const unreadReasons = [
  'empty',
  'cut',
  'filtered',
  'refusal',
  'noCode',
  'noEntryPoint',
  'patchNotApplied',
] as const;
export type UnreadReason = (typeof unreadReasons)[number];

export type ReadReply =
  | {
      readonly kind: 'program';
      readonly program: string;
      /** What the reply called the function, where it was given the name that was asked for. */
      readonly renamedFrom?: string;
    }
  | { readonly kind: 'unread'; readonly reason: UnreadReason };

export interface ReplyContext {
  readonly problem: Problem;
  readonly syntax: Syntax;
  readonly finish: ChatFinish;
  /** The program that the model was asked to mend, to which a difference applies. */
  readonly shown?: string;
}

/** The same, in a language that is read here. */
export interface Reader extends ReplyContext {
  readonly language: Language;
}

export function unread(reason: UnreadReason): ReadReply {
  return { kind: 'unread', reason };
}

/** Judged by what it prints: then its top level is the program, trials and all. */
export function isScript({ tests, run }: Problem): boolean {
  return run !== undefined || (tests.length > 0 && !tests.some(isCodeTest));
}

/** What a program is put into where it is a part: the starter, or a prompt that is its beginning. */
export function baseOf({ starter, promptKind, prompt }: Problem): string {
  return starter ?? (promptKind === 'code' ? prompt : '');
}

/** Sources of the visible tests that are code. */
export function testSources({ tests }: Problem): string[] {
  return tests.flatMap((test) => (isCodeTest(test) ? [test.source] : []));
}

/** Blocks that show how to run or what comes out, and never a program. */
export const notPrograms =
  /^(bash|sh|shell|console|output|text|txt|plaintext|json|terminal|markdown|md)$/;
