import { homedir } from 'node:os';
import path from 'node:path';

/** The person's own folder for what belongs to no workspace: what was spent today, what endpoints refuse. */
export function stateFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const home = homedir();
  const base =
    platform === 'win32'
      ? (environment['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'))
      : platform === 'darwin'
        ? path.join(home, 'Library', 'Application Support')
        : (environment['XDG_STATE_HOME'] ?? path.join(home, '.local', 'state'));
  return path.join(base, 'code-flywheel');
}
