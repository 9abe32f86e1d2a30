import { messageOf, UserError } from '../engine/domain/errors';
import { openWorkbench } from '../engine/flywheel/openWorkbench';
import type { Workbench } from '../engine/flywheel/workbench';
import { plainJson, plainText } from '../engine/redaction/plainText';
import { commands, usage } from './commands';
import { modelAccess, parseCommand, type Values } from './options';
import { Progress } from './progress';
import { readVersion, type Places } from './places';

/** What a command is given: its options, the engine, a way to tell progress, and the stop signal. */
export interface CommandContext {
  readonly values: Values;
  readonly names: readonly string[];
  readonly workbench: Workbench;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** What a command leaves: an object for `--json`, and the same for people. */
export interface CommandResult {
  readonly json: unknown;
  readonly text: string;
  readonly exitCode?: number;
}

const faultOfOurs = 1;
const interrupted = 130;

/** Runs one command and ends the process with the exit code that it deserves. */
export async function main(args: readonly string[], places: Places): Promise<void> {
  const [first] = args;
  const version = readVersion(places.packageFile);
  if (first === '--version') return print(version, 0);
  if (first === undefined || first === 'help' || args.includes('--help')) return print(usage, 0);
  const stop = stopSignal();
  let workbench: Workbench | null = null;
  let verbose = false;
  let recording = false;
  try {
    const parsed = parseCommand(args, commands);
    const { command, values, names } = parsed;
    verbose = values.verbose === true;
    recording = command.records === true;
    const layers = text(values['require-layers']);
    const progress = new Progress(values.quiet === true);
    workbench = await openWorkbench({
      ...places,
      version,
      models: { ...modelAccess(values), onWait: (wait) => progress.waits(wait) },
      journalFile: text(values.journal) ?? '.flywheel/journal.db',
      ...(text(values.python) === undefined ? {} : { python: text(values.python) ?? '' }),
      ...(values.workers === undefined ? {} : { workers: Number(values.workers) }),
      ...(layers === undefined ? {} : { requireLayers: layers.split(',').map((id) => id.trim()) }),
    });
    const context = { values, names, workbench, progress, signal: stop.signal };
    const result = await command.run(context).finally(() => progress.end());
    await workbench.close();
    const shown =
      values.json === true ? plainJson(JSON.stringify(result.json)) : plainText(result.text);
    print(shown, result.exitCode ?? 0);
  } catch (error) {
    await workbench?.close();
    if (stop.signal.aborted) {
      const goesOn = recording ? ' Nothing recorded is lost: the same command again goes on.' : '';
      fail(`Interrupted.${goesOn}`, interrupted);
    } else if (error instanceof UserError) {
      const mend = error.mend === undefined ? '' : `\n${error.mend}`;
      fail(plainText(`flywheel: ${error.message}${mend}`), error.exitCode);
    } else {
      const stack = error instanceof Error ? error.stack : undefined;
      const detail = verbose ? (stack ?? messageOf(error)) : messageOf(error);
      fail(plainText(`flywheel: a fault of ours: ${detail}`), faultOfOurs);
    }
  }
}

/** The first Ctrl-C asks the work to stop; the second ends the process at once. */
function stopSignal(): AbortController {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(interrupted);
      controller.abort();
    });
  }
  return controller;
}

function text(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Ends only after all was written: a pipe may be slower than the process. */
function print(shown: string, exitCode: number): void {
  // Whoever reads no further has what they wanted; anything else is a loss to be told.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? exitCode : faultOfOurs);
  });
  process.stdout.write(`${shown}\n`, (error) => {
    if (!error) process.exit(exitCode);
  });
}

function fail(message: string, exitCode: number): void {
  process.stderr.write(`${message}\n`, () => process.exit(exitCode));
}
