import type { Command } from './options';
import { demo } from './commands/demo';
import { doctor } from './commands/doctor';
import { exportCommand } from './commands/export';
import { runs } from './commands/runs';
import { show } from './commands/show';
import { solve } from './commands/solve';
import { tasksMake } from './commands/tasksMake';
import { verify } from './commands/verify';

export const commands: readonly Command[] = [
  demo,
  verify,
  solve,
  tasksMake,
  exportCommand,
  runs,
  show,
  doctor,
];

export const usage = `flywheel: tasks from code, programs judged in a sandbox, failures mended, verified pairs

  flywheel demo                                  the whole wheel on the samples; no key, no network
  flywheel verify --tasks F --samples F          judges programs that someone else wrote
      [--out F] [--workers N] [--timeout-ms N] [--skip-bad]
  flywheel tasks make --from PLACE --out F       tasks from your own code and its tests
      [--maker fault-injection] [--limit N] [--seed N]
  flywheel solve --tasks F --run ID              self-debugs tasks by search repair; again: goes on
      [--max-candidates N] [--turns T] [--concurrency N] [--seed N]
  flywheel export --run ID --out DIR             verified pairs as TRL files with a data card
  flywheel runs                                  what was done
  flywheel show RUN [TASK]                       one run, or one task of it turn by turn
  flywheel doctor                                what this machine has, and what isolates programs

Always: [--journal FILE] (.flywheel/journal.db) [--json] [--quiet] [--verbose]
        [--workers N] (cores) [--python FILE]
Exit codes: 0 done, 2 bad usage or input, 3 something needed is missing, 130 interrupted, 1 our fault`;
