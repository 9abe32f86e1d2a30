import { mkdtempSync, rmSync, writeFileSync, chmodSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What stands outside of every sandbox, for hostile programs to reach. */
export interface Planted {
  readonly port: number;
  readonly socketFile: string;
  readonly abstractName: string;
  readonly writableFile: string;
  readonly secretFile: string;
  readonly close: () => void;
}

export const plantedVariable = 'FLYWHEEL_PLANTED';

export async function plant(): Promise<Planted> {
  const folder = mkdtempSync(path.join(tmpdir(), 'flywheel-planted-'));
  chmodSync(folder, 0o755);
  const secretFile = path.join(folder, 'secret');
  const writableFile = path.join(folder, 'writable');
  const socketFile = path.join(folder, 'socket');
  const abstractName = `flywheel-${String(process.pid)}`;
  for (const file of [secretFile, writableFile]) writeFileSync(file, 'secret');
  const servers = [
    await listening(0),
    await listening(socketFile),
    await listening(`\0${abstractName}`),
  ];
  const address = servers[0]?.address();
  process.env[plantedVariable] = 'secret';
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    socketFile,
    abstractName,
    writableFile,
    secretFile,
    close: () => {
      for (const server of servers) server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function listening(place: number | string): Promise<Server> {
  const server = createServer((socket) => socket.end());
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    const done = (): void => resolve(server);
    if (typeof place === 'number') server.listen(place, '127.0.0.1', done);
    else server.listen(place, done);
  });
}
