import type { RunCommand } from '../../domain/task';
import { readFrames } from '../python/forkServer';
import { readBuiltFiles, writeBuiltFiles, type BuiltFolder } from './builtFiles';
import { workFolder, type CommandServer } from './commandServer';
import { withMemory } from './resolveCommand';

/** Bounds of a build. They are far: a busy machine must not make a right program not compile. */
const buildLimits = { timeoutMs: 60_000, memoryMb: 2048 } as const;
const collectLimits = { timeoutMs: 20_000, memoryMb: 512 } as const;
const collectedBytes = 64 * 1024 * 1024;
const keptMessageChars = 2000;
const printedBytes = 1024 * 1024;

export interface BuildProblem {
  readonly end: 'notCompiled' | 'infrastructure' | 'cancelled';
  readonly message: string;
}

/**
 * Writes a program into a folder and runs its compiler there, if it has one, inside `server`. The
 * folder that comes of it holds what we wrote of what was sent: regular files, bounded.
 */
export async function build(
  run: RunCommand,
  source: string,
  server: () => CommandServer,
): Promise<BuiltFolder | BuildProblem> {
  if (!run.compile) {
    const data = Buffer.from(source, 'utf8');
    return writeBuiltFiles([{ path: run.file, executable: false, data }]);
  }
  const builder = server();
  const argv = withMemory(run.compile, buildLimits.memoryMb);
  const request = { mode: 'build', argv, stdin: '', folder: workFolder, file: run.file, source };
  const compiled = await builder.run(request, buildLimits, 'runs', printedBytes);
  if (compiled instanceof Error) return broken(compiled);
  if (compiled.end !== 'finished') {
    const said = [compiled.results, compiled.output].map((part) => part.toString('utf8').trim());
    const how = compiled.end === 'died' ? compiled.detail : `the compiler ${ends[compiled.end]}`;
    const message = said.find((text) => text !== '') ?? how;
    return { end: 'notCompiled', message: message.slice(0, keptMessageChars) };
  }
  const collect = { mode: 'collect', folder: workFolder };
  const sent = await builder.run(collect, collectLimits, 'alone');
  if (sent instanceof Error) return broken(sent);
  if (sent.end !== 'finished') {
    const message = `what was built is more than ${String(collectedBytes / 1024 / 1024)} MB, or could not be read`;
    return { end: 'notCompiled', message };
  }
  return writeBuiltFiles(readBuiltFiles(readFrames(sent.results)));
}

const ends = {
  timedOut: `did not end within ${String(buildLimits.timeoutMs / 1000)} s`,
  outOfMemory: `took more than ${String(buildLimits.memoryMb)} MB`,
  outputExceeded: 'printed more than is kept',
  cancelled: 'was cancelled',
  infrastructure: 'could not be run',
} as const;

function broken({ message }: Error): BuildProblem {
  return { end: 'infrastructure', message };
}
