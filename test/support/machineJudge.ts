import { MachineJudge } from '../../src/engine/judge/machineJudge';
import { CommandSandbox } from '../../src/engine/sandbox/command/commandSandbox';
import { PythonSandbox } from '../../src/engine/sandbox/python/pythonSandbox';
import { QuickJsSandbox } from '../../src/engine/sandbox/quickjs/quickJsSandbox';
import { loadSyntax } from '../../src/engine/syntax/parser';
import { assetsFolder } from './assets';

/** The judge of all kinds of tests, in real sandboxes of one worker each. */
export async function aMachineJudge(): Promise<{
  readonly judge: MachineJudge;
  readonly commands: CommandSandbox;
  close(): Promise<void>;
}> {
  const shared = { assetsFolder, workers: 1 };
  const python = new PythonSandbox(shared);
  const quickjs = new QuickJsSandbox(shared);
  // The Node of the tests, so that they do not depend on the one that the machine has.
  const commands = new CommandSandbox({ ...shared, node: () => Promise.resolve(process.execPath) });
  const syntax = await loadSyntax(assetsFolder);
  return {
    commands,
    judge: new MachineJudge({ python, quickjs, commands, syntax, assetsFolder }),
    async close() {
      await Promise.all([python.close(), quickjs.close(), commands.close()]);
    },
  };
}

/** The same for a suite: opened before its tests and closed after them. */
export function machineJudge(): Pick<
  Awaited<ReturnType<typeof aMachineJudge>>,
  'judge' | 'commands'
> {
  let made: Awaited<ReturnType<typeof aMachineJudge>> | null = null;
  const now = () => {
    if (made === null) throw new Error('the judge is opened before the tests of its suite');
    return made;
  };
  before(async () => {
    made = await aMachineJudge();
  });
  after(() => made?.close());
  return {
    get judge() {
      return now().judge;
    },
    get commands() {
      return now().commands;
    },
  };
}
