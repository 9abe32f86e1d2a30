import type { Program, Sandbox } from '../../domain/ports';
import { isOurs, type RunCommand } from '../../domain/task';
import type { BuildProblem } from '../../sandbox/command/build';
import type { CommandSandbox } from '../../sandbox/command/commandSandbox';
import type { RunProgram } from '../../sandbox/programRuns';
import type { PythonSandbox } from '../../sandbox/python/pythonSandbox';
import type { Syntax } from '../../syntax/parser';
import { compileScript } from '../javascript/compile';
import { unsupported } from '../javascript/unsupported';
import { newNonce, readHarnessMessages } from '../python/harnessMessages';
import { nodeCommand, usualCommand } from './usualCommands';

/** Why a program could not be run at all. */
export type Unstarted = BuildProblem;

export interface Started {
  readonly run: RunProgram;
  /** Asked where a run failed: why the program is no program of its language; null where it is. */
  readonly whyNotCompiled?: () => Promise<string | null>;
}

export interface StarterOptions {
  readonly python: Sandbox & Pick<PythonSandbox, 'runProgram'>;
  readonly commands: Pick<CommandSandbox, 'withProgram'>;
  readonly syntax: Syntax;
}

/**
 * Finds the way in which a program is started: the command of its task, else for Python the warm
 * servers, for JavaScript and TypeScript Node, for other languages the usual command.
 */
export class ProgramStarter {
  constructor(private readonly options: StarterOptions) {}

  async withProgram<T>(
    program: Program,
    signal: AbortSignal,
    use: (started: Started) => Promise<T>,
  ): Promise<T | Unstarted> {
    const { commands } = this.options;
    const { language, source, run } = program;
    const start = (command: RunCommand, text: string): Promise<T | Unstarted> =>
      commands.withProgram(command, text, signal, (one) => use({ run: one }));
    if (run) return start(run, source);
    if (!isOurs(language)) {
      const usual = usualCommand(language);
      if (usual) return start(usual, source);
      const message = `how programs in ${language} are started is not known: the task needs a "run"`;
      return { end: 'infrastructure', message };
    }
    if (language === 'python') return use(this.pythonProgram(program));
    const script = this.script(language, source);
    return 'problem' in script
      ? { end: 'notCompiled', message: script.problem }
      : start(nodeCommand, script.code);
  }

  private pythonProgram(program: Program): Started {
    const { python } = this.options;
    return {
      run: (run, signal) => python.runProgram(program, run, signal),
      whyNotCompiled: async () => {
        const nonce = newNonce();
        const payload = { mode: 'compile', nonce, program: program.source };
        const limits = { timeoutMs: 5000, memoryMb: 512 };
        const outcome = await python.run({ payload, limits }, new AbortController().signal);
        const told = readHarnessMessages(outcome.messages, nonce);
        const problem = told.find((message) => message.kind === 'notCompiled');
        if (!problem) return null;
        return problem.line === null
          ? problem.message
          : `${problem.message} (line ${String(problem.line)})`;
      },
    };
  }

  /** Lines stay where they are; plain JavaScript without modules is left as it is. */
  private script(
    language: 'javascript' | 'typescript',
    source: string,
  ): ReturnType<typeof compileScript> {
    const isScript = language === 'javascript' && !/^\s*(?:import|export)\b/m.test(source);
    if (isScript) return { code: source };
    const compiled = compileScript(source);
    if ('problem' in compiled) return compiled;
    const problem = unsupported(this.options.syntax, source);
    return problem === null ? compiled : { problem };
  }
}
