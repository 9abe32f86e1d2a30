import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { surface, workspaceFile } from '../../support/vscodeExtension';

const running = [
  'flywheel.runDemo',
  'flywheel.makeTasks',
  'flywheel.makeTasksFromSelection',
  'flywheel.checkTasks',
  'flywheel.showMissedTests',
  'flywheel.strengthenTests',
  'flywheel.importTasks',
  'flywheel.startRun',
  'flywheel.resumeRun',
  'flywheel.exportDataset',
  'flywheel.checkSandbox',
];

describe('a workspace that is not trusted', () => {
  before(() => assert.equal(vscode.workspace.isTrusted, false, 'VS Code does not trust it'));

  for (const command of running) {
    it(`has nothing of it run by ${command}, and says why`, async () => {
      const { surface: activated, told } = await surface();
      await vscode.commands.executeCommand(command);
      const [text = '', ...more] = told;
      assert.deepEqual(more, []);
      assert.match(text, /not trusted, so no program of it is run\. .*Manage Workspace Trust/);
      assert.equal(activated.engine.started, false);
    });
  }

  it('can be looked at, and gets no journal by that', async () => {
    const { surface: activated, told } = await surface();
    await vscode.commands.executeCommand('flywheel.iterations.focus');
    assert.deepEqual(await activated.runs.runs(), []);
    assert.equal(existsSync(workspaceFile('.flywheel').fsPath), false);
    assert.deepEqual(told, []);
  });
});
