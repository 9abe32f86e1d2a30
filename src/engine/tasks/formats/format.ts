import type { JsonObject } from '../../domain/json';
import type { Task } from '../../domain/task';

export type ReadTask = { readonly task: Task } | { readonly problem: string };

/** One way in which published tasks are written, told by the content of a line. */
export interface TaskFormat {
  readonly name: string;
  matches(line: JsonObject): boolean;
  /** A problem names the key and what is wrong with it. */
  read(line: JsonObject, syntax: SyntaxForFormats): ReadTask;
}

/** What formats ask of the syntax room: the other definitions of a prompt. */
export interface SyntaxForFormats {
  supportOf(prompt: string, entryPoint: string): string;
}
