import type { Command } from './options';
import { answer } from './commands/answer';
import { datasets, datasetsCompare } from './commands/datasets';
import { demo } from './commands/demo';
import { doctor } from './commands/doctor';
import { evaluate } from './commands/evaluate';
import { exportCommand } from './commands/export';
import { round } from './commands/round';
import { runs } from './commands/runs';
import { show } from './commands/show';
import { solve } from './commands/solve';
import { tasksImport } from './commands/tasksImport';
import { tasksCheck } from './commands/tasksCheck';
import { tasksList } from './commands/tasksList';
import { makerText, tasksMake } from './commands/tasksMake';
import { testsMiss, testsStrengthen } from './commands/testsMiss';
import { importRoles } from '../engine/flywheel/importRoles';
import { verify } from './commands/verify';

export const commands: readonly Command[] = [
  demo,
  verify,
  solve,
  answer,
  tasksMake,
  tasksImport,
  tasksCheck,
  tasksList,
  testsMiss,
  testsStrengthen,
  evaluate,
  exportCommand,
  datasets,
  datasetsCompare,
  round,
  runs,
  show,
  doctor,
];

const roles = importRoles.map((format) => `  ${format.name.padEnd(14)} ${format.roles}`).join('\n');

export const usage = `flywheel: tasks from code, programs judged in a sandbox, failures mended, verified pairs

  flywheel demo                                  the whole wheel on the samples; no key, no network
  flywheel verify --tasks F --samples F          judges programs that someone else wrote
      [--out F] [--workers N] [--timeout-ms N] [--skip-bad]
  flywheel tasks make --from PLACE --out F       tasks from your own code and its tests
      [--maker NAME,…] of ${makerText}
      [--limit N] [--seed N] [--pool F] [--held-out F,…]
      with a model: [--model M] [--base-url U] [--max-tokens-total N] [--max-usd X] [--max-calls N]
  flywheel tasks import FILE… --out F            published sets as tasks, or a folder of programs
      [--format auto|humaneval|evalplus|mbpp|multipl-e|humaneval-x|livecodebench|swe-smith|folder]
      [--skip-bad]       JSON lines, JSON arrays, .gz, Parquet
  flywheel tasks check F [--out F]               the gate: what each task and its tests are worth
      [--pool F] [--held-out F,…] [--seed N] [--skip-bad]
      [--solver search|chat [--samples N] [--model M] [--base-url U]] estimates difficulty
  flywheel tasks list [TASK]                     tasks that went through it, and what each step saw
      [--state admitted|trainingOnly|rejected]
  flywheel tests miss FILE [FUNCTION]            changes of your functions that your tests do not notice
  flywheel tests strengthen FILE [FUNCTION]      tests that would; --write adds them to their file
  flywheel solve --tasks F --run ID              samples and self-debugs; the same again: goes on
      [--solver search|chat] [--turns T] [--max-candidates N] [--concurrency N] [--seed N]
      [--policy FILE]    search repair tries edits in the order that a policy learned
      chat: [--model M] [--base-url U [--moved]] [--samples N] [--temperature X]
            [--feedback simple|test|explain|trace|rubber-duck]
            [--strategy chain|restart|tree|parallel]
            [--max-tokens-total N] [--max-usd X] [--max-calls N] [--max-minutes N]
            [--max-usd-per-day X] [--max-tokens-per-day N] [--prices FILE] [--providers FILE]
  flywheel answer RUN [TASK] --returns E --run ID  what a call should give, as one more test; goes on
      [--call C]         the call that the search asked about, unless told; E such as [1, 2]
  flywheel evaluate --run ID                     pass rates with intervals, per turn, at equal budget
      or --results F, or --trajectories F --tasks F (other tools' programs)
      [--compare ID,…] [--baseline ID] [--k 1,5,10] [--freeze NAME]
      [--format text|json|csv|markdown|html] [--out FILE]
  flywheel export --run ID… --out DIR            verified pairs for a trainer, with card and recipes
      [--format NAME] (trl; --list-formats names all) [--isolation separate|any]
      [--held-out F,…] [--parent DIR] [--replay SHARE] [--row-kinds a,b] [--per-task K] [--seed N]
      [--difficulty MIN-MAX] [--similarity S] [--licences a,b] [--sources a,b] [--editor-models]
      [--rise-criterion all|better|best|success]
      [--dry-run] says what would go in and what would be dropped, and writes nothing
  flywheel datasets                              datasets that were exported from here
  flywheel datasets compare DIR DIR              records added, removed, moved to another split
  flywheel round --goal F --run ID [--rounds N]  rounds of the wheel; the same again: goes on
      [--yes STEP,…]     confirms steps (measure, choose, evolve, solve, update, compare, all)
      [--next-model M [--next-base-url U]]  a chat model that was trained on the round's data
  flywheel runs                                  what was done
  flywheel show RUN [TASK]                       one run, or one task of it turn by turn
  flywheel doctor                                what this machine has, and what isolates programs

Which imported tests are visible:
${roles}

Always: [--journal FILE] (.flywheel/journal.db) [--json] [--quiet] [--verbose]
        [--workers N] (cores) [--python FILE]
What judges: [--require-layers a,b] of namespaces, network, files (demanded always), user,
        processes, memory (demanded unless told), systemCalls; work stops where one is not on
Exit codes: 0 done, 2 bad usage or input, 3 something needed is missing, 4 stopped by a budget
        (goes on), 130 interrupted (goes on), 1 our fault`;
