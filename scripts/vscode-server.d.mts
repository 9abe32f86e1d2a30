export const serverVersion: string;

export interface Server {
  readonly url: string;
  readonly port: number;
  /** Without it, no one gets in. */
  readonly token: string;
  /** File with what the server printed. */
  readonly log: string;
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly dataFolder: string;
  readonly extensionsFolder?: string;
  readonly port?: number;
  readonly trust?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
}

export function ensureServer(): Promise<string>;
export function startServer(options: ServerOptions): Promise<Server>;
export function installExtension(
  vsix: string,
  folders: Pick<ServerOptions, 'dataFolder' | 'extensionsFolder'>,
): Promise<void>;
export function windowUrl(
  server: Server,
  folder: string,
  payload?: Readonly<Record<string, string>>,
): string;
export function remoteUri(server: Server, file: string): string;
