import { taskHash } from '../../domain/hash';
import type { JsonObject } from '../../domain/json';
import { defaultLimits, type Task } from '../../domain/task';
import type { Syntax } from '../../syntax/parser';

export const formatNames = [
  'flywheel',
  'humaneval',
  'evalplus',
  'mbpp',
  'multipl-e',
  'humaneval-x',
  'livecodebench',
  'swe-smith',
] as const;
export type FormatName = (typeof formatNames)[number];

/**
 * `problem` names the key and what is wrong with it; with `rejected`, a reason to count by, the
 * line is as its format wants it and holds nothing that this version judges. `leftOut`: reasons
 * why parts of the task were not taken.
 */
export type ReadTask =
  | { readonly task: Task; readonly leftOut?: readonly string[] }
  | { readonly problem: string; readonly rejected?: string };

/** One way in which published tasks are written, told by the content of a line. */
export interface TaskFormat {
  readonly name: FormatName;
  /** Which tests are visible and which hidden, in the words of the help. */
  readonly roles: string;
  matches(line: JsonObject): boolean;
  read(line: JsonObject, context: FormatContext): ReadTask;
}

export interface FormatContext {
  readonly syntax: Syntax;
  /** The line as it was written: numbers there say more than JSON's. */
  readonly text: string;
}

type Defining = Omit<Task, 'hash' | 'id' | 'family' | 'source' | 'extra' | 'limits'> &
  Partial<Pick<Task, 'limits'>>;

/** A task of a published set, under its hash, with the usual limits unless told; its family is itself. */
export function importedTask(
  told: Defining,
  from: {
    readonly id: string;
    readonly name: string;
    readonly license: string | null;
    readonly maker: string;
    readonly source?: JsonObject;
    readonly extra?: JsonObject;
  },
): Task {
  const { id, name, license, maker, extra = {} } = from;
  const defining = { limits: defaultLimits, ...told };
  return {
    ...defining,
    id,
    hash: taskHash(defining),
    family: id,
    source: { name, license, maker, parent: null, ...from.source },
    ...(Object.keys(extra).length > 0 ? { extra } : {}),
  };
}
