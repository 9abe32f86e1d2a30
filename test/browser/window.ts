import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser, type Frame, type Locator, type Page } from 'playwright-core';
import { launchOptions } from '../../scripts/chromium.mjs';
import { onInterrupt } from '../../scripts/interrupt.mjs';
import { packagePath } from '../../scripts/package.mjs';
import { outFolder, pinnedNode } from '../../scripts/place.mjs';
import { keepFailure } from '../../scripts/testing/failure.mjs';
import {
  installExtension,
  startServer,
  windowUrl,
  type Server,
} from '../../scripts/vscode-server.mjs';
import { copySamples } from '../../scripts/workspace.mjs';
import { until } from '../support/vscodeUntil';

const readyMs = 60_000;
const settings = { 'workbench.colorTheme': 'Default Dark Modern' };
/** Where the side bar ends in a picture of the panel, in a window 1400 wide. */
const widePanelPx = 1130;

/** A person's window: VS Code with the packed extension installed, on a copy of samples/. */
export class PersonsWindow {
  private readonly console: string[] = [];

  private constructor(
    readonly page: Page,
    readonly workspace: string,
    private readonly browser: Browser,
    private readonly server: Server,
    private readonly temporary: string,
  ) {
    page.on('console', (message) => this.console.push(message.text()));
    onInterrupt(() => this.close());
  }

  static async open(): Promise<PersonsWindow> {
    const temporary = await mkdtemp(path.join(os.tmpdir(), 'flywheel-browser-'));
    const dataFolder = path.join(temporary, 'data');
    await installExtension(await packagePath(), { dataFolder });
    const workspace = await copySamples(path.join(temporary, 'samples'));
    const server = await startServer({ dataFolder, settings });
    const browser = await chromium.launch(launchOptions());
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const window = new PersonsWindow(page, workspace, browser, server, temporary);
    await page.goto(windowUrl(server, workspace));
    await window.ready();
    return window;
  }

  /** Waits until the workbench takes input. */
  async ready(): Promise<void> {
    await this.page
      .locator('.monaco-workbench .statusbar-item')
      .first()
      .waitFor({ timeout: readyMs });
    await this.page.getByRole('tab', { name: 'Flywheel' }).first().waitFor({ timeout: readyMs });
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** Runs a command as a person does: by its title, in the command palette. */
  async command(title: string): Promise<void> {
    await this.inPalette(title, (row) => row.click());
  }

  /** Waits until the command palette offers a command, and closes it again. */
  async offers(title: string): Promise<void> {
    await this.inPalette(title, () => this.page.keyboard.press('Escape'));
  }

  private async inPalette(title: string, act: (row: Locator) => Promise<void>): Promise<void> {
    const { page } = this;
    const input = page.locator('.quick-input-widget input.input');
    await until(
      `the palette offers ${title}`,
      async () => {
        await page.keyboard.press('F1');
        await input.waitFor({ timeout: 5000 });
        await input.fill(`>${title}`);
        const row = page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
        // A command may be offered only once the extension has set its context.
        const offered = await row.waitFor({ timeout: 2000 }).then(
          () => true,
          () => false,
        );
        if (offered) await act(row);
        else await page.keyboard.press('Escape');
        return offered;
      },
      readyMs,
    );
  }

  /** The frame in which the Iterations panel is drawn. */
  async panel(): Promise<Frame> {
    return until(
      'the Iterations panel is drawn',
      async () => {
        for (const frame of this.page.frames()) {
          const text = await frame
            .locator('main')
            .innerText({ timeout: 200 })
            .catch(() => '');
          if (text.trim() !== '') return frame;
        }
        return undefined;
      },
      readyMs,
    );
  }

  /** What the panel says, as a person reads it; empty while it is not drawn. */
  async panelText(): Promise<string> {
    return (await this.panel())
      .locator('main')
      .innerText({ timeout: 1000 })
      .catch(() => '');
  }

  /** What the packed command line prints with --json in the workspace of this window. */
  async flywheel(...words: string[]): Promise<unknown> {
    const extensions = path.join(this.temporary, 'data', 'extensions');
    const [name = ''] = (await readdir(extensions)).filter((each) => each.includes('flywheel'));
    const cli = path.join(extensions, name, 'dist', 'cli.js');
    const { stdout } = await promisify(execFile)(pinnedNode, [cli, ...words, '--json'], {
      cwd: this.workspace,
    });
    return JSON.parse(stdout);
  }

  /** Gives the panel the room to show a task's story beside the list, as in a wide window. */
  async showWidePanel(): Promise<void> {
    const { mouse } = this.page;
    await this.page.setViewportSize({ width: 1400, height: 1060 });
    await this.page.locator('.pane-header', { hasText: 'Runs' }).click();
    const side = await this.page.locator('.part.sidebar').boundingBox();
    if (side === null) throw new Error('The side bar is hidden');
    const middle = side.y + side.height / 2;
    await mouse.move(side.x + side.width, middle);
    await mouse.down();
    await mouse.move(900, middle, { steps: 10 });
    await mouse.move(widePanelPx, middle, { steps: 10 });
    await mouse.up();
    await mouse.move(widePanelPx + 100, middle);
  }

  async screenshot(name: string): Promise<void> {
    const folder = path.join(outFolder, 'screenshots');
    await mkdir(folder, { recursive: true });
    await this.page.screenshot({ path: path.join(folder, `${name}.png`) });
  }

  /** Saves what can be seen now, for a person to look at after a failure. */
  keep(name: string): Promise<string> {
    const text = this.console.join('\n');
    return keepFailure(name, { page: this.page, server: this.server, text });
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    await rm(this.temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}
