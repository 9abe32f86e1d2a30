import type { RunCommand } from '../../domain/task';
import type { Tool } from './findTool';

export interface ResolvedCommand {
  /** The same command with executables as they stand inside. */
  readonly run: RunCommand;
  readonly tools: readonly Tool[];
}

/**
 * A command with the tools of this machine that it names. What has a slash in it is the program's
 * own file and stays: `./main`.
 */
export async function resolveCommand(
  run: RunCommand,
  find: (name: string) => Promise<Tool | null>,
): Promise<ResolvedCommand | { readonly missing: string }> {
  const tools: Tool[] = [];
  const resolvedArgv = async (argv: readonly string[]): Promise<readonly string[] | null> => {
    const [name = '', ...rest] = argv;
    if (isOwnFile(name)) return argv;
    const tool = await find(name);
    if (tool === null) return null;
    tools.push(tool);
    return [tool.executable, ...rest];
  };
  const compile = run.compile && (await resolvedArgv(run.compile));
  if (compile === null) return { missing: run.compile?.[0] ?? '' };
  const command = await resolvedArgv(run.command);
  if (command === null) return { missing: run.command[0] ?? '' };
  return { run: { file: run.file, command, ...(compile ? { compile } : {}) }, tools };
}

function isOwnFile(name: string): boolean {
  return name.includes('/') && !name.startsWith('/');
}

/** `{memoryMb}` stands for the bound of the task: runtimes with a heap must be told it. */
export function withMemory(argv: readonly string[], memoryMb: number): string[] {
  return argv.map((part) => part.replaceAll('{memoryMb}', String(memoryMb)));
}
