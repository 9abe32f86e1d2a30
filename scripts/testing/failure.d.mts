import type { Page } from 'playwright-core';
import type { Server } from '../vscode-server.mjs';

export function keepFailure(
  name: string,
  seen: { readonly page?: Page; readonly server: Server; readonly text?: string },
): Promise<string>;
