import { tryTwice, type PoolWorker } from '../pool';
import { programNotRun, type ProgramRun, type RunOutcome } from '../programRuns';
import { ranOf } from '../python/pythonWorker';
import { sandboxUid } from '../sandboxUser';
import { workFolder, type CommandServer } from './commandServer';
import { withMemory } from './resolveCommand';

/** One place in the pool: a user of its own, and the sandbox that it has now, if any. */
export class CommandWorker implements PoolWorker {
  readonly alive = true;
  readonly uid: number;
  private server: CommandServer | null = null;

  constructor(index: number) {
    this.uid = sandboxUid(index, 'commands');
  }

  /** A new sandbox in the place of the one before. */
  start(make: () => CommandServer): CommandServer {
    this.kill('replaced');
    this.server = make();
    return this.server;
  }

  kill(reason: string): void {
    this.server?.kill(reason);
    this.server = null;
  }

  /** Runs the command in the sandbox that there is, or in a new one where that broke. */
  run(
    command: readonly string[],
    run: ProgramRun,
    make: () => CommandServer,
    signal: AbortSignal,
  ): Promise<RunOutcome> {
    const { stdin, limits, outputBytes } = run;
    const argv = withMemory(command, limits.memoryMb);
    const request = { mode: 'start', argv, stdin, folder: workFolder };
    const attempt = async (isFresh: boolean): Promise<RunOutcome | Error | 'cancelled'> => {
      if (signal.aborted) return 'cancelled';
      const warm = !isFresh && this.server?.alive === true ? this.server : null;
      const server = warm ?? this.start(make);
      return ranOf(await server.run(request, limits, 'runs', outputBytes));
    };
    return tryTwice(attempt, signal, programNotRun);
  }
}
