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
